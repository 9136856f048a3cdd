//! A learning worked out as a change of the trunk.

use super::new_page::new_page;
use super::words::signed_by_authors;
use crate::allowance::NOWHERE;
use crate::git::{Draft, Edit, GitError, Message};
use crate::ids::CommitId;
use crate::inbox::{Action, Learning, LearningId};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Entry, check};
use crate::ops::redact::{safe, screen};
use crate::promotion::{Placed, PromotionError, Proposal, contradiction, placed};
use crate::repo_path::RepoPath;
use crate::workspace::{Memory, Workspace};

/// The change; `None` where the page says it already.
pub(super) fn built(
    workspace: &Workspace,
    memory: &Memory,
    (id, learning): (&LearningId, &Learning),
) -> Result<Option<Proposal>, OpError> {
    check(&memory.catalogue()?, learning)?;
    let base = memory.revision.commit.ok_or_else(|| OpError::Invalid {
        message: "there is no trunk to change: it has no commit".to_owned(),
        hint: "commit the pages first".to_owned(),
    })?;
    let path = &learning.target.path;
    let before = text_at(workspace, base, path)?;
    let Some(page) = &before else {
        let (after, left) = new_page(workspace, memory, learning)?;
        let proposal = Proposal::new((id, learning), base, before, after);
        return Ok(Some(Proposal { left, ..proposal }));
    };
    let (anchor, words) = (learning.target.anchor.as_deref(), words(id, learning));
    match placed(path, page, anchor, learning.action, &words)? {
        Placed::Said => Ok(None),
        Placed::Changed(after) => Ok(Some(Proposal::new((id, learning), base, before, after))),
    }
}

/// What is written: a contradiction says of whom it is.
pub(super) fn words(id: &LearningId, learning: &Learning) -> String {
    if learning.action != Action::Contradict {
        return learning.body.clone();
    }
    let from = [&learning.first.run, &learning.first.ticket];
    let from: Vec<&str> = from.into_iter().flatten().map(String::as_str).collect();
    contradiction(id.as_str(), &from, &learning.body)
}

/// A file of a commit, as text.
pub(super) fn text_at(
    workspace: &Workspace,
    commit: CommitId,
    path: &RepoPath,
) -> Result<Option<String>, OpError> {
    let git = repository(workspace)?;
    let Some(bytes) = git.file_at(commit, path)? else { return Ok(None) };
    let text = String::from_utf8(bytes);
    Ok(Some(text.map_err(|_| PromotionError::NoText(path.text().into_owned()))?))
}

/// The commit to be, its authors those of the learning's words. What it adds,
/// its words and its path pass redaction once more.
pub(super) fn draft(
    workspace: &Workspace,
    (branch, entry): (&Branch<'_>, &Entry),
    proposal: &Proposal,
) -> Result<Draft, OpError> {
    signed_by_authors(branch, entry, unsigned(workspace, proposal)?)
}

/// The same before anybody signs it.
pub(super) fn unsigned(workspace: &Workspace, proposal: &Proposal) -> Result<Draft, OpError> {
    let screen = screen(workspace)?;
    safe(&screen, &proposal.path.text(), &proposal.added())?;
    let message = Message {
        subject: proposal.subject.clone(),
        body: String::new(),
        trailers: proposal.trailers.clone(),
    };
    safe(&screen, NOWHERE, &message.text())?;
    let edits = vec![Edit::write(proposal.path.clone(), proposal.after.as_bytes())];
    Ok(Draft { message, edits, ..Draft::default() })
}

pub(super) fn repository(workspace: &Workspace) -> Result<&crate::git::Repository, OpError> {
    workspace.repository().ok_or_else(|| {
        let folder = workspace.folder().unwrap_or(std::path::Path::new("."));
        GitError::NoRepository(folder.to_owned()).into()
    })
}
