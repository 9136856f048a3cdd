//! The tools, one file each, one row in the table.
//!
//! A tool is data: what an agent reads to choose it, what it takes, what it
//! gives, and the operation that answers. All read; none has a door that the
//! command line lacks.

mod cite_check;
mod get;
mod links;
mod output;
mod query;
mod route;
mod text;

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

/// All tools, in the order in which clients list them.
pub(super) static TOOLS: &[Tool] =
    &[query::TOOL, route::TOOL, get::TOOL, links::TOOL, cite_check::TOOL];

const MAX_TOKENS: Argument = Argument::optional(
    "max_tokens",
    "Most of the answer; a token is 4 bytes",
    Kind::Number { least: 200, most: 20_000, usual: 4_000 },
);
const CURSOR: Argument =
    Argument::optional("cursor", "next_cursor of the last part", Kind::Text(cursor::LENGTH));
const REF: Argument = Argument::needed(
    "ref",
    "path, path#anchor, path#anchor@commit, adr/12, skill:name",
    Kind::Text(2_000),
);
const REV: Argument = Argument::optional("rev", "Commit, branch or tag", Kind::Text(200));
const AS_OF: Argument = Argument::optional("as_of", "Day or RFC 3339 time", Kind::Text(40));

impl Tool {
    /// Its definition in the protocol's form.
    pub(super) fn definition(&self) -> rmcp::model::Tool {
        let annotations = ToolAnnotations::new()
            .read_only(true)
            .destructive(false)
            .idempotent(true)
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
