//! The cited side: what a citation named at its own commit.

use std::collections::HashMap;

use super::State;
use crate::corpus::{Heading, Named, Page, Reference};
use crate::git::GitError;
use crate::hint::{Helpful, nearest};
use crate::ids::{CommitId, TreeId};
use crate::repo_path::RepoPath;
use crate::workspace::{ReadPage, Workspace, page_in};

/// Longest part of a citation that a message repeats.
const MAX_SHOWN: usize = 200;

/// A citation, parsed and found at its commit.
pub(super) struct Cited {
    pub(super) path: RepoPath,
    pub(super) anchor: Option<String>,
    /// `None` where the citation names no commit.
    pub(super) at: Option<At>,
}

/// The commit, and the page that it holds.
pub(super) struct At {
    pub(super) commit: CommitId,
    pub(super) tree: TreeId,
    pub(super) read: ReadPage,
    /// The place of the section among the page's headings.
    pub(super) section: Option<usize>,
}

/// Why a citation cannot be held against anything.
pub(super) struct Refused {
    pub(super) state: State,
    pub(super) path: Option<RepoPath>,
    pub(super) anchor: Option<String>,
    pub(super) commit: Option<CommitId>,
    pub(super) message: String,
}

/// Commits by what was typed, each looked up once.
pub(super) type Commits = HashMap<String, Result<(CommitId, TreeId), String>>;

impl Cited {
    pub(super) fn read(
        workspace: &Workspace,
        commits: &mut Commits,
        typed: &str,
    ) -> Result<Self, Refused> {
        let (path, reference) = parsed(typed)?;
        let mut refused = Refused {
            state: State::UnknownCommit,
            path: Some(path.clone()),
            anchor: reference.anchor.clone(),
            commit: None,
            message: String::new(),
        };
        let Some(rev) = reference.commit else {
            return Ok(Self { path, anchor: reference.anchor, at: None });
        };
        let known = commits.entry(rev.clone()).or_insert_with(|| commit(workspace, &rev));
        let (commit, tree) = match known {
            Ok(found) => *found,
            Err(message) => {
                refused.message.clone_from(message);
                return Err(refused);
            }
        };
        refused.commit = Some(commit);
        match at(workspace, commit, tree, &path, reference.anchor.as_deref()) {
            Ok(at) => Ok(Self { path, anchor: reference.anchor, at: Some(at) }),
            Err((state, message)) => Err(Refused { state, message, ..refused }),
        }
    }
}

fn parsed(typed: &str) -> Result<(RepoPath, Reference), Refused> {
    let invalid = |message: String| Refused {
        state: State::Invalid,
        path: None,
        anchor: None,
        commit: None,
        message,
    };
    let reference = Reference::parse(typed).map_err(|error| invalid(error.to_string()))?;
    match &reference.what {
        Named::Path(path) if reference.memory.is_none() => Ok((path.clone(), reference)),
        Named::Path(_) => {
            let name = reference.memory.as_deref().unwrap_or_default();
            let message =
                format!("no memory is called '{name}'; name it in memories in your own settings");
            Err(invalid(message))
        }
        _ => {
            let shown: String = typed.chars().take(MAX_SHOWN).collect();
            Err(invalid(format!("'{shown}' is no citation; write path#anchor@commit")))
        }
    }
}

fn commit(workspace: &Workspace, rev: &str) -> Result<(CommitId, TreeId), String> {
    let shown: String = rev.chars().take(MAX_SHOWN).collect();
    let Some(repository) = workspace.repository() else {
        return Err(format!("there is no Git repository to look for '{shown}' in"));
    };
    let found = repository.resolve(rev).and_then(|id| repository.commit(id));
    found.map(|info| (info.id, info.tree)).map_err(|error| helpful(&error))
}

/// An error with its first hint, on one line.
fn helpful(error: &GitError) -> String {
    match error.hints().first() {
        Some(hint) => format!("{error}; {hint}"),
        None => error.to_string(),
    }
}

fn at(
    workspace: &Workspace,
    commit: CommitId,
    tree: TreeId,
    path: &RepoPath,
    anchor: Option<&str>,
) -> Result<At, (State, String)> {
    let read = workspace.repository().map(|repository| page_in(repository, tree, path));
    let read = read.transpose().map_err(|error| (State::UnknownCommit, helpful(&error)))?.flatten();
    let short = commit.short(10);
    let Some(read) = read else {
        return Err((State::Missing, format!("commit {short} holds no such page")));
    };
    let section = anchor.and_then(|anchor| section(&read.page, anchor));
    match anchor {
        Some(anchor) if section.is_none() => {
            let message = no_section(&read.page, anchor);
            Err((State::Missing, format!("at commit {short}: {message}")))
        }
        _ => Ok(At { commit, tree, read, section }),
    }
}

/// The place of the section `anchor`; anchors have no upper case.
pub(super) fn section(page: &Page, anchor: &str) -> Option<usize> {
    let wanted = anchor.to_lowercase();
    page.headings.iter().position(|it: &Heading| !it.anchor.is_empty() && it.anchor == wanted)
}

/// What is missing, and the section that is spelled almost so.
pub(super) fn no_section(page: &Page, anchor: &str) -> String {
    let anchors = page.headings.iter().map(|it| it.anchor.as_str()).filter(|it| !it.is_empty());
    match nearest(anchor, anchors) {
        Some(near) => format!("the page has no section '{anchor}'; the nearest is '{near}'"),
        None => format!("the page has no section '{anchor}'"),
    }
}
