//! `overview`: what a revision holds, in numbers, and what changed last.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::OpError;
use super::list::{self, Entry};
use super::recent::{self, Changed};
use crate::workspace::{Asked, Memory, Workspace};

/// A memory in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// Pages, templates included.
    pub total: usize,
    /// Pages of each kind.
    pub kinds: BTreeMap<String, Kind>,
    /// Pages whose review holds.
    pub fresh: usize,
    /// Pages whose review is overdue, and archived ones.
    pub stale: usize,
    /// Other pages that were never reviewed.
    pub never: usize,
    /// Pages that nobody is named as owner of.
    pub unowned: usize,
    /// Pages that changed last, the newest first.
    pub recent: Vec<Changed>,
}

/// Pages of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kind {
    /// How many.
    pub count: usize,
    /// Those of them whose review is overdue, or that are archived.
    pub stale: usize,
}

impl Overview {
    /// Of pages as the catalogue tells them.
    pub fn of(pages: &[Entry], recent: Vec<Changed>) -> Self {
        let mut overview = Self { total: pages.len(), recent, ..Self::default() };
        for page in pages {
            let kind = overview.kinds.entry(page.kind.clone()).or_default();
            kind.count += 1;
            kind.stale += usize::from(page.stale);
            overview.unowned += usize::from(page.owner.is_empty());
            match (page.stale, &page.reviewed) {
                (true, _) => overview.stale += 1,
                (false, None) => overview.never += 1,
                (false, Some(_)) => overview.fresh += 1,
            }
        }
        overview
    }
}

/// The memory in numbers, with at most `limit` pages that changed last. A process that
/// lasts counts once for a commit and a day.
pub fn run(
    workspace: &Workspace,
    asked: &Asked,
    limit: usize,
) -> Result<(Arc<Overview>, Memory), OpError> {
    let memory = workspace.memory(asked)?;
    let overview = workspace.kept(&memory, &format!("overview {limit}"), || {
        let list = list::of(workspace, &memory, &list::Options::default())?;
        Ok::<_, OpError>(Overview::of(&list.pages, recent::of(workspace, &memory, limit)?))
    })?;
    Ok((overview, memory))
}
