//! A commit that is going to be: files to write or remove, and the words.
//!
//! A value; [`Writer`](super::Writer) makes the commit of it.

use crate::ids::CommitId;
use crate::repo_path::RepoPath;

/// One file of a tree that is to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// The file has these bytes then, whatever was there.
    Write {
        /// From the top of the tree.
        path: RepoPath,
        /// All of them.
        bytes: Vec<u8>,
        /// What Git remembers of its mode.
        mode: Mode,
    },
    /// The file is gone then. It must have been there.
    Remove(RepoPath),
}

/// What Git remembers of a regular file's mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The mode of the file that stands there now; `Plain` where none does.
    #[default]
    Kept,
    /// 100644.
    Plain,
    /// 100755.
    Executable,
}

impl Edit {
    /// A file with these bytes; its mode stays as it is.
    pub fn write(path: RepoPath, bytes: impl Into<Vec<u8>>) -> Self {
        Self::Write { path, bytes: bytes.into(), mode: Mode::Kept }
    }

    /// Which file.
    pub fn path(&self) -> &RepoPath {
        match self {
            Self::Write { path, .. } | Self::Remove(path) => path,
        }
    }
}

/// A commit to be made on a base.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What it says.
    pub message: Message,
    /// What it changes; of two edits of one path the later one counts.
    pub edits: Vec<Edit>,
    /// Parents after the base: the commits that it merges.
    pub merges: Vec<CommitId>,
    /// Whose work it is, where that is not who commits.
    pub author: Option<Identity>,
}

/// A person or a program as a commit names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

impl Draft {
    /// A commit with this subject line and these edits.
    pub fn new(subject: impl Into<String>, edits: Vec<Edit>) -> Self {
        let message = Message { subject: subject.into(), ..Message::default() };
        Self { message, edits, ..Self::default() }
    }
}

/// The words of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// The first line.
    pub subject: String,
    /// Paragraphs below it; may be empty.
    pub body: String,
    /// `Name: value` lines at the end, as `git interpret-trailers` reads them.
    pub trailers: Vec<(String, String)>,
}

impl Message {
    /// The whole text. What would break a line of the subject or of a trailer
    /// becomes a space, so that no value can pose as another trailer.
    pub fn text(&self) -> String {
        let mut text = one_line(&self.subject);
        let body = self.body.trim();
        if !body.is_empty() {
            text = format!("{text}\n\n{body}");
        }
        let trailers = self.trailers.iter();
        let lines: Vec<String> =
            trailers.map(|(name, value)| format!("{name}: {}", one_line(value))).collect();
        if !lines.is_empty() {
            text = format!("{text}\n\n{}", lines.join("\n"));
        }
        text + "\n"
    }
}

fn one_line(text: &str) -> String {
    text.split(|it: char| it.is_control()).map(str::trim).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_subject_body_and_trailers() {
        let message = Message {
            subject: "wiki: queue".into(),
            body: "Because.\n".into(),
            trailers: vec![("Prode-Run".into(), "R-1".into())],
        };
        assert_eq!(message.text(), "wiki: queue\n\nBecause.\n\nProde-Run: R-1\n");
    }

    #[test]
    fn a_value_cannot_pose_as_a_trailer() {
        let trailers = vec![("Prode-Ticket".into(), "T-1\nSigned-off-by: Eve".into())];
        let message = Message { subject: "a\nb".into(), trailers, ..Message::default() };
        assert_eq!(message.text(), "a b\n\nProde-Ticket: T-1 Signed-off-by: Eve\n");
    }
}
