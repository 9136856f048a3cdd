//! One hash over a package, as the popular installer computes it.
//!
//! SHA-256 over path and content of every file, files in the order in which
//! that installer's `localeCompare` puts their paths. So a lock file that it
//! wrote is checked here, and one written here is its own.

use std::cmp::Ordering;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::package::{File, Package};
use crate::ids::hex;

/// ASCII in the root order of Unicode's collation; letters follow their case.
const ORDER: &str = "\t\n\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

/// Folders that the installer leaves out wherever they stand.
const LEFT_OUT: &[&str] = &[".git", "node_modules"];

/// The package's `computedHash`: 64 hex digits.
pub fn computed_hash(package: &Package) -> String {
    let is_in = |file: &&File| {
        let mut folders: Vec<&str> = file.path.split('/').collect();
        folders.pop();
        !folders.iter().any(|folder| LEFT_OUT.contains(folder))
    };
    let mut files: Vec<&File> = package.files.iter().filter(is_in).collect();
    files.sort_by(|a, b| collate(&a.path, &b.path));
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.path.as_bytes());
        hash.update(&file.bytes);
    }
    hex(&hash.finalize())
}

/// SHA-256 of `bytes`, in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Base letters first over the whole text, then accents, then lower before
/// upper case. Exact for ASCII and accented Latin; other scripts by code point.
fn collate(a: &str, b: &str) -> Ordering {
    let decomposed = |text: &str| text.nfd().collect::<Vec<char>>();
    let (a_chars, b_chars) = (decomposed(a), decomposed(b));
    let primary = |chars: &[char]| {
        chars.iter().filter(|c| !is_accent(**c)).map(|c| weight(*c)).collect::<Vec<_>>()
    };
    let accents = |chars: &[char]| {
        chars.iter().map(|c| if is_accent(*c) { *c } else { '\0' }).collect::<Vec<_>>()
    };
    let cases = |chars: &[char]| chars.iter().map(|c| c.is_uppercase()).collect::<Vec<_>>();
    primary(&a_chars)
        .cmp(&primary(&b_chars))
        .then_with(|| accents(&a_chars).cmp(&accents(&b_chars)))
        .then_with(|| cases(&a_chars).cmp(&cases(&b_chars)))
        .then_with(|| a.cmp(b))
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn weight(c: char) -> (usize, char) {
    let lower = c.to_lowercase().next().unwrap_or(c);
    match ORDER.find(c) {
        Some(at) => (at, '\0'),
        None => (ORDER.len(), lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut names: Vec<&str>) -> Vec<&str> {
        names.sort_by(|a, b| collate(a, b));
        names
    }

    /// As Node's `localeCompare` gave them.
    #[test]
    fn paths_stand_in_the_installers_order() {
        let names = ["a b", "a_b", "a-b", "a.b", "a/b", "ab", "aB", "Ab", "AB", "ab.c", "ab/"];
        assert_eq!(sorted(names.iter().rev().copied().collect()), names);
        let package = ["assets/x", "references/B.md", "references/b2.md", "SKILL.md"];
        assert_eq!(sorted(package.iter().rev().copied().collect()), package);
        assert_eq!(sorted(vec!["f", "\u{e9}", "e", "E"]), ["e", "E", "\u{e9}", "f"]);
    }

    #[test]
    fn the_hash_is_over_paths_and_contents() {
        let file = |path: &str, bytes: &[u8]| File {
            path: path.to_owned(),
            bytes: bytes.to_vec(),
            executable: false,
        };
        let package = Package::new("x", vec![file("SKILL.md", b"s"), file("a.md", b"1")]);
        assert_eq!(computed_hash(&package), sha256(b"a.md1SKILL.mds"));
        let more = [package.files.clone(), vec![file("node_modules/x.js", b"x")]].concat();
        assert_eq!(computed_hash(&Package::new("x", more)), computed_hash(&package));
        let renamed = Package::new("x", vec![file("SKILL.md", b"s"), file("b.md", b"1")]);
        assert_ne!(computed_hash(&renamed), computed_hash(&package));
    }
}
