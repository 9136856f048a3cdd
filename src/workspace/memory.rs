//! The memory at one revision.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use jiff::civil::Date;

use super::beside::{Texts, Unreviewed};
use super::others::Others;
use super::place::{CommitTree, DiskTree, Place};
use super::revision::Revision;
use super::source::{CommitPages, DiskPages, wanted};
use super::{Workspace, WorkspaceError};
use crate::config::{Problem, Settings};
use crate::corpus::{Catalogue, CodeOwners, Facts, OwnersFile, Page, Roots, Rules, TreeLook};
use crate::document::MAX_BYTES;
use crate::git::{FileState, GitError, Repository, hash_blob, plain_files, plain_read, plain_size};
use crate::ids::{BlobId, CommitId, TreeId};
use crate::index::{Content, Index, PageChange, Report, Snapshot};
use crate::repo_path::RepoPath;
use crate::review::{REVIEWS, Stamps};

/// Everything that was reviewed (or lies on disk) at one revision.
pub struct Memory {
    /// What was asked, as it is here.
    pub revision: Revision,
    /// The index of exactly that.
    pub snapshot: Snapshot,
    /// What facts are worked out with.
    pub rules: Rules,
    /// The settings of that revision.
    pub settings: Settings,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// What it took.
    pub report: Report,
    /// Pages whose content no commit of the revision holds.
    pub(super) only_on_disk: HashSet<RepoPath>,
    /// Why the record of stamps says nothing, where it cannot be read.
    pub(super) unread_stamps: Option<String>,
    /// Texts beside the pages, where the question asked for them.
    pub(super) unreviewed: Texts,
    /// What its citations begin with, where another repository asks it.
    pub name: Option<String>,
    /// Memories that are asked together with this one.
    pub(super) others: Option<Box<Others>>,
}

impl Memory {
    /// The roots of that revision.
    pub fn roots(&self) -> &Roots {
        &self.rules.roots
    }

    /// The day that the answer is given for.
    pub fn today(&self) -> Date {
        self.revision.clock.today()
    }

    /// What `page` is on that day.
    pub fn facts(&self, page: &Page) -> Facts {
        self.unreviewed(page)
            .map_or_else(|| self.rules.facts(page, self.today()), Unreviewed::facts)
    }

    /// The commit under which `page` can be cited: none where its content
    /// lies only on disk.
    pub fn cited_commit(&self, page: &Page) -> Option<CommitId> {
        self.revision.commit.filter(|_| !self.only_on_disk.contains(&page.path))
    }

    /// Every page, under every name.
    pub fn catalogue(&self) -> Result<Catalogue, WorkspaceError> {
        Ok(Catalogue::new(self.snapshot.pages()?, self.rules.clone()))
    }

    /// Lines for the reader: of the revision, of the index, of the settings.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.revision.notes.clone();
        notes.extend(self.report.notes.iter().cloned());
        if let Some(first) = self.report.unreadable.first() {
            let count = self.report.unreadable.len();
            notes.push(format!(
                "{count} pages cannot be read, such as {first}: their content is not in this \
                 partial clone; fetch it with git fetch --refetch"
            ));
        }
        notes.extend(self.unread_stamps.iter().cloned());
        let problem = |it: &Problem| format!("{}: {}", it.origin, it.diagnostic.message);
        notes.extend(self.problems.iter().map(problem));
        notes.extend(self.others.iter().flat_map(|others| others.notes.iter().cloned()));
        notes
    }
}

/// Opens the memory at `revision`.
pub(super) fn open(workspace: &Workspace, revision: Revision) -> Result<Memory, WorkspaceError> {
    let look = Look::of(workspace, &revision);
    let (settings, problems) = workspace.settings_at(&revision);
    let roots = Roots::resolve(&settings.roots, look.tree());
    let owners = OwnersFile::find(look.tree(), settings.codeowners)
        .map(|file| CodeOwners::parse(&file.bytes, file.dialect).0)
        .unwrap_or_default();
    let (stamps, unread_stamps) = stamps(look.tree());
    let rules = Rules {
        roots,
        owners,
        intervals: settings.review.clone(),
        people: settings.people.clone(),
        wikilinks: settings.wikilinks.clone(),
        stamps,
    };
    let (snapshot, report, only_on_disk) = snapshot(workspace, &revision, &rules.roots)?;
    let unreviewed = Texts::new();
    Ok(Memory {
        revision,
        snapshot,
        rules,
        settings,
        problems,
        report,
        only_on_disk,
        unread_stamps,
        unreviewed,
        name: workspace.name.clone(),
        others: None,
    })
}

/// Reviews of files whose front matter may not carry one. A record that is not
/// of its form stamps nothing, and is told.
pub(super) fn stamps(look: &dyn TreeLook) -> (Stamps, Option<String>) {
    match look.read(&path(REVIEWS)).map_or_else(|| Ok(Stamps::default()), |it| Stamps::read(&it)) {
        Ok(stamps) => (stamps, None),
        Err(error) => (Stamps::default(), Some(format!("{error}; no stamp of it counts"))),
    }
}

fn path(text: &str) -> RepoPath {
    RepoPath::from_git(text)
}

