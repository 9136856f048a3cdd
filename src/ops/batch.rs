//! `query --batch`: many questions at one revision, as JSON lines.

use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::query::{Options, open};
use super::search::{Search, search};
use crate::routing::analysis::Analyzer;
use crate::routing::query::Query;
use crate::workspace::{Memory, Workspace};

/// One question; other keys are ignored.
#[derive(Debug, Clone, Deserialize)]
pub struct Question {
    /// Comes back with the answer.
    pub qid: serde_json::Value,
    /// Literal words.
    pub query: String,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Line {
    /// The question's.
    pub qid: serde_json::Value,
    /// Best first.
    pub ranked: Vec<Place>,
}

/// One page of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Place {
    /// Where the page stands.
    pub path: String,
    /// The other memory that holds it; absent for this repository's pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// Its best section.
    pub anchor: String,
    /// Comparable within one answer only.
    pub score: f32,
}

/// Bytes in which a batch remembers what its words add.
pub(super) const WORDS: usize = 64 << 20;

/// Answers every line of `text`; `options` gives everything but the words.
pub fn run(
    workspace: &Workspace,
    text: &str,
    options: &Options,
) -> Result<(Vec<Line>, Memory), OpError> {
    let mut memory = open(workspace, options)?;
    memory.remember_words(WORDS);
    let mut analyzer = Analyzer::default();
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let question: Question = serde_json::from_str(line).map_err(|error| OpError::Invalid {
            message: format!("line {} is not a question: {error}", number + 1),
            hint: r#"write one JSON object a line: {"qid":"1","query":"disk full"}"#.to_owned(),
        })?;
        lines.push(answer(&memory, question, options, &mut analyzer)?);
    }
    Ok((lines, memory))
}

pub(super) fn answer(
    memory: &Memory,
    question: Question,
    options: &Options,
    analyzer: &mut Analyzer,
) -> Result<Line, OpError> {
    let query = Query::literal(&question.query, analyzer);
    let wanted = Search {
        query: &query,
        text: &question.query,
        limit: options.limit,
        filters: &options.filters,
        include: options.include,
        forgiving: false,
    };
    let ranked = search(memory, &wanted)?.found.into_iter().map(|found| Place {
        path: found.page.path.text().into_owned(),
        memory: memory.home_of(found.head).name.clone(),
        anchor: found
            .page
            .headings
            .get(found.section)
            .map(|it| it.anchor.clone())
            .unwrap_or_default(),
        score: found.score,
    });
    Ok(Line { qid: question.qid, ranked: ranked.collect() })
}
