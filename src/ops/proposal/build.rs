//! A learning worked out as a change of the trunk.

use std::collections::BTreeMap;

use super::words::signed_by_authors;
use crate::allowance::NOWHERE;
use crate::git::{Draft, Edit, GitError, Message};
use crate::ids::CommitId;
use crate::inbox::{Action, Learning, LearningId};
use crate::ops::OpError;
use crate::ops::inbox::{Branch, Entry, check};
use crate::ops::new;
use crate::ops::redact::{safe, screen};
use crate::promotion::{
    Placed, PromotionError, Proposal, contradiction, parted, placed, title_of, with_words,
};
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
    let placed = match &before {
        None => Placed::Changed(new_page(workspace, memory, learning)?),
        Some(page) => {
            let (anchor, words) = (learning.target.anchor.as_deref(), words(id, learning));
            placed(path, page, anchor, learning.action, &words)?
        }
    };
    let Placed::Changed(after) = placed else { return Ok(None) };
    Ok(Some(Proposal::new((id, learning), base, before, after)))
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

/// From the template of its kind where there is one, else a title and the words.
fn new_page(
    workspace: &Workspace,
    memory: &Memory,
    learning: &Learning,
) -> Result<String, OpError> {
    let path = &learning.target.path;
    let (heading, words) = parted(&learning.body);
    let title = heading.unwrap_or_else(|| title_of(path));
    let templates = new::all(workspace, memory, &mut Vec::new())?;
    let kind = learning.kind.as_deref().unwrap_or_default();
    let fits = |name: &str| !kind.is_empty() && name.eq_ignore_ascii_case(kind);
    let found = templates.into_iter().map(|(template, _)| template);
    let found = found.filter(|it| it.kind != "adr" && it.kind != "skill");
    let Some(template) = found.into_iter().find(|it| fits(&it.name) || fits(&it.kind)) else {
        return Ok(with_words(path, &format!("# {title}\n"), words)?);
    };
    // The day of the learning, so that the same one makes the same page later.
    let day = learning.generated["at"].as_str().and_then(|at| at.get(..10)).map(str::to_owned);
    let owners = memory.rules.owners.owners(path).join(", ");
    let mut values: BTreeMap<String, String> =
        template.prompts()?.into_iter().map(|name| (name, String::new())).collect();
    values.insert("title".to_owned(), title);
    values.insert("date".to_owned(), day.unwrap_or_else(|| memory.today().to_string()));
    values.insert("owner".to_owned(), owners);
    Ok(with_words(path, &template.render(&values)?, words)?)
}

/// The commit to be, its authors those of the learning's words. What it adds,
/// its words and its path pass redaction once more.
pub(super) fn draft(
    workspace: &Workspace,
    (branch, entry): (&Branch<'_>, &Entry),
    proposal: &Proposal,
) -> Result<Draft, OpError> {
    let screen = screen(workspace)?;
    safe(&screen, &proposal.path.text(), &proposal.added())?;
    let message = Message {
        subject: proposal.subject.clone(),
        body: String::new(),
        trailers: proposal.trailers.clone(),
    };
    safe(&screen, NOWHERE, &message.text())?;
    let edits = vec![Edit::write(proposal.path.clone(), proposal.after.as_bytes())];
    signed_by_authors(branch, entry, Draft { message, edits, ..Draft::default() })
}

pub(super) fn repository(workspace: &Workspace) -> Result<&crate::git::Repository, OpError> {
    workspace.repository().ok_or_else(|| {
        let folder = workspace.folder().unwrap_or(std::path::Path::new("."));
        GitError::NoRepository(folder.to_owned()).into()
    })
}