/// What roots, owners and settings are looked up in.
enum Look<'a> {
    Commit(CommitTree<'a>),
    Disk(DiskTree<'a>),
}

impl<'a> Look<'a> {
    fn of(workspace: &'a Workspace, revision: &Revision) -> Self {
        match (&workspace.place, workspace.folder()) {
            (_, Some(folder)) if revision.on_disk => Self::Disk(DiskTree(folder)),
            (Place::Git(repository), _) => {
                Self::Commit(CommitTree { repository, tree: revision.tree })
            }
            (Place::Folder(folder), _) => Self::Disk(DiskTree(folder)),
        }
    }

    fn tree(&self) -> &dyn TreeLook {
        match self {
            Self::Commit(tree) => tree,
            Self::Disk(tree) => tree,
        }
    }
}

fn snapshot(
    workspace: &Workspace,
    revision: &Revision,
    roots: &Roots,
) -> Result<(Snapshot, Report, HashSet<RepoPath>), WorkspaceError> {
    let (base, report) = match (workspace.repository(), revision.tree) {
        (Some(repository), Some(tree)) => {
            let progress = workspace.progress.as_deref();
            let address = repository.address();
            workspace.index.fit(&CommitPages { address, tree, roots, progress })?
        }
        _ => (Snapshot::default(), Report::default()),
    };
    if !revision.on_disk {
        return Ok((base, report, HashSet::new()));
    }
    let (changes, source) = match (workspace.repository(), workspace.folder()) {
        (Some(repository), Some(_)) => work_tree(repository, revision.tree, roots)?,
        (_, Some(folder)) => plain(folder, roots)?,
        _ => return Ok((base, report, HashSet::new())),
    };
    let (snapshot, mut overlaid) = Index::overlay(base, &changes, &source)?;
    overlaid.notes.extend(report.notes);
    overlaid.unreadable.extend(report.unreadable);
    let paths = source.files.into_keys().collect();
    Ok((snapshot, overlaid, paths))
}

/// Pages on disk that differ from `tree`.
fn work_tree(
    repository: &Repository,
    tree: Option<TreeId>,
    roots: &Roots,
) -> Result<(Vec<PageChange>, DiskPages), GitError> {
    let mut files = HashMap::new();
    let mut changes = Vec::new();
    for change in repository.work_tree_changes(tree, &mut wanted(roots))? {
        let old = tree.map(|tree| repository.entry(tree, &change.path)).transpose()?.flatten();
        let old = match old {
            Some(crate::git::Entry::File(blob)) => Some(blob),
            _ => None,
        };
        let new = match change.state {
            FileState::Deleted => None,
            FileState::Modified | FileState::Added => {
                let size = repository.work_tree_size(&change.path)?;
                let read = || repository.read_work_tree(&change.path);
                Some(take(&mut files, &change.path, size, read)?)
            }
        };
        changes.push(PageChange { path: change.path, old, new });
    }
    Ok((changes, DiskPages { files }))
}

/// All pages of a folder that is no repository.
fn plain(folder: &Path, roots: &Roots) -> Result<(Vec<PageChange>, DiskPages), GitError> {
    let mut files = HashMap::new();
    let mut changes = Vec::new();
    for path in plain_files(folder, &mut wanted(roots))? {
        let size = plain_size(folder, &path)?;
        let blob = take(&mut files, &path, size, || plain_read(folder, &path))?;
        changes.push(PageChange { path, old: None, new: Some(blob) });
    }
    Ok((changes, DiskPages { files }))
}

/// Reads one file unless it is too large; its blob id, as Git would name it.
fn take(
    files: &mut HashMap<RepoPath, Content>,
    path: &RepoPath,
    size: u64,
    read: impl FnOnce() -> Result<Vec<u8>, GitError>,
) -> Result<BlobId, GitError> {
    let (blob, content) = if size > MAX_BYTES {
        (hash_blob(path.as_bytes()), Content::Oversize(size))
    } else {
        let bytes = read()?;
        (hash_blob(&bytes), Content::Bytes(bytes))
    };
    files.insert(path.clone(), content);
    Ok(blob)
}

impl Workspace {
    /// The settings of `revision`, and what is wrong with them.
    pub fn settings_at(&self, revision: &Revision) -> (Settings, Vec<Problem>) {
        let look = Look::of(self, revision);
        self.settings(look.tree().read(&path("prode.yaml")).as_deref())
    }

    /// The CODEOWNERS file of `memory`'s revision, where there is one.
    pub fn owners_file(&self, memory: &Memory) -> Option<OwnersFile> {
        let look = Look::of(self, &memory.revision);
        OwnersFile::find(look.tree(), memory.settings.codeowners)
    }

    /// The bytes of `page` as `memory` holds them; `None` where they cannot
    /// be had, or changed on disk in the meantime.
    pub fn bytes(&self, memory: &Memory, page: &Page) -> Option<Vec<u8>> {
        if page.size > MAX_BYTES {
            return None;
        }
        if let Some(text) = memory.unreviewed(page) {
            return Some(text.bytes.clone());
        }
        if let Some(bytes) =
            self.repository().and_then(|repository| repository.blob(page.blob).ok())
        {
            return Some(bytes);
        }
        let folder = self.folder().filter(|_| memory.revision.on_disk)?;
        plain_read(folder, &page.path).ok().filter(|bytes| hash_blob(bytes) == page.blob)
    }
}
