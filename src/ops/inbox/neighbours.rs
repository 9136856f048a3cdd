//! What says it already: other learnings, and pages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::Names as _;
use crate::inbox::near::{NEAR, Words};
use crate::inbox::{Learning, LearningId};
use crate::ops::OpError;
use crate::ops::inbox_branch::Contents;
use crate::ops::query;
use crate::workspace::{Asked, Memory, Workspace};

/// A learning that says nearly the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Near {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub state: String,
    /// How much of both they share, in per cent.
    pub alike: usize,
}

/// A page that says it already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    /// `path#anchor@commit`.
    pub cite: String,
    /// How much of the learning stands there, in per cent.
    pub share: usize,
}

/// Pages that are looked at.
const LOOKED_AT: usize = 8;

/// Words of a learning that are asked for.
const ASKED: usize = 48;

/// Learnings that say nearly the same, the nearest first.
pub(super) fn near(contents: &Contents, id: &LearningId, learning: &Learning) -> Vec<Near> {
    let own = Words::of(&learning.body);
    let others = contents.entries.values().filter(|it| it.id != *id);
    let mut near: Vec<Near> = others
        .map(|it| Near {
            id: it.id.to_string(),
            state: it.standing.state.name().to_owned(),
            alike: own.resemblance(&Words::of(&it.learning.body)),
        })
        .filter(|it| it.alike >= NEAR)
        .collect();
    near.sort_by(|a, b| b.alike.cmp(&a.alike).then_with(|| a.id.cmp(&b.id)));
    near
}

/// Pages of the trunk that say it already, the fullest first. Looked at are the
/// pages that its words find, and its target.
pub(super) fn said(
    workspace: &Workspace,
    memory: &Memory,
    learning: &Learning,
) -> Result<Vec<Said>, OpError> {
    let words = learning.body.split(|c: char| !c.is_alphanumeric()).filter(|it| it.len() > 2);
    let text = words.take(ASKED).collect::<Vec<_>>().join(" ");
    let options =
        query::Options { text, asked: Asked::Trunk, limit: LOOKED_AT, ..query::Options::default() };
    let found = query::ask(workspace, memory, &options)?;
    let own = Words::of(&learning.body);
    let pages = memory.lookups();
    let mut said = Vec::new();
    let target = learning.target.path.text().into_owned();
    let mut paths: Vec<String> = found.hits.iter().map(|hit| hit.path.clone()).collect();
    if !paths.contains(&target) {
        paths.push(target);
    }
    for path in paths {
        let Ok(at) = crate::repo_path::RepoPath::from_cite(&path) else { continue };
        let Some(page) = pages.page(&at)? else { continue };
        let Some(bytes) = workspace.bytes(memory, &page) else { continue };
        let share = own.contained_in(&Words::of(&String::from_utf8_lossy(&bytes)));
        if share >= NEAR {
            let cite = found.hits.iter().find(|hit| hit.path == path).map(|hit| hit.cite.clone());
            said.push(Said { cite: cite.unwrap_or(path), share });
        }
    }
    said.sort_by(|a, b| b.share.cmp(&a.share).then_with(|| a.cite.cmp(&b.cite)));
    Ok(said)
}
