//! A change as it is approved: every entry that differs, nothing left out.
//!
//! Other than [`Repository::changes`] this names modes, symbolic links and
//! submodules too, and follows no setting: the same two trees give the same
//! list on every machine.

use git2::{DiffFormat, DiffOptions, ObjectType, Oid};

use super::Repository;
use super::blob::{oid, raw};
use super::error::GitError;
use super::pairs::pairs;
use super::raw_tree::join;
use super::tree::git_order;
use crate::ids::{BlobId, CommitId, TreeId};
use crate::repo_path::RepoPath;

/// What stands at a path: its mode as Git writes it, and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// `100644`, `100755`, `120000` for a link, `160000` for a submodule.
    pub mode: String,
    /// A file's or a link's content; `None` for a submodule.
    pub blob: Option<BlobId>,
    /// The object's id.
    pub id: String,
}

/// One entry that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExactChange {
    /// From the top of the tree.
    pub path: RepoPath,
    /// Before; `None` where nothing was.
    pub old: Option<Side>,
    /// After; `None` where nothing is.
    pub new: Option<Side>,
}

impl Repository {
    /// Every entry that differs between two trees, sorted by path; an absent
    /// tree is empty.
    pub fn exact_changes(
        &self,
        old: Option<TreeId>,
        new: Option<TreeId>,
    ) -> Result<Vec<ExactChange>, GitError> {
        let mut found = Found::default();
        found.folders.push((Vec::new(), old.map(|id| oid(id.0)), new.map(|id| oid(id.0))));
        while let Some((above, old, new)) = found.folders.pop() {
            let old = old.map(|id| self.whole_tree(id)).transpose()?;
            let new = new.map(|id| self.whole_tree(id)).transpose()?;
            for (old, new) in pairs(old.iter().flatten(), new.iter().flatten(), git_order) {
                found.take(&above, old.as_ref(), new.as_ref());
            }
        }
        found.changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found.changes)
    }

    /// The change between two trees as a patch, for people.
    pub fn patch(&self, old: Option<TreeId>, new: Option<TreeId>) -> Result<String, GitError> {
        let failed = GitError::library("show a change");
        let tree = |id: Option<TreeId>| id.map(|id| self.whole_tree(oid(id.0))).transpose();
        let (old, new) = (tree(old)?, tree(new)?);
        let mut options = DiffOptions::new();
        options.include_typechange(true).context_lines(3).id_abbrev(40);
        let diff = self.git.diff_tree_to_tree(old.as_ref(), new.as_ref(), Some(&mut options));
        let mut text = Vec::new();
        let mut print = |line: git2::DiffLine<'_>| {
            if matches!(line.origin(), '+' | '-' | ' ') {
                text.push(u8::try_from(line.origin()).unwrap_or(b' '));
            }
            text.extend_from_slice(line.content());
        };
        let printed = diff.and_then(|diff| {
            diff.print(DiffFormat::Patch, |_, _, line| {
                print(line);
                true
            })
        });
        printed.map_err(failed)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Addresses of everybody who wrote a commit that `head` has and `base`
    /// lacks, `Co-authored-by` among them; sorted, each once.
    pub fn authors(&self, base: Option<CommitId>, head: CommitId) -> Result<Vec<String>, GitError> {
        let failed = GitError::library("walk the history");
        let mut walk = self.git.revwalk().map_err(&failed)?;
        walk.push(oid(head.0)).map_err(&failed)?;
        if let Some(base) = base {
            walk.hide(oid(base.0)).map_err(&failed)?;
        }
        let mut found = Vec::new();
        for id in walk {
            let commit = self.whole_commit(id.map_err(&failed)?)?;
            found.push(String::from_utf8_lossy(commit.author().email_bytes()).into_owned());
            let message = String::from_utf8_lossy(commit.message_bytes()).into_owned();
            found.extend(message.lines().filter_map(co_author).map(str::to_owned));
        }
        found.sort();
        found.dedup();
        Ok(found)
    }

    /// The first commit of the line of first parents that ends at `tip`: the
    /// same in every clone.
    ///
    /// # Errors
    /// In a shallow clone, whose history does not reach it.
    pub fn first_commit(&self, tip: CommitId) -> Result<CommitId, GitError> {
        if self.is_shallow() {
            return Err(GitError::Shallow);
        }
        let mut id: Oid = oid(tip.0);
        while let Some(parent) = self.whole_commit(id)?.parent_ids().next() {
            id = parent;
        }
        Ok(CommitId(raw(id)))
    }

    /// A value of Git's own settings, such as `user.signingkey`.
    pub fn git_setting(&self, key: &str) -> Option<String> {
        let config = self.git.config().ok()?.snapshot().ok()?;
        config.get_string(key).ok().filter(|value| !value.trim().is_empty())
    }
}

/// What differs, and folders that still have to be compared: they wait on a
/// list instead of the call stack, since a hostile tree may nest without end.
#[derive(Default)]
struct Found {
    changes: Vec<ExactChange>,
    folders: Vec<(Vec<u8>, Option<Oid>, Option<Oid>)>,
}

impl Found {
    fn take(
        &mut self,
        above: &[u8],
        old: Option<&git2::TreeEntry<'_>>,
        new: Option<&git2::TreeEntry<'_>>,
    ) {
        let Some(either) = old.or(new) else { return };
        let same = |it: &git2::TreeEntry<'_>| (it.id(), it.filemode_raw());
        if old.map(same) == new.map(same) {
            return;
        }
        let path = join(above, either.name_bytes());
        if either.kind() == Some(ObjectType::Tree) {
            let id = |it: &git2::TreeEntry<'_>| it.id();
            self.folders.push((path, old.map(id), new.map(id)));
        } else {
            let path = RepoPath::from_git(path);
            self.changes.push(ExactChange { path, old: old.map(side), new: new.map(side) });
        }
    }
}

fn side(entry: &git2::TreeEntry<'_>) -> Side {
    let is_blob = entry.kind() != Some(ObjectType::Commit);
    Side {
        mode: format!("{:06o}", entry.filemode_raw()),
        blob: is_blob.then(|| BlobId(raw(entry.id()))),
        id: entry.id().to_string(),
    }
}

fn co_author(line: &str) -> Option<&str> {
    let (name, value) = line.split_once(':')?;
    if !name.trim().eq_ignore_ascii_case("co-authored-by") {
        return None;
    }
    let (_, address) = value.rsplit_once('<')?;
    Some(address.trim_end().trim_end_matches('>').trim())
}
