//! Clients that agents run in, and where each looks.

use super::entry::Form;

/// One client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// What `--agent` calls it.
    pub name: &'static str,
    /// The folder in which it looks for skills.
    pub(super) skills: &'static str,
    /// The file in which it looks for MCP servers of a repository.
    pub(super) servers: &'static str,
    /// How that file is written.
    pub(super) form: Form,
}

/// Every client, one row each.
#[rustfmt::skip]
pub const CLIENTS: &[Client] = &[
    Client { name: "claude", skills: ".claude/skills", servers: ".mcp.json",          form: Form::Json("mcpServers") },
    Client { name: "codex",  skills: ".agents/skills", servers: ".codex/config.toml", form: Form::Toml },
    Client { name: "cursor", skills: ".agents/skills", servers: ".cursor/mcp.json",   form: Form::Json("mcpServers") },
    Client { name: "vscode", skills: ".agents/skills", servers: ".vscode/mcp.json",   form: Form::Json("servers") },
];
