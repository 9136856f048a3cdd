//! Which file goes where.

use std::collections::{BTreeMap, BTreeSet};

use crate::repo_path::RepoPath;

/// The files that move, and the folders that go with them.
#[derive(Debug, Clone, Default)]
pub struct Moves {
    files: BTreeMap<RepoPath, RepoPath>,
    /// Folders that are gone afterwards, and what stands for them.
    folders: BTreeMap<RepoPath, RepoPath>,
    back: BTreeMap<RepoPath, RepoPath>,
    /// Folders above the files' new places.
    made: BTreeSet<RepoPath>,
}

impl Moves {
    /// Files by their old paths, and folders that hold nothing any more by
    /// theirs, each with its new one.
    pub fn new(
        files: impl IntoIterator<Item = (RepoPath, RepoPath)>,
        folders: impl IntoIterator<Item = (RepoPath, RepoPath)>,
    ) -> Self {
        let files: BTreeMap<_, _> = files.into_iter().collect();
        let back = files.iter().map(|(old, new)| (new.clone(), old.clone())).collect();
        let mut made = BTreeSet::new();
        for new in files.values() {
            let mut folder = new.parent();
            while !folder.is_root() && made.insert(folder.clone()) {
                folder = folder.parent();
            }
        }
        let mut folders: BTreeMap<_, _> = folders.into_iter().collect();
        for (old, new) in folders.clone() {
            folders.extend(files.keys().flat_map(|file| inner_folders(file, &old, &new)));
        }
        Self { files, folders, back, made }
    }

    /// Old and new path of every file, ordered by the old one.
    pub fn files(&self) -> impl Iterator<Item = (&RepoPath, &RepoPath)> {
        self.files.iter()
    }

    /// Old and new path of every folder that goes, ordered by the old one.
    pub fn folders(&self) -> impl Iterator<Item = (&RepoPath, &RepoPath)> {
        self.folders.iter()
    }

    /// Where the file or folder `path` is afterwards.
    pub fn of(&self, path: &RepoPath) -> RepoPath {
        self.new_path(path).unwrap_or(path).clone()
    }

    /// Its new path, if it has one.
    pub fn new_path(&self, path: &RepoPath) -> Option<&RepoPath> {
        self.files.get(path).or_else(|| self.folders.get(path))
    }

    /// Where the file at `path` comes from, if it moved there.
    pub fn old_path(&self, path: &RepoPath) -> Option<&RepoPath> {
        self.back.get(path)
    }

    /// True if a moved file, or a folder with one, stands at `path` afterwards.
    pub fn brings(&self, path: &RepoPath) -> bool {
        self.back.contains_key(path) || self.made.contains(path)
    }

    /// True if what stood at `path` is gone afterwards.
    pub fn takes(&self, path: &RepoPath) -> bool {
        self.new_path(path).is_some() && !self.brings(path)
    }
}

/// The folders between `file` and the folder `old` above it, with their new paths.
fn inner_folders(file: &RepoPath, old: &RepoPath, new: &RepoPath) -> Vec<(RepoPath, RepoPath)> {
    let mut inner = Vec::new();
    let mut folder = file.parent();
    while folder != *old && folder.is_below(old) {
        let rest = &folder.as_bytes()[old.as_bytes().len()..];
        inner.push((folder.clone(), RepoPath::from_git([new.as_bytes(), rest].concat())));
        folder = folder.parent();
    }
    inner
}
