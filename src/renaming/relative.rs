//! A path spelled as a link's destination, in the manner of the one before.
//!
//! Parts that the old spelling already had keep its bytes, escapes included;
//! only new parts are encoded.

use std::collections::HashMap;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};

use crate::document::Form;
use crate::repo_path::RepoPath;

/// What cannot stand in any destination as it is.
const ALWAYS: &AsciiSet = &CONTROLS
    .add(b'%')
    .add(b'#')
    .add(b'?')
    .add(b'<')
    .add(b'>')
    .add(b'"')
    .add(b'\'')
    .add(b'`')
    .add(b'\\')
    .add(b'&')
    .add(b'|');

/// What cannot stand in one without brackets either.
const BARE: &AsciiSet = &ALWAYS.add(b' ').add(b'(').add(b')');

/// A destination taken apart.
pub(super) struct Spelling<'a> {
    form: Form,
    /// Up to the query or fragment.
    path: &'a str,
    /// Query and fragment as they are.
    pub(super) rest: &'a str,
    /// The page writes `./` before names in its own folder.
    dotted: bool,
}

impl<'a> Spelling<'a> {
    pub(super) fn of(raw: &'a str, form: Form, dotted: bool) -> Self {
        let raw = raw.trim();
        let cut = raw.find(['?', '#']).unwrap_or(raw.len());
        let (path, rest) = raw.split_at(cut);
        Self { form, path, rest, dotted }
    }

    pub(super) fn has_slash(&self) -> bool {
        self.path.ends_with('/')
    }

    /// The path `to` as a page in the folder `from` names it; `slash` where it
    /// is a folder that is to end in one.
    pub(super) fn spell(&self, from: &RepoPath, to: &RepoPath, slash: bool) -> String {
        let known = self.known_parts();
        let wanted: Vec<Vec<u8>> =
            if self.path.starts_with('/') { parts(to) } else { relative(from, to) };
        let spelled: Vec<String> = wanted.iter().map(|part| self.part(part, &known)).collect();
        let mut path = spelled.join("/");
        if self.path.starts_with('/') {
            path.insert(0, '/');
        } else if path.is_empty() {
            path.push('.');
        } else if self.wants_dot(&path) {
            path.insert_str(0, "./");
        }
        let slash = if slash && !path.ends_with('/') { "/" } else { "" };
        format!("{path}{slash}{}", self.rest)
    }

    /// `./` is kept where it still says something, and written where the page
    /// does so; a colon would make a scheme.
    fn wants_dot(&self, path: &str) -> bool {
        let has_colon = path.split('/').next().is_some_and(|first| first.contains(':'));
        let was_dotted =
            self.path.starts_with("./") || (self.dotted && self.path.starts_with(".."));
        has_colon || (was_dotted && !path.starts_with(".."))
    }

    fn known_parts(&self) -> HashMap<Vec<u8>, &'a str> {
        let decoded = |raw: &&str| percent_decode_str(&self.form.unescape(raw)).collect();
        self.path.split('/').map(|raw| (decoded(&raw), raw)).collect()
    }

    fn part(&self, part: &[u8], known: &HashMap<Vec<u8>, &'a str>) -> String {
        if let Some(raw) = known.get(part) {
            return (*raw).to_owned();
        }
        let set = if self.form == Form::Angle { ALWAYS } else { BARE };
        match std::str::from_utf8(part) {
            // Letters of every script stay readable.
            Ok(text) => text.chars().map(|c| encoded(c, set)).collect(),
            Err(_) => percent_encode(part, BARE).to_string(),
        }
    }
}

fn encoded(c: char, set: &'static AsciiSet) -> String {
    let mut buffer = [0; 4];
    let text = c.encode_utf8(&mut buffer);
    if c.is_ascii() { percent_encode(text.as_bytes(), set).to_string() } else { text.to_owned() }
}

/// The parts of the way from the folder `from` to `to`.
pub(super) fn relative(from: &RepoPath, to: &RepoPath) -> Vec<Vec<u8>> {
    let (from, to) = (parts(from), parts(to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[shared..].iter().map(|_| b"..".to_vec());
    up.chain(to[shared..].iter().cloned()).collect()
}

fn parts(path: &RepoPath) -> Vec<Vec<u8>> {
    let parts = path.as_bytes().split(|&byte| byte == b'/');
    parts.filter(|part| !part.is_empty()).map(<[u8]>::to_vec).collect()
}

/// The path of a page as links name it that leave its ending out.
pub(super) fn without_extension(path: &RepoPath) -> Option<RepoPath> {
    path.as_bytes().strip_suffix(b".md").map(RepoPath::from_git)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spell(raw: &str, form: Form, from: &str, to: &str) -> String {
        let path = |text: &str| RepoPath::root().join(text).unwrap();
        Spelling::of(raw, form, false).spell(&path(from), &path(to), raw.ends_with('/'))
    }

    #[test]
    fn the_manner_of_the_old_spelling_is_kept() {
        assert_eq!(spell("a.md#x", Form::Bare, "wiki", "wiki/b/c.md"), "b/c.md#x");
        assert_eq!(spell("/wiki/a.md", Form::Bare, "adr", "wiki/b.md"), "/wiki/b.md");
        assert_eq!(spell("./a.md?raw=1", Form::Bare, "wiki", "wiki/b.md"), "./b.md?raw=1");
        assert_eq!(spell("./a.md", Form::Bare, "wiki", "b.md"), "../b.md");
        assert_eq!(spell("x/", Form::Bare, "wiki", "wiki/y"), "y/");
        assert_eq!(spell("../wiki/", Form::Bare, "wiki", "wiki"), "./");
    }

    #[test]
    fn known_parts_keep_their_bytes_and_new_ones_are_encoded() {
        assert_eq!(spell("a%20b/c%2Dd.md", Form::Bare, "", "x/a b/c-d.md"), "x/a%20b/c%2Dd.md");
        assert_eq!(spell("a\\_b.md", Form::Bare, "", "n (1)/a_b.md"), "n%20%281%29/a\\_b.md");
        assert_eq!(spell("a b.md", Form::Angle, "", "c d#.md"), "c d%23.md");
        assert_eq!(spell("a.md", Form::Html, "", "\"\u{e9}&.md"), "%22\u{e9}%26.md");
        assert_eq!(spell("a.md", Form::Bare, "", "b:c.md"), "./b:c.md");
    }
}
