//! The page or the section as an older revision has it.

use std::collections::BTreeSet;

use super::{From, Part, part_of};
use crate::git::{Entry, GitError, hunks};
use crate::ids::{BlobId, TreeId};
use crate::ops::error::OpError;
use crate::ops::located::Located;
use crate::ops::past::{Behind, Commit, Past, Text, Version, counterpart};
use crate::ops::renamed::{At, came_as};
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Revision, Workspace, WorkspaceError};

/// What was found there.
pub(super) struct Earlier {
    pub(super) from: From,
    /// `None` where there was no such page or section.
    pub(super) part: Option<Part>,
}

pub(super) fn find(
    workspace: &Workspace,
    past: &Past<'_>,
    located: &Located,
    bytes: &[u8],
    rev: &str,
) -> Result<Earlier, OpError> {
    let revision = revision(workspace, rev)?;
    let (Some(commit), Some(tree)) = (revision.commit, revision.tree) else {
        return Err(GitError::Unborn(rev.to_owned()).into());
    };
    let commit = Commit::of(past.repository, commit)?;
    let place = past.history.steps.iter().position(|step| Some(step.id) == revision.commit);
    let line = line(past, located, place)?;
    let page = page(past, located, tree, &line)?;
    let none = |path: Option<String>, added_by| {
        let from =
            From { rev: rev.to_owned(), commit: commit.clone(), path, anchor: None, added_by };
        Earlier { from, part: None }
    };
    let Some((path, blob)) = page else {
        return Ok(none(None, line.born));
    };
    let old_bytes = past.repository.blob(blob)?;
    let name = path.text().into_owned();
    let Some(section) = located.section else {
        let from = From {
            rev: rev.to_owned(),
            commit,
            path: Some(name),
            anchor: Some(String::new()),
            added_by: None,
        };
        return Ok(Earlier { from, part: Some(Part { bytes: old_bytes, above: 0 }) });
    };
    let new = Text::read(&located.page.path, bytes.into());
    let old = Text::read(&path, old_bytes.into());
    let hunks = hunks(&old.bytes, &new.bytes, 0)?;
    let Some(found) = counterpart(&new, section, &old, &hunks) else {
        return Ok(none(Some(name), None));
    };
    let anchor = Some(old.headings[found].anchor.clone());
    let from = From { rev: rev.to_owned(), commit, path: Some(name), anchor, added_by: None };
    Ok(Earlier { from, part: Some(part_of(&old, found)) })
}

/// A commit-ish; where there is none of that name, a day.
fn revision(workspace: &Workspace, rev: &str) -> Result<Revision, OpError> {
    let error = match workspace.revision(&Asked::Rev(rev.to_owned())) {
        Ok(revision) => return Ok(revision),
        Err(error) => error,
    };
    if matches!(&error, WorkspaceError::Git(GitError::UnknownRevision { .. })) {
        match workspace.revision(&Asked::AsOf(rev.to_owned())) {
            Err(WorkspaceError::BadTime(_)) => {}
            found => return Ok(found?),
        }
    }
    Err(error.into())
}

/// Where the page stood, and who brought it.
#[derive(Default)]
struct Line {
    /// On its way here, at the older revision or next behind it.
    then: Option<RepoPath>,
    /// Each path once, the newest first.
    paths: Vec<RepoPath>,
    born: Option<Commit>,
}

/// `place` is the older revision's in the history, where it is part of it.
fn line(past: &Past<'_>, located: &Located, place: Option<usize>) -> Result<Line, OpError> {
    let mut line = Line::default();
    let mut waiting: BTreeSet<Version> = past.start(located)?.version.into_iter().collect();
    while let Some(version) = waiting.pop_first() {
        match past.behind(&version)? {
            Behind::Same(older) => _ = waiting.insert(older),
            Behind::These(older) => waiting.extend(older),
            Behind::Nothing => line.born = Some(past.commit(&version)?),
            Behind::Cut => {}
        }
        let is_then = line.then.is_none() && place.is_some_and(|place| version.at >= place);
        line.then = if is_then { Some(version.path.clone()) } else { line.then };
        if !line.paths.contains(&version.path) {
            line.paths.push(version.path);
        }
    }
    Ok(line)
}

/// The page in the older tree: at the path that it had on its way here, else
/// at the newest of the page's paths that is there, else where what
/// differs between both trees says that it stood.
fn page(
    past: &Past<'_>,
    located: &Located,
    tree: TreeId,
    line: &Line,
) -> Result<Option<At>, OpError> {
    let at = |path: &RepoPath| -> Result<Option<BlobId>, GitError> {
        Ok(match past.repository.entry(tree, path)? {
            Some(Entry::File(blob)) => Some(blob),
            _ => None,
        })
    };
    let own = std::iter::once(&located.page.path);
    for path in line.then.iter().chain(own).chain(&line.paths) {
        if let Some(blob) = at(path)? {
            return Ok(Some((path.clone(), blob)));
        }
    }
    let Some(newest) = located.memory.revision.tree else { return Ok(None) };
    let Some(path) = came_as(past.repository, [newest, tree], &located.page.path)? else {
        return Ok(None);
    };
    Ok(at(&path)?.map(|blob| (path, blob)))
}
