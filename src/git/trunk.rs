//! Which branch holds what has been reviewed.
//!
//! In this order: the name that was configured, the remote's default branch,
//! `main`, `master`, whatever HEAD is. Of a name's two branches the local one
//! is read if it exists, else the remote-tracking one.

use git2::{ErrorCode, Oid};

use super::Repository;
use super::blob::raw;
use super::divergence::{Divergence, divergence};
use super::error::GitError;
use crate::hint::nearest;
use crate::ids::CommitId;

/// The branch that answers are given from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trunk {
    /// The branch's short name; `HEAD` where HEAD is detached.
    pub name: String,
    /// The full name of the ref that is read, such as `refs/remotes/origin/main`.
    pub reference: String,
    /// Where it stands; `None` while the branch has no commit.
    pub commit: Option<CommitId>,
    /// Which rule chose it.
    pub source: TrunkSource,
    /// What the reader should know, one line each.
    pub notes: Vec<String>,
}

/// Which rule chose the trunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrunkSource {
    /// A setting names it.
    Configured,
    /// The remote's default branch.
    RemoteDefault,
    /// It is called `main` or `master`.
    Conventional,
    /// Nothing else was there.
    Head,
}

impl Repository {
    /// The trunk; `configured` is a branch's short name, as a setting has it.
    pub fn trunk(&self, configured: Option<&str>) -> Result<Trunk, GitError> {
        if let Some(name) = configured {
            return self
                .branch(name, TrunkSource::Configured)?
                .ok_or_else(|| self.unknown_trunk(name));
        }
        let default = self.remote_default();
        let candidates = default.iter().map(|name| (name.as_str(), TrunkSource::RemoteDefault));
        let usual = ["main", "master"].map(|name| (name, TrunkSource::Conventional));
        for (name, source) in candidates.chain(usual) {
            if let Some(trunk) = self.branch(name, source)? {
                return Ok(trunk);
            }
        }
        self.head()
    }

    /// The branch called `name`, local before remote-tracking.
    fn branch(&self, name: &str, source: TrunkSource) -> Result<Option<Trunk>, GitError> {
        let local = format!("refs/heads/{name}");
        let remote = self.usual_remote().map(|remote| format!("refs/remotes/{remote}/{name}"));
        let ours = self.tip(&local)?;
        let theirs = remote.as_deref().map(|remote| self.tip(remote)).transpose()?.flatten();
        let notes = match (ours, theirs, &remote) {
            (Some(ours), Some(theirs), Some(remote)) if ours != theirs => {
                vec![self.divergence_note(name, remote, ours, theirs)]
            }
            _ => Vec::new(),
        };
        let qualified = format!("refs/remotes/{name}");
        let (reference, commit) = match (ours, theirs, remote) {
            (Some(commit), ..) => (local, commit),
            (None, Some(commit), Some(remote)) => (remote, commit),
            _ => match self.tip(&qualified)? {
                Some(commit) => (qualified, commit),
                None => return Ok(None),
            },
        };
        let commit = Some(CommitId(raw(commit)));
        Ok(Some(Trunk { name: name.to_owned(), reference, commit, source, notes }))
    }

    fn divergence_note(&self, name: &str, remote: &str, ours: Oid, theirs: Oid) -> String {
        let remote = remote.trim_start_matches("refs/remotes/");
        let counts = match divergence(self, ours, theirs) {
            Some(Divergence { ahead, behind }) => format!(" ({ahead} ahead, {behind} behind)"),
            None => String::new(),
        };
        format!("{name} and {remote} differ{counts}; reading {name}")
    }

