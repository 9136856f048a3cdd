//! Files as they are on disk, compared with a tree.
//!
//! A file of the work tree is a regular one that Git tracks, or does not
//! ignore. Git's own index is only read; where it proves a file unchanged, the
//! file is not.

use std::collections::HashSet;
use std::path::Path;

use git2::{DiffOptions, ObjectType, Oid};

use super::blob::{oid, raw};
use super::error::GitError;
use super::folder::{Walk, os_path, plain_read, plain_size};
use super::ignored::Rules;
use super::pairs::{Pair, pairs};
use super::tracked::{Content, OnDisk, Tracked};
use super::{Repository, TreeFile, Wanted};
use crate::ids::{BlobId, TreeId};
use crate::repo_path::RepoPath;

/// A file whose content on disk is not the tree's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkTreeChange {
    /// From the top of the work tree.
    pub path: RepoPath,
    /// How it differs.
    pub state: FileState,
}

/// How a file on disk differs from the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// Other content.
    Modified,
    /// Only on disk.
    Added,
    /// Only in the tree.
    Deleted,
}

impl Repository {
    /// The wanted files that differ between `base` and the disk, sorted by
    /// path; with no base, every file is added.
    ///
    /// Exact: where the index does not prove it, content is compared, as it is
    /// and as Git's filters (line ends) would store it.
    pub fn work_tree_changes(
        &self,
        base: Option<TreeId>,
        wanted: &mut Wanted<'_>,
    ) -> Result<Vec<WorkTreeChange>, GitError> {
        let top = self.top()?;
        let mut changes = Vec::new();
        let mut suspects = HashSet::new();
        for pair in self.not_proved_same(base, wanted)? {
            let (path, verdict) = judge(top, pair)?;
            let state = match verdict {
                Verdict::Same => continue,
                Verdict::Suspect => {
                    suspects.insert(path.clone());
                    FileState::Modified
                }
                Verdict::Changed(state) => state,
            };
            changes.push(WorkTreeChange { path, state });
        }
        if let (Some(base), false) = (base, suspects.is_empty()) {
            let truly = self.changed_after_filters(base, &suspects)?;
            changes
                .retain(|change| !suspects.contains(&change.path) || truly.contains(&change.path));
        }
        Ok(changes)
    }

    /// The wanted files that are there, sorted by path.
    pub fn work_tree_files(&self, wanted: &mut Wanted<'_>) -> Result<Vec<RepoPath>, GitError> {
        let here = self.on_disk(&Tracked::read(self)?, wanted)?.into_iter();
        Ok(here.filter(|file| file.content != Content::LeftOut).map(|file| file.path).collect())
    }

    /// A file's bytes as they are on disk, refused behind a symbolic link.
    pub fn read_work_tree(&self, path: &RepoPath) -> Result<Vec<u8>, GitError> {
        plain_read(self.top()?, path)
    }

    /// A file's size in bytes on disk, under the same conditions.
    pub fn work_tree_size(&self, path: &RepoPath) -> Result<u64, GitError> {
        plain_size(self.top()?, path)
    }

    /// What a commit of these files would hold: their content on disk as Git's
    /// filters (line ends) store it. Nothing is stored.
    pub fn work_tree_blobs(&self, paths: &[RepoPath]) -> Result<Vec<BlobId>, GitError> {
        let failed = GitError::library("read a file of the work tree");
        let top = self.top()?;
        let apart = self.reopen()?;
        let objects = apart.git.odb().map_err(&failed)?;
        objects.add_new_mempack_backend(1_000).map_err(&failed)?;
        let blob = |path: &RepoPath| {
            plain_size(top, path)?;
            let stored = apart.git.blob_path(&top.join(os_path(path.as_bytes())));
            stored.map(|id| BlobId(raw(id))).map_err(&failed)
        };
        paths.iter().map(blob).collect()
    }

    /// What may differ between `base` and the disk, sorted by path.
    fn not_proved_same(
        &self,
        base: Option<TreeId>,
        wanted: &mut Wanted<'_>,
    ) -> Result<Vec<Pair<TreeFile, OnDisk>>, GitError> {
        let tracked = Tracked::read(self)?;
        let there = match base {
            None => Vec::new(),
            // Mostly the index holds just what was committed, and proves most of it.
            Some(tree) if tracked.is_of(tree) => return self.unproved(&tracked, wanted),
            Some(tree) => self.files(tree, wanted)?,
        };
        let here = self.on_disk(&tracked, wanted)?;
        Ok(pairs(there, here, |there, here| there.path.cmp(&here.path)).collect())
    }

