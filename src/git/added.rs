//! What commits bring: which they are, and which lines a new file has more.
//!
//! Attributes of the repository are not asked: they belong to the change.

use std::ops::RangeInclusive;

use git2::{DiffOptions, ObjectType, Patch};

use super::Repository;
use super::blob::{oid, raw};
use super::error::GitError;
use crate::ids::CommitId;

/// Git takes a file for text if none of so many first bytes is zero.
const LOOKED_AT: usize = 8000;

/// True for bytes that Git shows no lines of.
pub fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(LOOKED_AT).any(|byte| *byte == 0)
}

/// Lines (from 1) of `new` that `old` lacks.
pub fn added_lines(old: &[u8], new: &[u8]) -> Result<Vec<RangeInclusive<u32>>, GitError> {
    let failed = GitError::library("compare two files");
    let mut options = DiffOptions::new();
    options.context_lines(0).force_text(true);
    let patch = Patch::from_buffers(old, None, new, None, Some(&mut options)).map_err(&failed)?;
    let mut lines = Vec::new();
    for at in 0..patch.num_hunks() {
        let (hunk, _) = patch.hunk(at).map_err(&failed)?;
        if hunk.new_lines() > 0 {
            lines.push(hunk.new_start()..=hunk.new_start() + hunk.new_lines() - 1);
        }
    }
    Ok(lines)
}

/// How many lines `new` has that `old` lacks, and the other way round.
pub fn line_counts(old: &[u8], new: &[u8]) -> Result<[usize; 2], GitError> {
    let failed = GitError::library("compare two files");
    let mut options = DiffOptions::new();
    options.context_lines(0);
    let patch = Patch::from_buffers(old, None, new, None, Some(&mut options)).map_err(&failed)?;
    let (_, added, removed) = patch.line_stats().map_err(&failed)?;
    Ok([added, removed])
}

impl Repository {
    /// Commits that `tip` has and none of `known` has, newest first; no more
    /// than `most` and one.
    pub fn commits_beyond(
        &self,
        known: &[CommitId],
        tip: CommitId,
        most: usize,
    ) -> Result<Vec<CommitId>, GitError> {
        let failed = GitError::library("walk the history");
        let mut walk = self.git.revwalk().map_err(&failed)?;
        walk.push(oid(tip.0)).map_err(&failed)?;
        for commit in known {
            walk.hide(oid(commit.0)).map_err(&failed)?;
        }
        walk.take(most + 1).map(|id| Ok(CommitId(raw(id.map_err(&failed)?)))).collect()
    }

    /// What a commit says.
    pub fn commit_message(&self, id: CommitId) -> Result<String, GitError> {
        let commit = self.whole_commit(oid(id.0))?;
        Ok(String::from_utf8_lossy(commit.message_bytes()).into_owned())
    }

    /// A commit's signature and what it signs; `None` where it has none.
    pub fn signature(&self, id: CommitId) -> Option<(String, Vec<u8>)> {
        let (signature, payload) = self.git.extract_signature(&oid(id.0), None).ok()?;
        let signature = std::str::from_utf8(&signature).ok()?.to_owned();
        Some((signature, payload.to_vec()))
    }

    /// What an annotated tag says; `None` for any other object.
    pub fn tag_message(&self, id: &str) -> Result<Option<String>, GitError> {
        let failed = GitError::library("read a tag");
        let object = self.git.revparse_single(id).map_err(&failed)?;
        if object.kind() != Some(ObjectType::Tag) {
            return Ok(None);
        }
        let message = object.as_tag().and_then(|tag| tag.message_bytes().map(<[u8]>::to_vec));
        Ok(message.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_came_are_named_and_those_that_went_are_not() {
        let lines = |old: &str, new: &str| added_lines(old.as_bytes(), new.as_bytes()).unwrap();
        assert_eq!(lines("a\nb\nc\n", "a\nx\ny\nc\nz\n"), [2..=3, 5..=5]);
        assert_eq!(lines("", "a\nb"), [1..=2]);
        assert!(lines("a\nb\n", "b\n").is_empty() && lines("a\n", "a\n").is_empty());
        assert_eq!(lines("a\0\n", "a\0\nb\0\n"), [2..=2]);
    }

    #[test]
    fn lines_are_counted_on_both_sides() {
        let counts = |old: &str, new: &str| line_counts(old.as_bytes(), new.as_bytes()).unwrap();
        assert_eq!(counts("a\nb\nc\n", "a\nx\ny\nc\n"), [2, 1]);
        assert_eq!((counts("", "a\n"), counts("a\n", "a\n")), ([1, 0], [0, 0]));
        assert_eq!(counts("a\0", "b\0"), [0, 0]);
    }

    #[test]
    fn a_zero_near_the_beginning_makes_it_binary() {
        assert!(is_binary(b"a\0b") && !is_binary(b"a\nb") && !is_binary(b""));
    }
}
