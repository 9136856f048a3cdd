//! `specialists.support` of the user's side: who searches, in whose form, and what is
//! searched for of which service.

use serde::Deserialize;
use serde_json::Value;

use super::Reports;
use super::search::{By, Search};
use super::shape::Shape;
use crate::ops::triage::connector::{self, Connect, Named};
use crate::ops::triage::limits::Limits;
use crate::ops::triage::programs::{program, texts};
use crate::specialist::McpTool;
use crate::triage::snapshot::Extract;
use crate::workspace::Workspace;

/// What is searched for of one service.
pub(super) struct Row {
    /// What tickets call it.
    pub(super) name: String,
    pub(super) looks: Looks,
}

/// As it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Looks {
    /// In the language of the search.
    pub(super) query: String,
    /// Labels that may be told.
    pub(super) labels: Vec<String>,
    /// Values of a ticket by which is searched besides.
    pub(super) by: Vec<Extract>,
    /// From so many on they are a sign.
    pub(super) at_least: Option<usize>,
    pub(super) supports: Vec<String>,
    pub(super) would_refute: Vec<String>,
}

/// What the user's settings say; `None` where they set nothing up, or another way to ask
/// `support`. An error is why nobody is asked.
pub(super) fn read(workspace: &Workspace, limits: &Limits) -> Option<Result<Reports, String>> {
    let row = connector::row(workspace, Reports::NAME)?;
    row["search"].is_object().then(|| made(workspace, &row, limits))
}

fn made(workspace: &Workspace, row: &Value, limits: &Limits) -> Result<Reports, String> {
    let shape = row["shape"].as_str().and_then(Shape::named);
    let shape = shape.ok_or("specialists.support.shape is none of github, linear, zendesk")?;
    let services = services(&row["services"])?;
    let search = Search::by(by(workspace, &row["search"])?);
    let most = usize::try_from(limits.bytes).unwrap_or(usize::MAX);
    Ok(Reports { search, shape, services, seconds: limits.seconds, most })
}

fn by(workspace: &Workspace, search: &Value) -> Result<By, String> {
    let environment = workspace.environment();
    let (words, mcp) = (&search["program"], &search["mcp"]);
    let named = program(words, &search["variables"], environment);
    let server = program(&mcp["command"], &search["variables"], environment);
    match (named, server) {
        (Some(program), None) => Ok(By::Program(program)),
        (None, Some(server)) => {
            let tool = McpTool {
                server,
                tool: mcp["tool"].as_str().unwrap_or_default().to_owned(),
                allow: texts(&mcp["allow"]),
                undeclared: texts(&mcp["allow_undeclared"]),
                argument: mcp["argument"].as_str().unwrap_or("query").to_owned(),
                others: mcp["arguments"].as_object().cloned().unwrap_or_default(),
            };
            Ok(By::Tool(Box::new(tool), None))
        }
        _ => Err("specialists.support.search needs either a program or mcp.command".to_owned()),
    }
}

fn services(value: &Value) -> Result<Vec<Row>, String> {
    let rows = connector::services(Reports::NAME, value, Looks::check)?;
    Ok(rows.into_iter().map(|(name, looks)| Row { name, looks }).collect())
}

impl Looks {
    fn check(&self) -> Result<(), String> {
        let query = self.query.trim();
        if query.is_empty() {
            return Err("it has no query".to_owned());
        }
        if query.len() > 300 || query.chars().any(char::is_control) {
            return Err("its query is not one line of at most 300 bytes".to_owned());
        }
        if self.at_least.is_none() && !self.supports.is_empty() {
            return Err("it supports something, and has no at_least from when on".to_owned());
        }
        connector::explanations(self.supports.iter().chain(&self.would_refute))
    }
}

impl Named for Row {
    fn names(&self) -> Vec<&str> {
        vec![self.name.as_str()]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_says_what_is_wrong_with_it() {
        let bad = |row: Value| services(&json!({"checkout": row})).err().unwrap_or_default();
        for (row, says) in [
            (json!({}), "it has no query"),
            (json!({"query": "a\nb"}), "its query is not one line"),
            (json!({"query": "a", "tags": []}), "unknown field `tags`"),
            (json!({"query": "a", "by": ["subject"]}), "unknown variant `subject`"),
            (json!({"query": "a", "supports": ["vendor"]}), "has no at_least"),
            (json!({"query": "a", "would_refute": ["gremlins"]}), "no explanation 'gremlins'"),
        ] {
            let said = bad(row);
            assert!(said.starts_with("specialists.support.services.checkout: "), "{said}");
            assert!(said.contains(says), "{said}");
        }
        let good = json!({"query": "tags:checkout", "labels": ["refund"], "by": ["app_version"],
            "at_least": 3, "supports": ["app-regression"], "would_refute": ["expected-noise"]});
        assert_eq!(bad(good), "");
    }
}
