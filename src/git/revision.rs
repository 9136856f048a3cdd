//! Commits: found by name, found by time, described.

use std::fs;

use git2::{ErrorClass, ErrorCode, ObjectType};
use jiff::Timestamp;

use super::Repository;
use super::blob::{oid, raw};
use super::edit::Identity;
use super::error::GitError;
use crate::hint::nearest;
use crate::ids::{CommitId, TreeId};

/// A commit, as far as answers need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitInfo {
    /// Its own id.
    pub id: CommitId,
    /// The top folder it holds.
    pub tree: TreeId,
    /// Committer time; a time outside the calendar is moved to its nearest end.
    pub time: Timestamp,
    /// Parents, the first one first; none where a shallow clone was cut.
    pub parents: Vec<CommitId>,
    /// Author's name; bytes that are not UTF-8 are replaced.
    pub author: String,
    /// Author's address, likewise.
    pub email: String,
    /// The message's first paragraph on one line, likewise.
    pub summary: String,
}

impl Repository {
    /// The commit that `rev` names: anything that Git calls a commit-ish.
    pub fn resolve(&self, rev: &str) -> Result<CommitId, GitError> {
        let object = self.git.revparse_single(rev).map_err(|error| self.not_found(rev, &error))?;
        match object.peel(ObjectType::Commit) {
            Ok(commit) => Ok(CommitId(raw(commit.id()))),
            Err(error) if error.code() == ErrorCode::NotFound => {
                Err(self.object_error(object.id(), &error))
            }
            Err(_) => Err(GitError::NotACommit(rev.to_owned())),
        }
    }

    /// The last commit on the first-parent line of `tip` whose committer time
    /// is before `when`; `None` where even the first one is not.
    ///
    /// The line is walked from its tip, so that one commit with a wrong clock
    /// hides no later one. A cut-off history that ends too early is an error.
    pub fn as_of(&self, tip: CommitId, when: Timestamp) -> Result<Option<CommitId>, GitError> {
        let mut id = oid(tip.0);
        loop {
            let commit = self.whole_commit(id)?;
            if commit.time().seconds() < ceil_second(when) {
                return Ok(Some(CommitId(raw(id))));
            }
            match commit.parent_ids().next() {
                Some(parent) => id = parent,
                None => return self.end_of_history(&commit, when),
            }
        }
    }

    /// What a commit says about itself.
    pub fn commit(&self, id: CommitId) -> Result<CommitInfo, GitError> {
        let commit = self.whole_commit(oid(id.0))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let author = commit.author();
        Ok(CommitInfo {
            id,
            tree: TreeId(raw(commit.tree_id())),
            time: time_of(&commit),
            parents: commit.parent_ids().map(|parent| CommitId(raw(parent))).collect(),
            author: text(author.name_bytes()),
            email: text(author.email_bytes()),
            summary: commit.summary_bytes().map(text).unwrap_or_default(),
        })
    }

    /// Who wrote a commit, who made it, and its whole message; bytes that are
    /// not UTF-8 are replaced.
    pub fn words_of(&self, id: CommitId) -> Result<([Identity; 2], String), GitError> {
        let commit = self.whole_commit(oid(id.0))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let who = |it: git2::Signature<'_>| Identity {
            name: text(it.name_bytes()),
            email: text(it.email_bytes()),
        };
        let both = [who(commit.author()), who(commit.committer())];
        Ok((both, text(commit.message_bytes())))
    }

    /// The commits at which a shallow clone was cut off, as Git notes them; empty for a
    /// whole one.
    pub fn cut_off_at(&self) -> String {
        fs::read_to_string(self.common_dir().join("shallow")).unwrap_or_default()
    }

    fn end_of_history(
        &self,
        last: &git2::Commit<'_>,
        when: Timestamp,
    ) -> Result<Option<CommitId>, GitError> {
        let cut = self.cut_off_at();
        let id = last.id().to_string();
        if !cut.lines().any(|line| line == id) {
            return Ok(None);
        }
        let commit = CommitId(raw(last.id()));
        Err(GitError::ShallowBoundary { commit, since: time_of(last), when })
    }

    fn not_found(&self, rev: &str, error: &git2::Error) -> GitError {
        let damaged = matches!(error.class(), ErrorClass::Odb | ErrorClass::Zlib | ErrorClass::Os);
        match error.code() {
            ErrorCode::Ambiguous => GitError::AmbiguousRevision(rev.to_owned()),
            ErrorCode::Peel | ErrorCode::Invalid => GitError::NotACommit(rev.to_owned()),
            ErrorCode::GenericError if damaged => {
                GitError::library("read a revision")(git2::Error::from_str(error.message()))
            }
            _ if self.is_empty_head(rev) => GitError::Unborn(rev.to_owned()),
            _ => GitError::UnknownRevision {
                rev: rev.to_owned(),
                nearest: self.nearest_name(rev),
                shallow: self.is_shallow(),
            },
        }
    }

    fn is_empty_head(&self, rev: &str) -> bool {
        let asks_head = rev == "@" || rev.starts_with("HEAD");
        asks_head && self.git.head().is_err_and(|error| error.code() == ErrorCode::UnbornBranch)
    }

    /// A branch or tag that `rev` may have meant: the same name at a remote,
    /// else one that is spelled almost so.
    fn nearest_name(&self, rev: &str) -> Option<String> {
        let names = self.ref_names(&["refs/heads/", "refs/remotes/", "refs/tags/"]);
        let at_remote = |name: &&String| name.split_once('/').is_some_and(|(_, own)| own == rev);
        match names.iter().find(at_remote) {
            Some(name) => Some(name.clone()),
            None => nearest(rev, names.iter().map(String::as_str)).map(str::to_owned),
        }
    }
}

/// Commits have whole seconds: before 10:00:00.5 means up to 10:00:00.
fn ceil_second(time: Timestamp) -> i64 {
    time.as_second() + i64::from(time.subsec_nanosecond() > 0)
}

fn time_of(commit: &git2::Commit<'_>) -> Timestamp {
    let seconds = commit.time().seconds();
    let end = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(end)
}
