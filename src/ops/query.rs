//! `query`: ranked sections for words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::hit::{Detail, Hit, hits};
use super::inbox_branch;
use super::memories::{OtherMemory, others};
use super::search::{Include, Search, search};
use crate::routing::analysis::Analyzer;
use crate::routing::query::{Filters, Query};
use crate::routing::typos::Correction;
use crate::workspace::{Asked, Memory, Workspace};

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What was typed: words, phrases, exclusions, filters.
    pub text: String,
    /// Which revision answers.
    pub asked: Asked,
    /// Pages wanted.
    pub limit: usize,
    /// Filters from options.
    pub filters: Filters,
    /// What is let in beside active pages.
    pub include: Include,
    /// Say what matched.
    pub why: bool,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.query/v1`.
    pub schema: String,
    /// The commit that was answered for; null for files outside Git.
    pub commit: Option<String>,
    /// Its tree.
    pub tree: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// What was asked.
    pub query: String,
    /// Milliseconds; outside every promise of same bytes.
    pub took_ms: f64,
    /// Pages that hold a word of the question.
    pub total: usize,
    /// The best of them.
    pub hits: Vec<Hit>,
    /// Words that were looked for instead, where nothing matched what was typed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// Other memories that the user's settings name, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memories: Vec<OtherMemory>,
}

/// Asks the memory; gives it back for further questions of the same revision.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(Answer, Memory), OpError> {
    let memory = open(workspace, options)?;
    let answer = ask(workspace, &memory, options)?;
    Ok((answer, memory))
}

/// The memory that is asked, with learnings beside its pages where they are wanted,
/// and with other memories that the user names.
pub(super) fn open(workspace: &Workspace, options: &Options) -> Result<Memory, OpError> {
    let memory = workspace.memory(&options.asked)?;
    let memory =
        if options.include.inbox { inbox_branch::beside(workspace, memory)? } else { memory };
    Ok(memory.with_others(workspace, &options.asked))
}

/// Asks a memory that is open.
pub fn ask(workspace: &Workspace, memory: &Memory, options: &Options) -> Result<Answer, OpError> {
    let begun = std::time::Instant::now();
    let query = Query::parse(&options.text, &mut Analyzer::default());
    if query.is_empty() && options.filters.is_empty() {
        return Err(OpError::Usage {
            message: "there is nothing to look for".to_owned(),
            hint: "give words or a filter: prode query queue backlog".to_owned(),
        });
    }
    let wanted = Search {
        query: &query,
        text: &options.text,
        limit: options.limit,
        filters: &options.filters,
        include: options.include,
        forgiving: true,
    };
    let answer = search(memory, &wanted)?;
    let detail = Detail { snippet: true, why: options.why };
    let hits = hits(workspace, memory, &answer.found, &answer.ranking, detail)?;
    Ok(Answer {
        schema: "prode.query/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        tree: memory.revision.tree.map(|tree| tree.to_string()),
        worktree: memory.revision.on_disk,
        query: options.text.clone(),
        took_ms: begun.elapsed().as_secs_f64() * 1000.0,
        total: answer.total,
        hits,
        corrections: answer.corrections,
        memories: others(memory),
    })
}
