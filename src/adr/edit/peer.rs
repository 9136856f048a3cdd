//! Another decision, as a line of this one names it.

use crate::adr::{AdrRecord, Format};
use crate::repo_path::RepoPath;

/// How a log spells the word; adr-tools writes it with a c.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spelling {
    /// `Superseded by`.
    #[default]
    S,
    /// `Superceded by`.
    C,
}

impl Spelling {
    /// The spelling that a text uses, if it uses one.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let with_c = text.contains("supercede");
        (with_c || text.contains("supersede")).then_some(if with_c { Self::C } else { Self::S })
    }

    /// `supersedes`.
    pub fn active(self) -> &'static str {
        match self {
            Self::S => "supersedes",
            Self::C => "supercedes",
        }
    }

    /// `superseded by`.
    pub fn passive(self) -> &'static str {
        match self {
            Self::S => "superseded by",
            Self::C => "superceded by",
        }
    }
}

/// Another decision, seen from one that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    number: Option<u32>,
    title: String,
    stem: String,
    /// Relative, as a link's destination.
    target: String,
}

impl Peer {
    /// The decision in the file `to`, seen from the file `from`.
    pub fn seen_from(from: &RepoPath, to: &RepoPath, record: &AdrRecord) -> Self {
        let stem = to.file_stem();
        Self { number: record.number, title: record.title.clone(), target: target(from, to), stem }
    }

    /// The same with a section's anchor.
    #[must_use]
    pub fn at_section(&self, anchor: &str) -> Self {
        let target = format!("{}#{anchor}", self.target);
        Self { title: format!("{}: {anchor}", self.title), target, ..self.clone() }
    }

    /// Its link's destination.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// `[3. Use X](0003-use-x.md)` and its like, as the format writes them.
    pub(super) fn link(&self, format: Format) -> String {
        let name = match (format, self.number) {
            (Format::Madr, Some(number)) => format!("ADR-{number:04}"),
            (Format::Log4brains, _) => self.stem.clone(),
            (_, Some(number)) => format!("{number}. {}", self.title),
            (_, None) => self.title.clone(),
        };
        format!("[{}]({})", escaped(&name), self.target)
    }

    pub(in crate::adr) fn link_in_nygard(&self) -> String {
        self.link(Format::Nygard)
    }

    pub(in crate::adr) fn link_in_log4brains(&self) -> String {
        self.link(Format::Log4brains)
    }

    /// A number says which one in the same folder only.
    pub(in crate::adr) fn name_in_front(&self) -> String {
        if self.target.contains('/') { self.link(Format::Madr) } else { self.mention() }
    }

    /// `ADR-0003`, where it has a number; else a link.
    pub(super) fn mention(&self) -> String {
        match self.number {
            Some(number) => format!("ADR-{number:04}"),
            None => self.link(Format::Log4brains),
        }
    }
}

/// A link's text may hold no bracket of its own.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// The relative way from one file to another, as a link's destination.
pub fn target(from: &RepoPath, to: &RepoPath) -> String {
    let folder = from.parent();
    let (from, to) = (folder.text(), to.text());
    let from: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len() - 1);
    let up = std::iter::repeat_n("..", from.len() - common);
    let parts: Vec<&str> = up.chain(to[common..].iter().copied()).collect();
    parts.join("/").chars().map(in_target).collect()
}

/// What would end or bend a link's destination is percent-encoded.
fn in_target(c: char) -> String {
    if c.is_ascii_control() || " ()<>#?%\\".contains(c) {
        format!("%{:02X}", u32::from(c))
    } else {
        c.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_relative_and_never_ends_early() {
        let path = |text| RepoPath::new(text).unwrap();
        let target = |from, to| target(&path(from), &path(to));
        assert_eq!(target("adr/0001-a.md", "adr/0002-b.md"), "0002-b.md");
        assert_eq!(target("a/adr/0001-a.md", "b/adr/0002-b.md"), "../../b/adr/0002-b.md");
        assert_eq!(
            target("0001-a.md", "adr/decision-2 - (x).md"),
            "adr/decision-2%20-%20%28x%29.md"
        );
        assert_eq!(target("adr/1.md", "adr/0003-\u{65e5}.md"), "0003-\u{65e5}.md");
    }

    #[test]
    fn a_spelling_is_seen() {
        assert_eq!(Spelling::of("Superceded by [1](1.md)"), Some(Spelling::C));
        assert_eq!(Spelling::of("* Supersedes x"), Some(Spelling::S));
        assert_eq!(Spelling::of("Accepted"), None);
    }
}
