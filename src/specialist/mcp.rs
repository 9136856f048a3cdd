//! A tool of an MCP server as a specialist.
//!
//! The server is a program that is started like any other specialist, for one
//! conversation. Its tool is called only where the user's side lists it by name,
//! and it declares that it only reads or is listed as one that need not. Both
//! are looked at in the conversation that calls it, whatever was seen before.
//!
//! One contract for those that answer as a specialist: the tool takes
//! `{"request": <prode.specialist.request/v1>}` and gives `prode.specialist.output/v1`, as
//! structured content or as its one text. Others take what they are asked in an argument
//! that the user's side names, and what they give is for whoever asked to read.
//! Descriptions and other texts of a server are never handed on.

mod heard;

use std::time::Duration;

use rmcp::ServiceError;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, ClientConfig,
    Implementation, JsonObject, ProtocolVersion, RequestMetaObject, Tool,
};
use rmcp::service::{
    ClientInitializeError, ClientLifecycleMode, ClientServiceExt, RoleClient, RunningService,
};
use serde_json::{Map, Value};

use self::heard::{AtMost, Heard};
use super::Program;
use crate::canonical::digest;
use crate::program::Talking;

/// The argument that holds what is asked of one that answers as a specialist.
pub const REQUEST: &str = "request";

/// Characters of a name that a server gives itself.
const LONGEST_NAME: usize = 60;

/// Characters of what a server says went wrong.
const LONGEST_WHY: usize = 200;

/// A tool, as the user's side names it.
#[derive(Clone, PartialEq, Eq)]
pub struct McpTool {
    /// Its server.
    pub server: Program,
    /// Its name.
    pub tool: String,
    /// Tools that may be called where they declare that they only read.
    pub allow: Vec<String>,
    /// Tools that may be called though they do not declare it.
    pub undeclared: Vec<String>,
    /// The argument that holds what is asked.
    pub argument: String,
    /// What is sent beside it each time.
    pub others: Map<String, Value>,
}

/// A tool that may be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What the server calls itself, with its version.
    pub server: String,
    /// True if the tool declares that it only reads.
    pub declared: bool,
    /// Of all that the server said of the tool.
    digest: String,
}

/// Why a tool says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum McpError {
    /// It may not be called.
    #[error("tool '{0}' is not called: {1}")]
    Refused(String, String),
    /// Its server cannot be started.
    #[error("MCP server '{0}' cannot be started: {1}")]
    NotStarted(String, String),
    /// Its server took too long.
    #[error("MCP server '{name}' took longer than {} s", .1.as_secs_f64(), name = .0)]
    TooLate(String, Duration),
    /// Its server sent too much.
    #[error("MCP server '{0}' sent more than {1} bytes")]
    TooMuch(String, usize),
    /// Its server does not keep to the protocol, or is gone.
    #[error("MCP server '{0}' broke off: {1}")]
    Broken(String, String),
    /// The tool says that it failed.
    #[error("tool '{0}' failed: {1}")]
    Failed(String, String),
}

/// A conversation.
type Client = RunningService<RoleClient, ClientConfig>;

impl McpTool {
    /// Looks whether the tool may be called.
    ///
    /// # Errors
    /// It may not, or its server does not say so within `limit` and `most` bytes.
    pub fn look(&self, limit: Duration, most: usize) -> Result<Seen, McpError> {
        self.may_be_named()?;
        self.converse(limit, most, async |client| self.find(&client).await)
    }

    /// Calls the tool with what is asked, unless it is not as it was `seen` before. `context`
    /// is the W3C `traceparent` of the call, where there is one.
    ///
    /// # Errors
    /// It may not be called, failed, or its server did not keep to the limits.
    pub fn ask(
        &self,
        request: Value,
        (seen, context): (Option<&Seen>, Option<&str>),
        limit: Duration,
        most: usize,
    ) -> Result<String, McpError> {
        self.may_be_named()?;
        self.converse(limit, most, async |client| {
            let now = self.find(&client).await?;
            if seen.is_some_and(|seen| *seen != now) {
                return Err(self.refused("it is not what it was in the inventory"));
            }
            let mut arguments: JsonObject = self.others.clone();
            arguments.insert(self.argument.clone(), request);
            let mut call = CallToolRequestParams::new(self.tool.clone()).with_arguments(arguments);
            call.meta = context.map(|it| {
                let mut meta = RequestMetaObject::new();
                meta.set_traceparent(it);
                meta
            });
            match client.peer().call_tool_once(call).await.map_err(|it| self.broken(&it))? {
                CallToolResponse::Complete(result) => self.said(&result),
                _ => Err(self.failed("it wants something back before it answers")),
            }
        })
    }

    fn may_be_named(&self) -> Result<(), McpError> {
        if self.allow.contains(&self.tool) || self.undeclared.contains(&self.tool) {
            return Ok(());
        }
        Err(self.refused("the settings do not list it in mcp.allow"))
    }

