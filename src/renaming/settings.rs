//! Files that name others by path and are no pages: one row each.

use super::Moves;
use super::edit::Edit;
use super::words::{Word, rename_words, renamed};
use crate::repo_path::RepoPath;

/// A file whose paths are renamed with the files.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Its path, or the end of its name where it begins with `*`.
    pub file: &'static str,
    /// Keys of the top level below which values are paths; empty for all.
    keys: &'static [&'static str],
    /// Keys of the top level below which keys are paths too.
    path_keys: &'static [&'static str],
    /// The key that says from which folder paths are counted, and the usual one.
    base: Option<(&'static str, &'static str)>,
}

/// Every one of them. CODEOWNERS is none: who decides over which files is
/// changed by people, and lines that name what moved are shown to them.
#[rustfmt::skip]
pub const SETTINGS: &[Settings] = &[
    Settings { file: "prode.yaml", keys: &["roots", "lint", "wikilinks", "redaction"], path_keys: &["lint", "wikilinks"], base: None },
    Settings { file: ".prode/reviews.yaml", keys: &[], path_keys: &[], base: None },
    Settings { file: ".prode/dismissed.yaml", keys: &[], path_keys: &[], base: None },
    Settings { file: ".adr-dir", keys: &[], path_keys: &[], base: None },
    Settings { file: "*routes.yaml", keys: &["- expect", "expect"], path_keys: &[], base: None },
    Settings { file: ".log4brains.yml", keys: &[], path_keys: &[], base: None },
    Settings { file: "mkdocs.yml", keys: &["nav", "not_in_nav", "exclude_docs"], path_keys: &[], base: Some(("docs_dir", "docs")) },
];

impl Settings {
    /// True if this row is about the file `path`.
    pub fn holds(&self, path: &RepoPath) -> bool {
        match self.file.strip_prefix('*') {
            Some(end) => path.file_name() == end || path.file_name().ends_with(&format!(".{end}")),
            None => path.text() == self.file,
        }
    }
}

/// What changes in such a file.
pub fn rename_in_settings(row: &Settings, moves: &Moves, text: &str) -> Vec<Edit> {
    let base = row.base.map(|(key, usual)| value_of(text, key).unwrap_or(usual));
    let base = base.and_then(|folder| RepoPath::new(folder).ok()).unwrap_or_default();
    let is_routes = row.file.starts_with('*');
    let rename = |word: &Word<'_>| {
        if row.base.is_some_and(|(key, _)| key == word.below) {
            return renamed(moves, &RepoPath::root(), word.text);
        }
        let asked = row.keys.is_empty() || row.keys.contains(&word.below);
        let keys = row.keys.is_empty() || row.path_keys.contains(&word.below);
        if !is_routes && (!asked || (word.is_key && !keys)) {
            return None;
        }
        renamed(moves, &base, word.text)
    };
    let edits = rename_words(text, &rename);
    if is_routes {
        edits.into_iter().filter(|edit| is_expectation(text, edit)).collect()
    } else {
        edits
    }
}

/// The value of a key of the top level.
pub(super) fn value_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let value =
        text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix([':', '=']));
    let value = value.map(|value| value.trim().trim_matches(['"', '\'']));
    value.filter(|value| !value.is_empty())
}

/// True if the edit stands directly behind `expect:`.
fn is_expectation(text: &str, edit: &Edit) -> bool {
    let line = text[..edit.start].rsplit('\n').next().unwrap_or_default();
    let key = line.trim_start_matches(['-', ' ', '\t']).trim_end_matches(['"', '\'', ' ']);
    key == "expect:"
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    fn changed(file: &str, text: &str) -> String {
        let moves =
            Moves::new([(path("wiki/a.md"), path("book/a.md"))], [(path("wiki"), path("book"))]);
        let row = SETTINGS.iter().find(|row| row.holds(&path(file))).unwrap();
        let edits = rename_in_settings(row, &moves, text);
        String::from_utf8(apply(text.as_bytes(), &edits)).unwrap()
    }

    #[test]
    fn roots_and_paths_follow_a_folder_and_keys_stay() {
        assert_eq!(
            changed("prode.yaml", "roots: {wiki: [wiki], adr: [wiki/adr]}\ncodeowners: wiki\n"),
            "roots: {wiki: [book], adr: [book/adr]}\ncodeowners: wiki\n"
        );
        assert_eq!(
            changed(
                "prode.yaml",
                "roots:\n  wiki:\n    - wiki\nlint:\n  paths:\n    wiki/old/**: {x: off}\n"
            ),
            "roots:\n  wiki:\n    - book\nlint:\n  paths:\n    book/old/**: {x: off}\n"
        );
        assert_eq!(
            changed("prode.yaml", "wikilinks: {wiki: text-first}\n"),
            "wikilinks: {book: text-first}\n"
        );
        assert_eq!(changed(".adr-dir", "wiki/adr\n"), "book/adr\n");
    }

    #[test]
    fn a_route_test_expects_the_new_path() {
        let text = "- ticket: \"see wiki/a.md\"\n  expect: wiki/a.md # x\n- expect: none\n";
        let new = "- ticket: \"see wiki/a.md\"\n  expect: book/a.md # x\n- expect: none\n";
        assert_eq!(changed("wiki/routes.yaml", text), new);
        assert_eq!(changed("x/more.routes.yaml", text), new);
    }

    #[test]
    fn a_site_counts_from_its_own_folder() {
        let text = "docs_dir: wiki\nnav:\n  - Home: a.md\n  - a: b.md\n";
        assert_eq!(
            changed("mkdocs.yml", text),
            "docs_dir: book\nnav:\n  - Home: a.md\n  - a: b.md\n"
        );
    }
}
