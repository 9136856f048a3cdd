//! Where a page comes from: its versions, one behind the other, through
//! renames and merges.
//!
//! The one walk that `log`, `blame` and `diff` go. A version is a page as one
//! commit has it. Behind it stand the versions of the commit's parents: only
//! one where a parent has the same file, since what a merge merely brought
//! together belongs to who wrote it (as `git log` and `git blame` see it).

mod removed;
mod section;
mod version;

pub(super) use removed::located;
pub(super) use section::{Kept, Text, counterpart, untouched};
pub(super) use version::{Behind, Version};

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::located::Located;
use super::standing::counted;
use crate::document::MAX_BYTES;
use crate::git::{Entry, EntryKind, FileState, GitError, History, Repository};
use crate::ids::{BlobId, CommitId};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// Bytes of texts that are kept: the next version is compared with this one.
const KEPT: usize = 64 << 20;

/// What brings everything into a partial clone.
const FETCH: &str = "git fetch --refetch --no-filter";

/// A commit, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Commit {
    /// Its full id.
    pub id: String,
    /// When it was committed.
    pub date: String,
    /// Who wrote it.
    pub author: String,
    /// The first paragraph of what it says, on one line.
    pub subject: String,
}

impl Commit {
    pub(super) fn of(repository: &Repository, id: CommitId) -> Result<Self, GitError> {
        let info = repository.commit(id)?;
        Ok(Self {
            id: id.to_string(),
            date: info.time.to_string(),
            author: info.author,
            subject: info.summary,
        })
    }

    /// The day of its date.
    pub fn day(&self) -> &str {
        self.date.get(..10).unwrap_or(&self.date)
    }
}

/// Everything that the answer's commit reaches.
pub(super) struct Past<'a> {
    pub(super) repository: &'a Repository,
    pub(super) history: Arc<History>,
    texts: RefCell<HashMap<BlobId, Rc<[u8]>>>,
    size: RefCell<usize>,
    /// True once a file could not be read that may have been renamed.
    is_unread: Cell<bool>,
}

/// Where a walk begins.
pub(super) struct Start {
    /// The page as the commit has it; `None` where no commit does.
    pub(super) version: Option<Version>,
    /// True if what is on disk is not what the commit has.
    pub(super) is_changed_on_disk: bool,
}

impl<'a> Past<'a> {
    /// The past of what was found. `told` hears how many of how many commits
    /// were looked at.
    pub(super) fn of(
        workspace: &'a Workspace,
        located: &Located,
        told: &dyn Fn(usize, usize),
    ) -> Result<Self, OpError> {
        let Some(repository) = workspace.repository() else {
            let folder = workspace.folder().unwrap_or(std::path::Path::new("."));
            return Err(GitError::NoRepository(folder.to_owned()).into());
        };
        let history = match located.memory.revision.commit {
            Some(commit) => workspace.history(commit, told)?,
            None => Arc::default(),
        };
        let (texts, size, is_unread) = (RefCell::default(), RefCell::default(), Cell::default());
        Ok(Self { repository, history, texts, size, is_unread })
    }

    /// The newest version of a page that was found.
    pub(super) fn start(&self, located: &Located) -> Result<Start, OpError> {
        let revision = &located.memory.revision;
        let (path, blob) = (&located.page.path, located.page.blob);
        let Some(tree) = revision.tree.filter(|_| !self.history.steps.is_empty()) else {
            return Ok(Start { version: None, is_changed_on_disk: true });
        };
        let found = match self.repository.entry(tree, path)? {
            Some(Entry::File(blob)) => Some((path.clone(), blob)),
            _ if revision.on_disk => self.renamed_on_disk(located)?,
            _ => None,
        };
        let is_changed_on_disk =
            found.as_ref().is_none_or(|(at, known)| at != path || *known != blob);
        let version = found.map(|(path, blob)| Version { at: 0, path, blob });
        Ok(Start { version, is_changed_on_disk: is_changed_on_disk && revision.on_disk })
    }

    /// The file of the commit that is not on disk any more and has the page's content.
    fn renamed_on_disk(&self, located: &Located) -> Result<Option<(RepoPath, BlobId)>, OpError> {
        let Some(tree) = located.memory.revision.tree else { return Ok(None) };
        let mut wanted =
            |path: &[u8], kind| kind == EntryKind::Folder || RepoPath::from_git(path).is_markdown();
        let changes = self.repository.work_tree_changes(Some(tree), &mut wanted)?;
        let gone = changes.into_iter().filter(|it| it.state == FileState::Deleted);
        for change in gone {
            if let Some(Entry::File(blob)) = self.repository.entry(tree, &change.path)?
                && blob == located.page.blob
            {
                return Ok(Some((change.path, blob)));
            }
        }
        Ok(None)
    }

    /// The content of a version.
    pub(super) fn text(&self, version: &Version) -> Result<Rc<[u8]>, GitError> {
        if let Some(text) = self.texts.borrow().get(&version.blob) {
            return Ok(Rc::clone(text));
        }
        let text: Rc<[u8]> = self.repository.blob(version.blob)?.into();
        let (mut texts, mut size) = (self.texts.borrow_mut(), self.size.borrow_mut());
        if *size + text.len() > KEPT {
            texts.clear();
            *size = 0;
        }
        *size += text.len();
        texts.insert(version.blob, Rc::clone(&text));
        Ok(text)
    }

    /// The same; `None` where a partial clone has not fetched it.
    pub(super) fn text_if_here(&self, version: &Version) -> Result<Option<Rc<[u8]>>, GitError> {
        match self.text(version) {
            Err(GitError::NotFetched(_)) => Ok(None),
            text => text.map(Some),
        }
    }

    /// The commit of a version.
    pub(super) fn commit(&self, version: &Version) -> Result<Commit, GitError> {
        Commit::of(self.repository, self.history.steps[version.at].id)
    }

    /// What a reader should know of a history that is not all here.
    pub(super) fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        if self.history.gaps > 0 {
            gaps.push(format!(
                "what {} changed is not in this partial clone; fetch it: {FETCH}",
                counted(self.history.gaps, "commit")
            ));
        }
        if self.is_unread.get() {
            gaps.push(
                "files that went where the page came are not in this partial clone, so that it \
                 may have been renamed there; fetch them: "
                    .to_owned()
                    + FETCH,
            );
        }
        gaps
    }
}

/// The bytes of the page that was found, as it is in the answer's revision.
pub(super) fn own_text(workspace: &Workspace, located: &Located) -> Result<Vec<u8>, OpError> {
    let page = &located.page;
    if page.size > MAX_BYTES {
        return Err(OpError::Invalid {
            message: format!(
                "'{}' has more than {MAX_BYTES} bytes: its lines are not looked at",
                page.path
            ),
            hint: "when it changed is known all the same: prode log <page>".to_owned(),
        });
    }
    workspace.bytes(&located.memory, page).ok_or_else(|| OpError::File {
        path: page.path.cite_text(),
        reason: format!("its content ({}) cannot be read, or changed just now", page.blob),
    })
}
