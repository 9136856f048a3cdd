//! `usage`: the counts.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{WINDOW, first_of};
use crate::ops::OpError;
use crate::usage::{Known, Usage, Window};
use crate::workspace::Workspace;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Days that are looked at, today among them.
    pub days: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self { days: WINDOW }
    }
}

/// Which pages answers led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.usage/v1`.
    pub schema: String,
    /// False where nothing is counted: `usage` is `off`, or this is no repository.
    pub counting: bool,
    /// The day (UTC) from which on everything was counted; null where nothing was yet.
    pub since: Option<String>,
    /// The first day that is looked at.
    pub from: String,
    /// The last one: today (UTC).
    pub to: String,
    /// Questions that were asked in these days.
    pub questions: u64,
    /// Pages that were routed to, read or marked in these days, the most used first.
    pub pages: Vec<Row>,
    /// What of the counts cannot be read.
    pub damage: Vec<String>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Where it stood.
    pub path: String,
    /// How often it was among the first three of an answer, or in a context.
    pub routed: u64,
    /// How often it was read.
    pub opened: u64,
    /// How often somebody marked it as unhelpful.
    pub unhelpful: u64,
}

/// The counts of the last days.
///
/// # Errors
/// The files are there and cannot be read.
pub fn run(workspace: &Workspace, options: Options) -> Result<Answer, OpError> {
    let usage = workspace.usage();
    let known = usage.as_ref().map(known).transpose()?.unwrap_or_default();
    let to = workspace.clock().today();
    let from = first_of(options.days, to);
    let window = known.counts.window(from, to);
    Ok(Answer {
        schema: "prode.usage/v1".to_owned(),
        counting: usage.is_some(),
        since: known.counts.since.map(|day| day.to_string()),
        from: from.to_string(),
        to: to.to_string(),
        questions: window.questions,
        pages: rows(&window),
        damage: known.damage,
    })
}

/// Everything that was counted.
pub(super) fn known(usage: &Usage) -> Result<Known, OpError> {
    usage.read().map_err(|error| OpError::File {
        path: "prode/usage-v1.log".to_owned(),
        reason: error.to_string(),
    })
}

fn rows(window: &Window) -> Vec<Row> {
    let paths: BTreeSet<&String> = window.pages.keys().chain(window.marks.keys()).collect();
    let row = |path: &String| {
        let day = window.of([path.as_str()]);
        let unhelpful = window.marks.get(path).map_or(0, |marks| marks.values().sum());
        Row { path: path.clone(), routed: day.routed, opened: day.opened, unhelpful }
    };
    let mut rows: Vec<Row> = paths.into_iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.routed + row.opened));
    rows
}
