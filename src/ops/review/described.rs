//! The files that pages describe, as the next commit will hold them, and what
//! became of them since a review.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::tz::TimeZone;

use super::Ground;
use crate::corpus::Page;
use crate::document::Reviewed;
use crate::git::{
    Change, EntryKind, FileState, Globs, Repository, hash_blob, is_binary, line_counts,
};
use crate::ids::{BlobId, CommitId, TreeId};
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::review::{Described, REVIEWS, Sources};

/// Files of one page whose lines are counted; the others are only named.
const COUNTED: usize = 200;

/// What pages describe on this ground.
pub(super) struct Files {
    sources: Sources,
    globs: Globs,
    /// What a commit of the ground would hold.
    pub(super) now: Described,
    /// Those of them that no commit holds yet.
    pub(super) uncommitted: BTreeMap<RepoPath, Option<BlobId>>,
}

/// A file that is another since the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) path: RepoPath,
    /// Lines that came and went; `None` where they were not counted.
    pub(super) lines: Option<[usize; 2]>,
}

impl Files {
    /// Goes through the ground's files once for all pages.
    pub(super) fn of(ground: &Ground<'_>, pages: &[Page]) -> Result<Self, OpError> {
        let named = pages.iter().map(|page| (&page.path, page.front.sources.as_slice()));
        let sources = Sources::of(named);
        let globs = Globs::new(sources.globs());
        let mut files = BTreeMap::new();
        let mut uncommitted = BTreeMap::new();
        if sources.globs().next().is_some() {
            let mut wanted = |path: &[u8], kind: EntryKind| {
                kind == EntryKind::Folder || globs.name(&RepoPath::from_git(path))
            };
            let revision = &ground.memory.revision;
            if let (Some(git), Some(tree)) = (ground.workspace.repository(), revision.tree) {
                let there = git.files(tree, &mut wanted)?.into_iter();
                files.extend(there.map(|file| (file.path, file.blob)));
            }
            if revision.on_disk {
                uncommitted = on_disk(ground, revision.tree, &mut wanted)?;
            }
            for (path, blob) in &uncommitted {
                match blob {
                    Some(blob) => files.insert(path.clone(), *blob),
                    None => files.remove(path),
                };
            }
        }
        let now =
            sources.find(files.iter().map(|(path, blob)| (path, *blob)), |it| globs.naming(it));
        Ok(Self { sources, globs, now, uncommitted })
    }

    /// The files that differ from those of the commit `then`.
    pub(super) fn since(
        &self,
        git: &Repository,
        page: &RepoPath,
        then: CommitId,
    ) -> Result<Vec<Moved>, OpError> {
        let mut wanted = |path: &[u8], kind: EntryKind| {
            kind == EntryKind::Folder || self.globs.name(&RepoPath::from_git(path))
        };
        let files = git.files(git.commit(then)?.tree, &mut wanted)?;
        let there = files.iter().map(|file| (&file.path, file.blob));
        let then = self.sources.find(there, |it| self.globs.naming(it));
        let side = |described: &Described| -> BTreeMap<RepoPath, BlobId> {
            let files = described.files_of(page).into_iter().flatten();
            files.map(|(path, blob)| (path.clone(), blob)).collect()
        };
        let (old, new) = (side(&then), side(&self.now));
        let paths: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
        let changes = paths.into_iter().map(|path| Change {
            path: path.clone(),
            old: old.get(path).copied(),
            new: new.get(path).copied(),
        });
        let changes = changes.filter(|it| it.old != it.new).enumerate();
        Ok(changes.map(|(at, change)| moved(git, change, at < COUNTED)).collect())
    }
}

/// Content that only the disk has is not counted.
fn moved(git: &Repository, change: Change, counts: bool) -> Moved {
    let read = |blob: Option<BlobId>| blob.map_or_else(|| Ok(Vec::new()), |blob| git.blob(blob));
    let lines = counts.then(|| Some((read(change.old).ok()?, read(change.new).ok()?))).flatten();
    let lines = lines
        .filter(|(old, new)| !is_binary(old) && !is_binary(new))
        .and_then(|(old, new)| line_counts(&old, &new).ok());
    Moved { path: change.path, lines }
}

/// Files whose content on disk is not the tree's; `None` is gone.
fn on_disk(
    ground: &Ground<'_>,
    tree: Option<TreeId>,
    wanted: &mut crate::git::Wanted<'_>,
) -> Result<BTreeMap<RepoPath, Option<BlobId>>, OpError> {
    let Some(git) = ground.workspace.repository() else { return outside_git(ground, wanted) };
    let changes = git.work_tree_changes(tree, wanted)?;
    let (gone, there): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|change| change.state == FileState::Deleted);
    let paths: Vec<RepoPath> = there.into_iter().map(|change| change.path).collect();
    let blobs = git.work_tree_blobs(&paths)?;
    let there = paths.into_iter().zip(blobs).map(|(path, blob)| (path, Some(blob)));
    Ok(there.chain(gone.into_iter().map(|change| (change.path, None))).collect())
}

fn outside_git(
    ground: &Ground<'_>,
    wanted: &mut crate::git::Wanted<'_>,
) -> Result<BTreeMap<RepoPath, Option<BlobId>>, OpError> {
    let Some(folder) = ground.workspace.folder() else { return Ok(BTreeMap::new()) };
    let files = ground.workspace.files(&ground.memory, wanted)?;
    let blob = |path: RepoPath| {
        let bytes = crate::git::plain_read(folder, &path)?;
        Ok((path, Some(hash_blob(&bytes))))
    };
    files.into_iter().map(blob).collect()
}

/// The commit that brought the page's last stamp; where no line of a commit says
/// its day, the last one of the ground's line before the end of that day (UTC).
pub(super) fn commit_of(ground: &Ground<'_>, page: &Page, last: &Reviewed) -> Option<CommitId> {
    let git = ground.workspace.repository()?;
    let tip = ground.memory.revision.commit?;
    let is_recorded = ground.memory.rules.stamps.of(&page.path) == Some(last);
    let file = if is_recorded { RepoPath::from_git(REVIEWS) } else { page.path.clone() };
    let day = last.at.to_string();
    let name = page.path.text();
    let is_stamp = |line: &str| line.contains(&day) && (!is_recorded || line.contains(&*name));
    let line = git.file_at(tip, &file).ok().flatten().and_then(|bytes| {
        String::from_utf8_lossy(&bytes).lines().position(is_stamp).map(|at| at + 1)
    });
    let by = line.and_then(|line| git.authors_of(&file, Some(line), tip).ok());
    if let Some([one]) = by.as_deref() {
        return Some(*one);
    }
    let end = last.at.checked_add(1.day()).ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    git.as_of(tip, end).ok().flatten()
}
