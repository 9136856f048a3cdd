//! `usage unhelpful`: an answer led to a page, and the page did not help.
//!
//! A mark is about the text that was read: it no longer counts once that is
//! another. It is one word about one answer, so that a page has no more marks
//! than answers that led to it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::known;
use super::{WINDOW, first_of};
use crate::ops::OpError;
use crate::ops::located::Located;
use crate::review::body_digest;
use crate::usage::{Line, Window};
use crate::workspace::{Asked, Workspace};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.usage_unhelpful/v1`.
    pub schema: String,
    /// One for each page that was named, in that order.
    pub pages: Vec<Mark>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// Where it stands.
    pub path: String,
    /// False where every answer that led to it was marked already.
    pub marked: bool,
    /// Answers of the last 90 days that led to it, and times that it was read.
    pub answers: u64,
    /// Marks of these days.
    pub unhelpful: u64,
}

/// Marks each of `pages` once.
///
/// # Errors
/// Nothing is counted here, or a page is not there or stood in no answer: nothing is marked then.
pub fn unhelpful(workspace: &Workspace, pages: &[String]) -> Result<Answer, OpError> {
    let Some(usage) = workspace.usage() else {
        return Err(OpError::Invalid {
            message: "nothing is counted here, so that no mark can be kept".to_owned(),
            hint: "in a repository: prode config list --origin tells who set usage to off"
                .to_owned(),
        });
    };
    let today = workspace.clock().today();
    let window = known(&usage)?.counts.window(first_of(WINDOW, today), today);
    let mut marks: Vec<(Mark, String)> = Vec::new();
    for typed in pages {
        let (path, body) = read(workspace, typed)?;
        if marks.iter().all(|(mark, _)| mark.path != path) {
            marks.push((mark(&window, path)?, body));
        }
    }
    for (mark, body) in marks.iter().filter(|(mark, _)| mark.marked) {
        let (page, body) = (mark.path.clone(), body.clone());
        let line = Line::Unhelpful { day: today, page, body };
        usage.add(&line, workspace.clock().now()).map_err(|error| OpError::File {
            path: "prode/usage-v1.log".to_owned(),
            reason: error.to_string(),
        })?;
    }
    let pages = marks.into_iter().map(|(mark, _)| mark).collect();
    Ok(Answer { schema: "prode.usage_unhelpful/v1".to_owned(), pages })
}

/// Where a page stands, and the digest of its body.
fn read(workspace: &Workspace, typed: &str) -> Result<(String, String), OpError> {
    let located = Located::find(workspace, typed, &Asked::Trunk)?;
    let page = &located.page;
    let bytes = workspace.bytes(&located.memory, page).ok_or_else(|| OpError::File {
        path: page.path.cite_text(),
        reason: format!("its content ({}) cannot be read", page.blob),
    })?;
    Ok((page.path.text().into_owned(), body_digest(&bytes)))
}

fn mark(window: &Window, path: String) -> Result<Mark, OpError> {
    let day = window.of([path.as_str()]);
    let answers = day.routed + day.opened;
    let before: u64 = window.marks.get(&path).map_or(0, |marks| marks.values().sum());
    if answers == 0 {
        return Err(OpError::NotFound {
            message: format!(
                "'{path}' stood in no answer on this machine in the last {WINDOW} days"
            ),
            hint: format!(
                "tell its owners what is wrong: prode finding add --target {path} --severity low --item WHAT"
            ),
        });
    }
    let marked = before < answers;
    Ok(Mark { path, marked, answers, unhelpful: before + u64::from(marked) })
}
