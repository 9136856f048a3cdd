//! Source that the evidence names: paths of stack frames and log lines, found
//! among the files of a commit.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Files that are read at most.
const MOST: usize = 10;

/// Lines around a place.
const AROUND: u32 = 30;

/// Lines of a file that no line is named of.
const BEGINNING: usize = 120;

/// A part of a file that the evidence names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Code {
    /// `path@commit`.
    pub source: String,
    /// The first line of the part, from 1.
    pub from: u32,
    /// Its lines, redacted.
    pub text: String,
}

/// A file that is named, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// From the top of the repository.
    pub path: String,
    /// The first line that is named.
    pub line: Option<u32>,
}

impl Named {
    /// The part of the file's text: its first line's number, and the lines.
    pub fn part(&self, text: &str) -> (u32, String) {
        let lines: Vec<&str> = text.lines().collect();
        let (from, until) = match self.line {
            Some(line) => {
                let from = line.saturating_sub(AROUND).max(1);
                (from, usize::try_from(line.saturating_add(AROUND)).unwrap_or(usize::MAX))
            }
            None => (1, BEGINNING),
        };
        let skipped = usize::try_from(from - 1).unwrap_or(usize::MAX);
        let lines: Vec<&str> = lines.iter().take(until).skip(skipped).copied().collect();
        (from, lines.join("\n"))
    }
}

/// The files among `all` that texts name, in the order in which they are named.
/// A name counts where it is a file's path or the only end of one.
pub fn named_paths<'a>(texts: impl IntoIterator<Item = &'a str>, all: &[String]) -> Vec<Named> {
    let mut by_name: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for path in all {
        by_name.entry(path.rsplit('/').next().unwrap_or(path)).or_default().push(path);
    }
    let mut found: Vec<Named> = Vec::new();
    for word in texts.into_iter().flat_map(words) {
        let (name, line) = parted(word);
        let Some(path) = path_of(name, &by_name) else { continue };
        if found.len() < MOST && found.iter().all(|it| it.path != *path) {
            found.push(Named { path: path.clone(), line });
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_end = |it: char| it.is_whitespace() || "\"'`()[]{}<>,;|=".contains(it);
    text.split(is_end).filter(|it| it.contains('.') && it.len() < 512)
}

/// `src/a.rs:12:3` without its places, and the line.
fn parted(word: &str) -> (&str, Option<u32>) {
    let word = word.trim_end_matches(['.', ':', '!', '?']);
    let Some((name, places)) = word.split_once(':').or_else(|| word.split_once("#L")) else {
        return (word, None);
    };
    let line = places.split(|it: char| !it.is_ascii_digit()).next();
    (name, line.and_then(|it| it.parse().ok()).filter(|it| *it > 0))
}

fn path_of<'a>(name: &str, by_name: &BTreeMap<&str, Vec<&'a String>>) -> Option<&'a String> {
    let name = name.trim_start_matches("./").replace('\\', "/");
    let all = by_name.get(name.rsplit('/').next()?)?;
    if let Some(exact) = all.iter().find(|it| ***it == name) {
        return Some(exact);
    }
    // `/app/src/a.rs` of a machine is `src/a.rs`; `a.rs` is the only one of its name.
    let fits = |path: &&&String| {
        name.ends_with(&format!("/{path}")) || path.ends_with(&format!("/{name}"))
    };
    let mut fitting = all.iter().filter(fits);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_stack_frames_are_found_among_the_files() {
        let all = ["src/pool.rs", "src/a/mod.rs", "src/b/mod.rs", "README.md"].map(String::from);
        let texts = [
            "at Pool::take (/app/src/pool.rs:42:7)",
            "see mod.rs, README.md. e.g. v1.2",
            "again src/pool.rs:9",
            "src/b/mod.rs#L3",
        ];
        let named = named_paths(texts, &all);
        let named: Vec<_> = named.iter().map(|it| (it.path.as_str(), it.line)).collect();
        assert_eq!(
            named,
            [("src/pool.rs", Some(42)), ("README.md", None), ("src/b/mod.rs", Some(3))]
        );
    }

    #[test]
    fn a_part_is_around_its_line() {
        let text: String = (1..=200).map(|it| format!("line {it}")).collect::<Vec<_>>().join("\n");
        let named = |line| Named { path: "a".into(), line };
        let (from, part) = named(Some(100)).part(&text);
        assert_eq!((from, part.lines().count()), (70, 61));
        assert!(part.starts_with("line 70\n"));
        assert_eq!(named(None).part(&text).1.lines().count(), 120);
        assert_eq!(named(Some(u32::MAX)).part(&text).1, "");
    }
}
