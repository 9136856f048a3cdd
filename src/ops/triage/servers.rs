//! Specialists that are tools of MCP servers of the user's side.
//!
//! A server is looked at once for the inventory, and again in the conversation
//! that calls its tool. What it declares is its own word: the inventory says so.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value};

use super::crew::{Crew, Reply};
use super::limits::Limits;
use super::programs::{program, texts};
use crate::specialist::{McpError, McpTool, REQUEST, Seen};
use crate::triage::evidence::How;
use crate::triage::inventory::{Inventory, Sort, Tool};
use crate::triage::output::Absence;
use crate::triage::output::Request;
use crate::triage::trace::Context;
use crate::workspace::Workspace;

/// How long a server may take to say what it has.
const LOOK: Duration = Duration::from_secs(20);

/// Tools by specialist, and what was seen of them.
pub(super) struct Servers {
    tools: BTreeMap<String, McpTool>,
    look: Duration,
    most: usize,
    seen: BTreeMap<String, Result<Seen, McpError>>,
}

impl Servers {
    /// Those that the user's settings name.
    pub(super) fn of(workspace: &Workspace, limits: &Limits) -> Self {
        let section = workspace.own_settings().section("specialists").merged();
        let rows = section.as_object().into_iter().flatten();
        let tools = rows.filter_map(|(name, row)| Some((name.clone(), tool(workspace, row)?)));
        Self {
            tools: tools.collect(),
            look: LOOK.min(Duration::from_secs(limits.seconds.into())),
            most: usize::try_from(limits.bytes).unwrap_or(usize::MAX),
            seen: BTreeMap::new(),
        }
    }

    /// Looks at all servers at once, so that one that is silent holds up nobody.
    fn look(&mut self) {
        let (look, most) = (self.look, self.most);
        let new = self.tools.iter().filter(|(name, _)| !self.seen.contains_key(*name));
        let seen: Vec<_> = thread::scope(|scope| {
            let looking = |(name, tool): (&String, &McpTool)| {
                let (name, tool) = (name.clone(), tool.clone());
                scope.spawn(move || (name, tool.look(look, most)))
            };
            let threads: Vec<_> = new.map(looking).collect();
            threads.into_iter().filter_map(|it| it.join().ok()).collect()
        });
        self.seen.extend(seen);
    }
}

fn tool(workspace: &Workspace, row: &Value) -> Option<McpTool> {
    let mcp = &row["mcp"];
    Some(McpTool {
        server: program(&mcp["command"], &row["variables"], workspace.environment())?,
        tool: mcp["tool"].as_str().unwrap_or_default().to_owned(),
        allow: texts(&mcp["allow"]),
        undeclared: texts(&mcp["allow_undeclared"]),
        argument: REQUEST.to_owned(),
        others: Map::new(),
    })
}

impl Crew for Servers {
    fn inventory(&mut self) -> Inventory {
        self.look();
        let tools = self.tools.iter().map(|(name, it)| listed(name, it, self.seen.get(name)));
        Inventory::of(tools.collect())
    }

    fn looks(&self) -> u32 {
        let seconds = u32::try_from(self.look.as_secs()).unwrap_or(u32::MAX);
        if self.tools.is_empty() { 0 } else { seconds }
    }

    fn knows(&mut self, specialist: &str) -> bool {
        self.tools.contains_key(specialist)
    }

    fn ask(&mut self, request: &Request, context: Option<&Context>) -> Reply {
        let Some(tool) = self.tools.get(&request.specialist) else {
            let why = format!("no MCP server answers for '{}'", request.specialist);
            return Reply::Nothing { absence: Absence::NotSearched, why };
        };
        let seen = self.seen.get(&request.specialist).and_then(|it| it.as_ref().ok());
        let asked = serde_json::to_value(request).unwrap_or_default();
        let limit = Duration::from_secs(request.limits.seconds.into());
        let most = usize::try_from(request.limits.bytes).unwrap_or(usize::MAX);
        let context = context.map(ToString::to_string);
        match tool.ask(asked, (seen, context.as_deref()), limit, most) {
            Ok(text) => Reply::Said { text, how: How::Captured },
            Err(error) => Reply::Nothing { absence: absence(&error), why: error.to_string() },
        }
    }
}

/// What was not called was not asked.
fn absence(error: &McpError) -> Absence {
    match error {
        McpError::Refused(..) => Absence::NotSearched,
        _ => Absence::Error,
    }
}

fn listed(name: &str, tool: &McpTool, seen: Option<&Result<Seen, McpError>>) -> Tool {
    let (server, read_only, blocked) = match seen {
        Some(Ok(Seen { server, declared: true, .. })) => {
            (server.clone(), "declared by the server, not proven", None)
        }
        Some(Ok(Seen { server, .. })) => {
            (server.clone(), "not declared: allowed by mcp.allow_undeclared", None)
        }
        Some(Err(error)) => (tool.server.called().into_owned(), "", Some(error.to_string())),
        None => (tool.server.called().into_owned(), "", Some("it was not looked at".to_owned())),
    };
    Tool {
        name: name.to_owned(),
        sort: Sort::McpTool,
        answered: blocked.is_none(),
        identity: Some(format!("{server}: {}", tool.tool)),
        read_only: Some(read_only.to_owned()).filter(|it| !it.is_empty()),
        blocked,
        chosen: true,
    }
}
