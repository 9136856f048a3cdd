//! `query --include inbox`: learnings that wait, searched beside the pages.

use super::{Branch, Entry, below, owners};
use crate::inbox::State;
use crate::ops::OpError;
use crate::workspace::{Memory, Unreviewed, Workspace};

/// `memory` with the learnings that nobody decided, or that an owner wants,
/// beside its pages. A folder without a repository has none.
pub(in crate::ops) fn beside(workspace: &Workspace, memory: Memory) -> Result<Memory, OpError> {
    if workspace.repository().is_none() {
        return Ok(memory);
    }
    let contents = Branch::of(workspace)?.contents()?;
    let waits = |entry: &&Entry| matches!(entry.standing.state, State::New | State::Accepted);
    let waiting: Vec<&Entry> = contents.entries.values().filter(waits).collect();
    if waiting.is_empty() {
        return Ok(memory);
    }
    let pages = memory.lookups();
    let text = |entry: &Entry| {
        let learning = entry.edited();
        Ok::<_, OpError>(Unreviewed {
            name: entry.id.to_string(),
            kind: "learning",
            title: learning.summary(),
            owner: owners(&memory, &pages, &learning.target.path)?,
            bytes: learning.file().into_bytes(),
        })
    };
    let texts = waiting.iter().map(|it| Ok((below(&it.id, "learning.md"), text(it)?)));
    let texts = texts.collect::<Result<_, OpError>>()?;
    Ok(memory.beside(texts)?)
}
