//! Who owns a file, as CODEOWNERS says.
//!
//! Both dialects are read. Matching costs at most the length of a pattern
//! times the length of a path, whatever a file holds; what is too long, or
//! means nothing in the dialect, is reported and left out. Case counts.

mod pattern;
mod rules;

use std::path::Path;

pub use pattern::Pattern;

use super::TreeLook;
use crate::diagnostic::Diagnostic;
use crate::repo_path::RepoPath;

/// Files above this many bytes have no effect (GitHub's limit).
const MAX_BYTES: usize = 3 * 1024 * 1024;

/// Longer paths than Git checks out anywhere have no owner.
const MAX_PATH: usize = 4_096;

/// Whose rules a CODEOWNERS file follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OwnersDialect {
    /// GitHub's: one list, the last match wins.
    #[default]
    GitHub,
    /// GitLab's: sections, each judged apart.
    GitLab,
}

impl OwnersDialect {
    /// Where the file is looked for, the first place that has one wins.
    pub fn places(self) -> [&'static str; 3] {
        match self {
            Self::GitHub => [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
            Self::GitLab => ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"],
        }
    }

    /// The dialect in which a file is written: sections are GitLab's, and so
    /// is the folder `.gitlab`.
    fn of(place: &str, bytes: &[u8]) -> Self {
        let is_section = |line: &[u8]| line.starts_with(b"[") || line.starts_with(b"^[");
        let in_folder = Path::new(place).starts_with(".gitlab");
        if in_folder || bytes.split(|&byte| byte == b'\n').any(is_section) {
            Self::GitLab
        } else {
            Self::GitHub
        }
    }
}

/// A CODEOWNERS file, understood.
#[derive(Debug, Clone, Default)]
pub struct CodeOwners {
    /// In file order; GitHub's has one.
    sections: Vec<Section>,
}

/// Rules that are judged apart from those of other sections.
#[derive(Debug, Clone, Default)]
struct Section {
    /// In lower case; empty for the rules before any section.
    name: String,
    rules: Vec<Rule>,
}

/// One line.
#[derive(Debug, Clone)]
struct Rule {
    pattern: Pattern,
    owners: Vec<String>,
    /// GitLab's `!`: the section says nothing of the path, whatever else it holds.
    excludes: bool,
}

/// A CODEOWNERS file as a tree holds it.
#[derive(Debug, Clone)]
pub struct OwnersFile {
    /// Where it stands.
    pub path: RepoPath,
    /// In which dialect it is read.
    pub dialect: OwnersDialect,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl OwnersFile {
    /// The tree's CODEOWNERS file. Without a dialect every place is looked at,
    /// and the file's place and content tell the dialect.
    pub fn find(tree: &dyn TreeLook, dialect: Option<OwnersDialect>) -> Option<Self> {
        let github = OwnersDialect::GitHub.places();
        let either = [github[0], OwnersDialect::GitLab.places()[2], github[1], github[2]];
        let places = dialect.map_or(either.to_vec(), |dialect| dialect.places().to_vec());
        places.into_iter().find_map(|place| {
            let path = RepoPath::new(place).ok()?;
            let bytes = tree.read(&path)?;
            let dialect = dialect.unwrap_or_else(|| OwnersDialect::of(place, &bytes));
            Some(Self { path, dialect, bytes })
        })
    }
}

impl CodeOwners {
    /// Reads a file. Lines that cannot be understood are reported and left out.
    pub fn parse(bytes: &[u8], dialect: OwnersDialect) -> (Self, Vec<Diagnostic>) {
        if bytes.len() > MAX_BYTES {
            let message = format!("CODEOWNERS is larger than {MAX_BYTES} bytes and has no effect");
            return (Self::default(), vec![Diagnostic::error("codeowners", 0, 0, message)]);
        }
        rules::read(bytes, dialect)
    }

    /// The owners of a file, each once, in the order of the file's sections.
    pub fn owners(&self, path: &RepoPath) -> Vec<String> {
        if path.as_bytes().len() > MAX_PATH {
            return Vec::new();
        }
        let parts: Vec<&[u8]> = path.as_bytes().split(|&byte| byte == b'/').collect();
        let mut owners: Vec<String> = Vec::new();
        for owner in self.sections.iter().flat_map(|section| section.owners(&parts)) {
            if !owners.contains(owner) {
                owners.push(owner.clone());
            }
        }
        owners
    }

    /// Every owner that any line names, each once, sorted.
    pub fn everybody(&self) -> Vec<&str> {
        let rules = self.sections.iter().flat_map(|section| &section.rules);
        let mut names: Vec<&str> =
            rules.flat_map(|rule| &rule.owners).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Section {
    /// The last match wins, and one without owners makes the path unowned.
    fn owners(&self, parts: &[&[u8]]) -> &[String] {
        let matches = |rule: &&Rule| rule.pattern.matches(parts);
        if self.rules.iter().filter(|rule| rule.excludes).any(|rule| matches(&rule)) {
            return &[];
        }
        let last = self.rules.iter().rev().filter(|rule| !rule.excludes).find(matches);
        last.map_or(&[], |rule| rule.owners.as_slice())
    }
}

#[cfg(test)]
mod tests;