    /// HEAD as it is: a branch, a branch without a commit, or detached.
    fn head(&self) -> Result<Trunk, GitError> {
        let failed = GitError::library("read HEAD");
        let head = self.git.find_reference("HEAD").map_err(&failed)?;
        let target = head.symbolic_target_bytes().map(String::from_utf8_lossy);
        let commit = self.tip("HEAD")?.map(|id| CommitId(raw(id)));
        let (name, reference) = match &target {
            Some(branch) => (short(branch).to_owned(), branch.clone().into_owned()),
            None => ("HEAD".to_owned(), "HEAD".to_owned()),
        };
        let notes = match (&target, commit) {
            (_, None) => vec![format!("branch '{name}' has no commit yet")],
            (None, Some(commit)) => vec![format!("HEAD is detached; reading {}", commit.short(10))],
            (Some(_), Some(_)) => Vec::new(),
        };
        Ok(Trunk { name, reference, commit, source: TrunkSource::Head, notes })
    }

    /// The full name of the branch that HEAD names, with or without a commit;
    /// `None` where HEAD is detached.
    pub fn head_branch(&self) -> Result<Option<String>, GitError> {
        let head = self.git.find_reference("HEAD").map_err(GitError::library("read HEAD"))?;
        let target = head.symbolic_target_bytes().map(<[u8]>::to_vec);
        Ok(target.and_then(|name| String::from_utf8(name).ok()))
    }

    /// The short name of the remote's default branch, as `REMOTE/HEAD` says.
    fn remote_default(&self) -> Option<String> {
        let remote = self.usual_remote()?;
        let head = self.git.find_reference(&format!("refs/remotes/{remote}/HEAD")).ok()?;
        let target = String::from_utf8(head.symbolic_target_bytes()?.to_vec()).ok()?;
        Some(target.strip_prefix(&format!("refs/remotes/{remote}/"))?.to_owned())
    }

    /// `origin`, else the only remote.
    pub fn usual_remote(&self) -> Option<String> {
        let remotes = self.git.remotes().ok()?;
        let names: Vec<&str> = remotes.iter().filter_map(|name| name.ok().flatten()).collect();
        match names.as_slice() {
            some if some.contains(&"origin") => Some("origin".to_owned()),
            [only] => Some((*only).to_owned()),
            _ => None,
        }
    }

    /// The commit that a ref names, through symbolic refs and tags; `None`
    /// where the ref is not there, points to nothing or is no possible name.
    pub(super) fn tip(&self, reference: &str) -> Result<Option<Oid>, GitError> {
        let found = self.git.find_reference(reference).and_then(|found| found.resolve());
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                return match error.code() {
                    ErrorCode::NotFound | ErrorCode::InvalidSpec | ErrorCode::UnbornBranch => {
                        Ok(None)
                    }
                    _ => Err(GitError::library("read a ref")(error)),
                };
            }
        };
        found.target().map_or(Ok(()), |id| self.expect_whole(id))?;
        match found.peel_to_commit() {
            Ok(commit) => Ok(Some(commit.id())),
            Err(error) => match found.target() {
                Some(id) => Err(self.object_error(id, &error)),
                None => Err(GitError::library("read a ref")(error)),
            },
        }
    }

    fn unknown_trunk(&self, name: &str) -> GitError {
        let mut branches = self.ref_names(&["refs/heads/", "refs/remotes/"]);
        if let Some(near) = nearest(name, branches.iter().map(String::as_str)).map(str::to_owned) {
            branches.retain(|branch| *branch != near);
            branches.insert(0, near);
        }
        branches.truncate(8);
        GitError::UnknownTrunk { name: name.to_owned(), branches }
    }

    /// Short names of the refs below `folders`, sorted.
    pub(super) fn ref_names(&self, folders: &[&str]) -> Vec<String> {
        let Ok(mut refs) = self.git.references() else { return Vec::new() };
        let names = refs.names().filter_map(|name| name.ok().map(str::to_owned));
        let shortened = names.filter_map(|name| {
            let short = folders.iter().find_map(|folder| name.strip_prefix(folder))?;
            (!short.ends_with("/HEAD")).then(|| short.to_owned())
        });
        let mut names: Vec<String> = shortened.collect();
        names.sort_unstable();
        names
    }
}

fn short(reference: &str) -> &str {
    reference.strip_prefix("refs/heads/").unwrap_or(reference)
}
