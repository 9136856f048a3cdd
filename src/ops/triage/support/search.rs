//! How a search is carried out: by a program of the user's side, or by a tool of its MCP
//! server.
//!
//! What either of them says when it fails is not shown: it may be of somebody.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::http::Patience;
use crate::specialist::{Fault, McpError, McpTool, Program, Seen};
use crate::triage::output::Absence;
use crate::triage::window::Window;

/// What stands for the search among a program's arguments.
const QUERY: &str = "{query}";

/// Searches without an answer in a row after which nothing more is searched.
const MISSES: u32 = 3;

/// Searches of one run.
const MOST: u32 = 20;

/// Tickets that are asked for.
const TICKETS: u32 = 100;

/// What is waited in all before a search is carried out again.
const WAITING: Duration = Duration::from_secs(2);

/// Why nothing came of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Missed {
    pub(super) absence: Absence,
    pub(super) why: String,
    /// Another try may go better.
    again: bool,
}

/// Either of the two.
pub(super) enum By {
    Program(Program),
    Tool(Box<McpTool>, Option<Seen>),
}

/// Who searches, as far as it may be asked.
pub(super) struct Search {
    by: By,
    searches: u32,
    misses: u32,
}

impl Search {
    pub(super) fn by(by: By) -> Self {
        Self { by, searches: 0, misses: 0 }
    }

    /// As whom, and how it is known that it only reads.
    ///
    /// # Errors
    /// It cannot be asked, or not for this.
    pub(super) fn introduced(
        &mut self,
        limit: Duration,
        most: usize,
    ) -> Result<(String, &'static str), Missed> {
        match &mut self.by {
            By::Program(program) => {
                if let Some(why) = program.missing() {
                    return Err(Missed { absence: Absence::NotSearched, why, again: false });
                }
                let known = "that it only reads is not enforced: a program of the user's side";
                Ok((program.called().into_owned(), known))
            }
            By::Tool(tool, seen) => {
                let now = tool.look(limit, most).map_err(|it| of_tool(&it))?;
                let identity = format!("{}: {}", now.server, tool.tool);
                let known = if now.declared {
                    "that it only reads is declared by the server, not proven"
                } else {
                    "that it only reads is not declared: allowed by mcp.allow_undeclared"
                };
                *seen = Some(now);
                Ok((identity, known))
            }
        }
    }

    /// Carries out a search, and again where that may help and time is left.
    ///
    /// # Errors
    /// Nothing that counts came of it, or it was not carried out.
    pub(super) fn find(
        &mut self,
        query: &str,
        window: &Window,
        (until, most): (Instant, usize),
    ) -> Result<String, Missed> {
        let unasked = |why: String| Missed { absence: Absence::NotSearched, why, again: false };
        if self.misses >= MISSES {
            return Err(unasked(format!("nobody searched: nothing came of {MISSES} in a row")));
        }
        if self.searches >= MOST {
            return Err(unasked(format!(
                "nobody searched: {MOST} were made, and that is the limit"
            )));
        }
        self.searches += 1;
        let mut patience = Patience::within(WAITING);
        let said = loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(unasked("no time was left for it".to_owned()));
            }
            match self.once(query, window, left, most) {
                Err(missed) if missed.again && patience.after_failure() => {}
                said => break said,
            }
        };
        self.misses = if said.is_err() { self.misses + 1 } else { 0 };
        said
    }

    fn once(
        &self,
        query: &str,
        window: &Window,
        limit: Duration,
        most: usize,
    ) -> Result<String, Missed> {
        match &self.by {
            By::Program(program) => {
                let words = program.words.iter().map(|it| it.replace(QUERY, query)).collect();
                let asked = json!({
                    "query": query, "from": window.from, "until": window.until, "limit": TICKETS,
                });
                let program = Program { words, ..program.clone() };
                let said = program.answer(asked.to_string().into_bytes(), limit, most);
                said.map_err(|it| of_program(&it))
            }
            By::Tool(tool, seen) => {
                let said = tool.ask(query.into(), (seen.as_ref(), None), limit, most);
                said.map_err(|it| of_tool(&it))
            }
        }
    }
}

fn of_program(fault: &Fault) -> Missed {
    let (why, again) = match fault {
        Fault::Silent(name) | Fault::Failed(name, _) => {
            (format!("'{name}' failed; what it said is not shown"), true)
        }
        Fault::TooLate(name, _) => (format!("'{name}' took longer than it may"), false),
        other => (other.to_string(), false),
    };
    Missed { absence: Absence::Error, why, again }
}

fn of_tool(error: &McpError) -> Missed {
    let error_of = |why: String, again| Missed { absence: Absence::Error, why, again };
    match error {
        McpError::Refused(..) => {
            Missed { absence: Absence::NotSearched, why: error.to_string(), again: false }
        }
        McpError::Failed(name, _) => {
            error_of(format!("tool '{name}' failed; what it said is not shown"), true)
        }
        McpError::Broken(name, _) => {
            error_of(format!("MCP server '{name}' broke off; what it said is not shown"), true)
        }
        McpError::TooLate(name, _) => {
            error_of(format!("MCP server '{name}' took longer than it may"), false)
        }
        other => error_of(other.to_string(), false),
    }
}