    /// The tool as its server declares it now.
    async fn find(&self, client: &Client) -> Result<Seen, McpError> {
        let tools = client.peer().list_all_tools().await.map_err(|it| self.broken(&it))?;
        let mut named = tools.iter().filter(|it| it.name == self.tool);
        let (Some(tool), None) = (named.next(), named.next()) else {
            return Err(self.refused("its server has no one tool of that name"));
        };
        let declared = declares_reading(tool);
        if !declared && !self.undeclared.contains(&self.tool) {
            return Err(self.refused(
                "it does not declare that it only reads; mcp.allow_undeclared lets it through",
            ));
        }
        if !self.takes(tool) {
            return Err(self.refused(&format!("it takes no argument '{}'", self.argument)));
        }
        let said = serde_json::to_vec(tool).unwrap_or_default();
        Ok(Seen { server: self.server_name(client), declared, digest: digest(&said) })
    }

    fn takes(&self, tool: &Tool) -> bool {
        tool.input_schema.get("properties").is_some_and(|it| it.get(&self.argument).is_some())
    }

    /// What the server calls itself, where it does.
    fn server_name(&self, client: &Client) -> String {
        let info = client.peer().peer_info();
        match info.as_ref().and_then(|it| it.server_info.as_ref()) {
            Some(it) => short(&format!("{} {}", it.name, it.version), LONGEST_NAME),
            None => self.server.called().into_owned(),
        }
    }

    fn said(&self, result: &CallToolResult) -> Result<String, McpError> {
        let texts: Vec<&str> = result
            .content
            .iter()
            .filter_map(|it| it.as_text())
            .map(|it| it.text.as_str())
            .collect();
        if result.is_error == Some(true) {
            return Err(self.failed(texts.first().unwrap_or(&"it does not say why")));
        }
        match (&result.structured_content, texts.as_slice()) {
            (Some(value), _) => Ok(value.to_string()),
            (None, [text]) => Ok((*text).to_owned()),
            (None, _) => Err(self.failed("it gave neither structured content nor one text")),
        }
    }

    /// One conversation within its limits. The server is ended after it, with
    /// everything that it started.
    fn converse<T>(
        &self,
        limit: Duration,
        most: usize,
        work: impl AsyncFnOnce(Client) -> Result<T, McpError>,
    ) -> Result<T, McpError> {
        let name = || self.server.called().into_owned();
        let unstarted = |why: String| McpError::NotStarted(name(), why);
        if let Some(why) = self.server.missing() {
            return Err(unstarted(why));
        }
        let folder = tempfile::tempdir().map_err(|error| unstarted(error.to_string()))?;
        let mut server =
            self.server.run(folder.path()).talk().map_err(|error| unstarted(error.to_string()))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| unstarted(error.to_string()))?;
        let heard = Heard::at_most(most);
        let talk = async {
            let client = self.begin(&mut server, &heard).await?;
            work(client).await
        };
        let said = runtime.block_on(async { tokio::time::timeout(limit, talk).await });
        runtime.shutdown_background();
        match said {
            Err(_) => Err(McpError::TooLate(name(), limit)),
            Ok(Err(McpError::Broken(..))) if heard.is_full() => {
                Err(McpError::TooMuch(name(), most))
            }
            Ok(said) => said,
        }
    }

    async fn begin(&self, server: &mut Talking, heard: &Heard) -> Result<Client, McpError> {
        let name = || self.server.called().into_owned();
        let unstarted = |why: &str| McpError::NotStarted(name(), why.to_owned());
        let (stdin, stdout) = server.pipes().ok_or_else(|| unstarted("it has no pipes"))?;
        let stdin = tokio::process::ChildStdin::from_std(stdin);
        let stdout = tokio::process::ChildStdout::from_std(stdout);
        let (Ok(stdin), Ok(stdout)) = (stdin, stdout) else {
            return Err(unstarted("its pipes cannot be waited for"));
        };
        let us = Implementation::new("prode", env!("CARGO_PKG_VERSION"));
        let lifecycle = ClientLifecycleMode::Auto {
            preferred_versions: vec![ProtocolVersion::V_2026_07_28],
            legacy_version: Some(ProtocolVersion::V_2025_11_25),
        };
        ClientConfig::new(ClientCapabilities::default(), us)
            .serve_with_lifecycle((AtMost::of(stdout, heard), stdin), lifecycle)
            .await
            .map_err(|error| unbegun(&self.server, &error))
    }

    fn refused(&self, why: &str) -> McpError {
        McpError::Refused(self.tool.clone(), why.to_owned())
    }

    fn failed(&self, why: &str) -> McpError {
        McpError::Failed(self.tool.clone(), short(why, LONGEST_WHY))
    }

    fn broken(&self, error: &ServiceError) -> McpError {
        let why = short(&error.to_string(), LONGEST_WHY);
        McpError::Broken(self.server.called().into_owned(), why)
    }
}

/// Only its own word, and never a proof.
fn declares_reading(tool: &Tool) -> bool {
    tool.annotations.as_ref().is_some_and(|it| it.read_only_hint == Some(true))
}

fn unbegun(server: &Program, error: &ClientInitializeError) -> McpError {
    McpError::Broken(server.called().into_owned(), short(&error.to_string(), LONGEST_WHY))
}

/// The beginning of what a server says, in one line.
fn short(text: &str, most: usize) -> String {
    let line = text.split(|it: char| it.is_control() || it.is_whitespace());
    let words: Vec<&str> = line.filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(most).collect()
}
