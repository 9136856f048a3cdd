//! `runbook`: the 3 am view of one alert.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::hit::{Hit, section_text};
use super::memories::OtherMemory;
use super::route;
use crate::corpus::Page;
use crate::repo_path::RepoPath;
use crate::routing::query::Filters;
use crate::workspace::{Asked, Memory, Workspace};

/// Runbooks that are named when none fits.
const NEAREST: usize = 3;

/// One section of the runbook, in file order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Its heading; empty before the first.
    pub heading: String,
    /// Its citation.
    pub cite: String,
    /// Its Markdown, heading first.
    pub text: String,
    /// The commands of its code blocks, ready to copy.
    pub commands: Vec<String>,
}

/// The runbook for an alert.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.runbook/v1`.
    pub schema: String,
    /// The commit that was answered for; null for files outside Git.
    pub commit: Option<String>,
    /// What a runbook is: a way to look, not a proof.
    pub label: String,
    /// True if no runbook fits.
    pub abstained: bool,
    /// What the reader must know first: overdue, superseded, archived.
    pub banner: Vec<String>,
    /// The runbook; null if none fits.
    pub page: Option<Hit>,
    /// Its sections, from confirm to escalate.
    pub sections: Vec<Section>,
    /// The nearest runbooks, if none fits.
    pub nearest: Vec<Hit>,
    /// Other memories that the user's settings name, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memories: Vec<OtherMemory>,
}

/// Finds the runbook for an alert's text.
pub fn run(workspace: &Workspace, text: &str, asked: &Asked) -> Result<(Answer, Memory), OpError> {
    let options = route::Options {
        text: text.to_owned(),
        asked: asked.clone(),
        limit: NEAREST,
        budget: Some(0),
        filters: Filters { kinds: vec!["runbook".to_owned()], ..Filters::default() },
    };
    let (routed, memory) = route::run(workspace, &options)?;
    let abstained = routed.abstained;
    let mut hits = routed.pages.into_iter().map(|page| page.hit);
    let best = if abstained { None } else { hits.next() };
    let sections = match &best {
        Some(hit) => sections(workspace, &memory, hit)?,
        None => Vec::new(),
    };
    let answer = Answer {
        schema: "prode.runbook/v1".to_owned(),
        commit: routed.commit,
        label: routed.label,
        abstained,
        banner: best.as_ref().map(banner).unwrap_or_default(),
        page: best,
        sections,
        nearest: if abstained { hits.collect() } else { Vec::new() },
        memories: routed.memories,
    };
    Ok((answer, memory))
}

fn banner(hit: &Hit) -> Vec<String> {
    let mut lines = Vec::new();
    if hit.stale {
        let since = hit.reviewed.as_deref().unwrap_or("never");
        lines.push(format!("stale: last reviewed {since}; check every step before you run it"));
    }
    if let Some(newer) = &hit.superseded_by {
        lines.push(format!("superseded by {newer}: read that one"));
    }
    if hit.status != "active" {
        lines.push(format!("status: {}", hit.status));
    }
    lines
}

fn sections(workspace: &Workspace, memory: &Memory, hit: &Hit) -> Result<Vec<Section>, OpError> {
    let (workspace, memory) = memory.home_called(workspace, hit.memory.as_deref());
    let Ok(blob) = hit.blob.parse() else { return Ok(Vec::new()) };
    let page = memory.snapshot.at(&RepoPath::from_git(hit.path.clone()), blob)?;
    let Some(page) = page else { return Ok(Vec::new()) };
    let numbers = 0..page.headings.len();
    Ok(numbers.filter_map(|number| section(workspace, memory, &page, number)).collect())
}

fn section(workspace: &Workspace, memory: &Memory, page: &Page, number: usize) -> Option<Section> {
    let text = section_text(workspace, memory, page, number)?;
    let heading = &page.headings[number];
    if text.trim().is_empty() {
        return None;
    }
    let cite = memory.cite(page, &heading.anchor);
    Some(Section { heading: heading.title.clone(), cite, commands: commands(&text), text })
}

/// The lines of fenced code blocks in shell, or in no language.
fn commands(text: &str) -> Vec<String> {
    let (mut commands, mut fence): (Vec<String>, Option<(String, bool)>) = (Vec::new(), None);
    for line in text.lines() {
        let trimmed = line.trim();
        let mark: String = trimmed.chars().take_while(|&c| c == '`' || c == '~').collect();
        match &fence {
            Some((open, _)) if mark.starts_with(open.as_str()) && mark == trimmed => fence = None,
            Some((_, true)) if !trimmed.is_empty() => {
                commands.push(trimmed.trim_start_matches("$ ").to_owned());
            }
            None if mark.len() >= 3 => {
                let language = trimmed[mark.len()..].trim();
                let is_shell = matches!(language, "" | "sh" | "bash" | "shell" | "console" | "zsh");
                fence = Some((mark, is_shell));
            }
            _ => {}
        }
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_lines_of_shell_blocks() {
        let text = "x\n```sh\n$ a b\n\nc\n```\n```json\n{}\n```\n````\nd\n```\ne\n````\n";
        assert_eq!(commands(text), ["a b", "c", "d", "```", "e"]);
    }
}