    fn top(&self) -> Result<&Path, GitError> {
        self.workdir().ok_or_else(|| GitError::NoWorkTree(self.git_dir().to_owned()))
    }

    /// Tracked and untracked wanted files, sorted by path.
    fn on_disk(&self, tracked: &Tracked, wanted: &mut Wanted<'_>) -> Result<Vec<OnDisk>, GitError> {
        let top = self.top()?;
        let (mut files, untracked) =
            tracked.files(top, wanted, |wanted| self.untracked(tracked, wanted));
        files.extend(untracked?);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// What the index, which holds `base`, does not prove to be unchanged.
    fn unproved(
        &self,
        tracked: &Tracked,
        wanted: &mut Wanted<'_>,
    ) -> Result<Vec<Pair<TreeFile, OnDisk>>, GitError> {
        let top = self.top()?;
        let (mut pairs, untracked) =
            tracked.unproved(top, wanted, |wanted| self.untracked(tracked, wanted));
        pairs.extend(untracked?.map(|file| (None, Some(file))));
        let path = |(there, here): &Pair<TreeFile, OnDisk>| {
            let there = there.as_ref().map(|it| &it.path);
            there.or(here.as_ref().map(|it| &it.path)).cloned()
        };
        pairs.sort_by_cached_key(path);
        Ok(pairs)
    }

    /// Wanted files that the index does not name, in no order.
    fn untracked(
        &self,
        tracked: &Tracked,
        wanted: &mut Wanted<'_>,
    ) -> Result<impl Iterator<Item = OnDisk> + use<>, GitError> {
        let top = self.top()?;
        let rules = Rules::of_repository(&self.git, top);
        let walk = Walk { root: top, rules, enters_repositories: false };
        let mut names = tracked.names();
        let files = walk.files(wanted, &mut |path, kind| names.hold(path, kind))?;
        Ok(files.into_iter().map(|path| OnDisk { path, content: Content::Unread }))
    }

    /// Those of `suspects` that differ from `base` even as Git would store
    /// them. Asked of the library, which knows the filters; few files get here.
    fn changed_after_filters(
        &self,
        base: TreeId,
        suspects: &HashSet<RepoPath>,
    ) -> Result<HashSet<RepoPath>, GitError> {
        let failed = GitError::library("compare files on disk");
        let tree = self.whole_tree(oid(base.0))?;
        let mut options = DiffOptions::new();
        options.disable_pathspec_match(true).ignore_filemode(true).include_typechange(true);
        for path in suspects {
            options.pathspec(os_path(path.as_bytes()));
        }
        let diff =
            self.git.diff_tree_to_workdir(Some(&tree), Some(&mut options)).map_err(&failed)?;
        let paths = diff.deltas().filter_map(|delta| {
            delta.new_file().path_bytes().or(delta.old_file().path_bytes()).map(<[u8]>::to_vec)
        });
        Ok(paths.map(RepoPath::from_git).collect())
    }
}

enum Verdict {
    Same,
    /// Other bytes on disk; Git's filters may still make them equal.
    Suspect,
    Changed(FileState),
}

fn judge(
    top: &Path,
    pair: (Option<TreeFile>, Option<OnDisk>),
) -> Result<(RepoPath, Verdict), GitError> {
    Ok(match pair {
        (Some(there), None) => (there.path, Verdict::Changed(FileState::Deleted)),
        (there, Some(here)) => {
            let verdict = match (there, here.content) {
                (_, Content::LeftOut) => Verdict::Same,
                (None, _) => Verdict::Changed(FileState::Added),
                (Some(there), Content::Proved(blob)) if blob == there.blob => Verdict::Same,
                (Some(_), Content::Proved(_)) => Verdict::Changed(FileState::Modified),
                (Some(there), Content::Unread) => match hash_file(top, &here.path)? {
                    None => Verdict::Changed(FileState::Deleted),
                    Some(blob) if blob == there.blob => Verdict::Same,
                    Some(_) => Verdict::Suspect,
                },
            };
            (here.path, verdict)
        }
        (None, None) => unreachable!("a pair has at least one side"),
    })
}

/// Hash of the bytes as they are; `None` where the file went meanwhile.
fn hash_file(top: &Path, path: &RepoPath) -> Result<Option<BlobId>, GitError> {
    let full = top.join(os_path(path.as_bytes()));
    match Oid::hash_file(ObjectType::Blob, &full) {
        Ok(id) => Ok(Some(BlobId(raw(id)))),
        Err(_) if !full.exists() => Ok(None),
        Err(error) => Err(GitError::library("read a file of the work tree")(error)),
    }
}
