//! Where pages change: in the work tree, or in one commit on a branch.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::corpus::{Catalogue, Page};
use crate::edits::FileChange;
use crate::git::{self, Draft, Edit, GitError, Message, Target};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::ops::inbox_branch::Branch;
use crate::ops::located::page_named;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};

/// Branches of reviews that are recorded where there is no work tree.
const BRANCHES: &str = "refs/heads/prode/review/";

/// The pages as they are where they will change.
pub(in crate::ops) struct Ground<'a> {
    pub(in crate::ops) workspace: &'a Workspace,
    pub(in crate::ops) memory: Memory,
    pub(in crate::ops) catalogue: Catalogue,
    line: Option<Line>,
}

/// A branch that gets one commit more.
struct Line {
    /// Its full name.
    reference: String,
    /// Where it stands; `None` where it is not there yet.
    tip: Option<CommitId>,
    /// What the commit is made on.
    base: CommitId,
}

/// What came of writing.
#[derive(Debug, Default)]
pub(in crate::ops) struct Written {
    /// Paths that changed, in order.
    pub(in crate::ops) changed: Vec<String>,
    /// The branch's short name, and the commit.
    pub(in crate::ops) landed: Option<(String, CommitId)>,
    pub(in crate::ops) notes: Vec<String>,
}

impl<'a> Ground<'a> {
    /// Files of the work tree, after an interrupted change was ended.
    ///
    /// # Errors
    /// In a bare repository, which has none.
    pub(in crate::ops) fn on_disk(workspace: &'a Workspace) -> Result<Self, OpError> {
        if let Some(git) = workspace.repository().filter(|git| git.is_bare()) {
            return Err(OpError::Usage {
                message: GitError::NoWorkTree(git.git_dir().to_owned()).to_string(),
                hint: "clone it, and change the page there".to_owned(),
            });
        }
        let edits = workspace.edits()?;
        if edits.is_interrupted() {
            edits.recover()?;
        }
        Self::of(workspace, &Asked::WorkTree, None)
    }

    /// The pages of a commit, to be looked at.
    pub(in crate::ops) fn of_commit(
        workspace: &'a Workspace,
        commit: CommitId,
    ) -> Result<Self, OpError> {
        Self::of(workspace, &Asked::Rev(commit.to_string()), None)
    }

    /// The branch that is checked out; in a bare repository one of `who` and
    /// the day, begun at the trunk.
    pub(in crate::ops) fn on_branch(workspace: &'a Workspace, who: &str) -> Result<Self, OpError> {
        let branch = Branch::of(workspace)?;
        let line = if branch.repository.is_bare() {
            own_line(workspace, &branch, who)?
        } else {
            checked_out_line(&branch)?
        };
        Self::of(workspace, &Asked::Rev(line.base.to_string()), Some(line))
    }

    fn of(workspace: &'a Workspace, asked: &Asked, line: Option<Line>) -> Result<Self, OpError> {
        let memory = workspace.memory(asked)?;
        let catalogue = memory.catalogue()?;
        Ok(Self { workspace, memory, catalogue, line })
    }

    /// The page that `typed` names.
    pub(in crate::ops) fn page(&self, typed: &str) -> Result<Page, OpError> {
        page_named(self.workspace, (&self.memory, &self.catalogue), typed)
    }

