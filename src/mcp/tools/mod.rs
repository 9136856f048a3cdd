//! The tools, one file each, one row in the table.
//!
//! A tool is data: what an agent reads to choose it, what it takes, what it
//! gives, what it does, and the operation that answers. Most read; two add what
//! people decide on later. None approves, merges or promotes, and none has a door
//! that the command line lacks.

mod audit;
mod cite_check;
mod get;
mod links;
mod output;
mod propose_learning;
mod query;
mod route;
mod run;
mod text;
mod triage_gate;
mod triage_status;
mod triage_submit_evidence;

use std::sync::Arc;

use rmcp::model::ToolAnnotations;
use serde_json::{Map, Value};

use super::answered::Answered;
use super::argument::{Argument, Kind, input_schema};
use super::arguments::Arguments;
use super::cursor;
use super::error::CallError;
use super::portion::Slot;
use crate::workspace::{Asked, Workspace};

/// A tool.
pub(super) struct Tool {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// When to use it and what comes back, for an agent that must choose.
    pub about: &'static str,
    /// What a call changes.
    pub effect: Effect,
    /// What it takes.
    pub arguments: &'static [Argument],
    /// The schema of what it gives.
    pub output: fn() -> Value,
    /// What is cut to the tokens asked for, in the order in which it is given.
    pub slots: &'static [Slot],
    /// Asks the operation.
    pub answer: fn(&Workspace, &Arguments, Asked) -> Result<Answered, CallError>,
    /// The answer in words, with citations.
    pub text: fn(&Value) -> String,
}

/// What a call changes. None changes or takes away what is there, and none goes
/// outside of the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing.
    Reads,
    /// It adds something for people to decide on.
    Adds {
        /// True if the same call again adds nothing more.
        again: bool,
    },
}

/// All tools, in the order in which clients list them.
pub(super) static TOOLS: &[Tool] = &[
    query::TOOL,
    route::TOOL,
    get::TOOL,
    links::TOOL,
    cite_check::TOOL,
    propose_learning::TOOL,
    audit::TOOL,
    triage_status::TOOL,
    triage_submit_evidence::TOOL,
    triage_gate::TOOL,
];

const MAX_TOKENS: Argument =
    Argument::optional("max_tokens", "", Kind::Number { least: 200, most: 20_000, usual: 4_000 });
const CURSOR: Argument = Argument::optional("cursor", "", Kind::Text(cursor::LENGTH));
const REF: Argument = Argument::needed(
    "ref",
    "path, path#anchor, path#anchor@commit, adr/12, skill:name",
    Kind::Text(2_000),
);
const REV: Argument = Argument::optional("rev", "", Kind::Text(200));
const RUN: Argument = Argument::needed("run", "R-20261126-3f9a1c", Kind::Text(60));
const AS_OF: Argument = Argument::optional("as_of", "Day or time", Kind::Text(40));

impl Tool {
    /// Calls of one client a minute: what writes, or reads all of history, is asked
    /// less often than what looks something up.
    pub(super) fn most_a_minute(&self) -> u32 {
        match self.effect {
            Effect::Adds { .. } => 30,
            Effect::Reads if self.name == audit::TOOL.name => 30,
            Effect::Reads => 600,
        }
    }

    /// Its definition in the protocol's form.
    pub(super) fn definition(&self) -> rmcp::model::Tool {
        let annotations = ToolAnnotations::new()
            .read_only(self.effect == Effect::Reads)
            .destructive(false)
            .idempotent(self.effect != Effect::Adds { again: false })
            .open_world(false);
        rmcp::model::Tool::new(self.name, self.about, Arc::new(input_schema(self.arguments)))
            .with_title(self.title)
            .with_raw_output_schema(Arc::new(self.output_schema()))
            .with_annotations(annotations)
    }

    fn output_schema(&self) -> Map<String, Value> {
        match (self.output)() {
            Value::Object(schema) => schema,
            _ => Map::new(),
        }
    }
}