    /// A file's bytes; `None` where none stands there.
    pub(in crate::ops) fn bytes(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, OpError> {
        let Some(read) = self.workspace.page_at(&self.memory, path)? else { return Ok(None) };
        let too_large = || OpError::Invalid {
            message: format!(
                "'{}' has {} bytes, and at most 5000000 are read",
                path.cite_text(),
                read.page.size
            ),
            hint: "part it into several pages".to_owned(),
        };
        read.bytes.map(Some).ok_or_else(too_large)
    }

    /// The bytes of a page that is about to change.
    pub(in crate::ops) fn page_bytes(&self, page: &Page) -> Result<Vec<u8>, OpError> {
        self.bytes(&page.path)?.ok_or_else(|| OpError::File {
            path: page.path.cite_text(),
            reason: "it went just now".to_owned(),
        })
    }

    /// Makes every change, or none; what stays as it is is no change.
    pub(in crate::ops) fn write(
        &self,
        changes: Vec<FileChange>,
        message: Message,
    ) -> Result<Written, OpError> {
        let changes: Vec<FileChange> =
            changes.into_iter().filter(|change| change.before != change.after).collect();
        let changed = changes.iter().map(|change| change.path.text().into_owned()).collect();
        let mut written = Written { changed, ..Written::default() };
        match &self.line {
            _ if changes.is_empty() => {}
            None => self.workspace.edits()?.apply(&changes)?,
            Some(line) => self.commit(line, &changes, message, &mut written)?,
        }
        Ok(written)
    }

    fn commit(
        &self,
        line: &Line,
        changes: &[FileChange],
        message: Message,
        written: &mut Written,
    ) -> Result<(), OpError> {
        let branch = Branch::of(self.workspace)?;
        let edits = changes
            .iter()
            .filter_map(|change| Some(Edit::write(change.path.clone(), change.after.clone()?)));
        let draft = Draft { message, edits: edits.collect(), ..Draft::default() };
        let writer = branch.writer()?;
        let folders = folders(&branch, line)?;
        let sketch = writer.sketch(Some(line.base), &draft)?;
        for folder in &folders {
            git::could_follow(folder, line.base, sketch).map_err(|why| OpError::Conflict {
                message: format!("files of '{}' could not follow: {why}", folder.display()),
                hint: "commit what was changed there first, or leave --commit out".to_owned(),
            })?;
        }
        let commit = writer.commit(Some(line.base), &draft)?;
        let trunk = self.workspace.trunk()?.map(|trunk| trunk.reference);
        let target = match trunk {
            Some(trunk) if trunk == line.reference => Target::Trunk(&line.reference),
            _ => Target::Ref(&line.reference),
        };
        writer.move_ref(target, line.tip, commit)?;
        for folder in folders {
            if let Err(why) = git::follow(&folder, line.base, commit) {
                let (shown, base) = (folder.display(), line.base);
                written.notes.push(format!(
                    "files of '{shown}' did not follow ({why}): git -C '{shown}' read-tree -m -u {base} {commit}"
                ));
            }
        }
        written.landed = Some((short(&line.reference).to_owned(), commit));
        Ok(())
    }

    /// Both sides of one file; `before` is what was read.
    pub(in crate::ops) fn changes(
        files: BTreeMap<RepoPath, (Option<Vec<u8>>, Vec<u8>)>,
    ) -> Vec<FileChange> {
        let change = |(path, (before, after))| FileChange { path, before, after: Some(after) };
        files.into_iter().map(change).collect()
    }
}

fn folders(branch: &Branch<'_>, line: &Line) -> Result<Vec<PathBuf>, OpError> {
    let failed = |reason| OpError::File { path: "the list of work trees".to_owned(), reason };
    branch.repository.checked_out(&line.reference).map_err(failed)
}

fn checked_out_line(branch: &Branch<'_>) -> Result<Line, OpError> {
    let git = branch.repository;
    let Some(reference) = git.head_branch()? else {
        return Err(OpError::Invalid {
            message: "HEAD is detached: there is no branch to commit to".to_owned(),
            hint: "check a branch out: git switch -c NAME; or leave --commit out".to_owned(),
        });
    };
    let base = git.ref_commit(&reference)?.ok_or_else(|| OpError::Invalid {
        message: format!("branch '{}' has no commit yet", short(&reference)),
        hint: "commit the pages first, or leave --commit out".to_owned(),
    })?;
    Ok(Line { reference, tip: Some(base), base })
}

/// One branch a day and person; one that landed begins anew at the trunk.
fn own_line(workspace: &Workspace, branch: &Branch<'_>, who: &str) -> Result<Line, OpError> {
    let name = crate::document::slug(who.trim_start_matches("human:"));
    let reference = format!("{BRANCHES}{}-{name}", workspace.clock().today());
    let trunk = workspace.reviewed()?.commit;
    let tip = branch.repository.ref_commit(&reference)?;
    let base = match tip {
        Some(tip) if !branch.repository.is_ancestor(tip, trunk)? => tip,
        _ => trunk,
    };
    Ok(Line { reference, tip, base })
}

fn short(reference: &str) -> &str {
    reference.strip_prefix("refs/heads/").unwrap_or(reference)
}
