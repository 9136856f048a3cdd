//! `query --batch`: many questions at one revision, as JSON lines.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::query::{Options, open};
use super::search::{self, Answer, Found, Search, candidates, weights};
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

/// Questions that a thread must have before it pays off.
const QUESTIONS_PER_THREAD: usize = 4;

/// Answers every line of `text`; `options` gives everything but the words.
pub fn run(
    workspace: &Workspace,
    text: &str,
    options: &Options,
) -> Result<(Vec<Line>, Memory), OpError> {
    let questions = read(text)?;
    let mut memory = open(workspace, options)?;
    memory.remember_words(WORDS);
    let lines = answers(&memory, &questions, options)?;
    Ok((lines, memory))
}

/// The questions of `text`, one a line; lines of blanks are none.
fn read(text: &str) -> Result<Vec<Question>, OpError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| {
                // Each line is a document to the reader, which would call it the first.
                let told = error.to_string().replace(" at line 1 column ", ", column ");
                OpError::Invalid {
                    message: format!("line {} is not a question: {told}", number + 1),
                    hint: r#"write one JSON object a line: {"qid":"1","query":"disk full"}"#
                        .to_owned(),
                }
            })
        })
        .collect()
}

/// Every question's answer, in their order. What documents alone decide is worked out on
/// all processors; pages are looked at here, since a memory belongs to one thread.
fn answers(
    memory: &Memory,
    questions: &[Question],
    options: &Options,
) -> Result<Vec<Line>, OpError> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = cores.min(questions.len().div_ceil(QUESTIONS_PER_THREAD));
    let (snapshot, weights) = (memory.everything(), weights(memory));
    let next = AtomicUsize::new(0);
    let work = |found: &SyncSender<_>| {
        let mut analyzer = Analyzer::default();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(question) = questions.get(at) else { break };
            let query = Query::literal(&question.query, &mut analyzer);
            let candidates = candidates(snapshot, &weights, &wanted(question, &query, options));
            // Nobody listens any more where an answer has failed.
            if found.send((at, query, candidates)).is_err() {
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        // As few as keep every thread at work: the candidates of one may be every page.
        let (sender, found) = sync_channel(threads);
        for _ in 0..threads {
            let (sender, work) = (sender.clone(), &work);
            scope.spawn(move || work(&sender));
        }
        drop(sender);
        let mut lines: Vec<(usize, Line)> = Vec::with_capacity(questions.len());
        for (at, query, candidates) in found {
            let question = &questions[at];
            let answer = search::answer(memory, &wanted(question, &query, options), candidates?)?;
            lines.push((at, line(memory, question, answer)));
        }
        lines.sort_unstable_by_key(|(at, _)| *at);
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    })
}

/// One question's answer.
pub(super) fn answer(
    memory: &Memory,
    question: &Question,
    options: &Options,
    analyzer: &mut Analyzer,
) -> Result<Line, OpError> {
    let query = Query::literal(&question.query, analyzer);
    let answer = search::search(memory, &wanted(question, &query, options))?;
    Ok(line(memory, question, answer))
}

fn wanted<'a>(question: &'a Question, query: &'a Query, options: &'a Options) -> Search<'a> {
    Search {
        query,
        text: &question.query,
        limit: options.limit,
        filters: &options.filters,
        include: options.include,
        forgiving: false,
    }
}

fn line(memory: &Memory, question: &Question, answer: Answer) -> Line {
    let place = |found: Found| Place {
        path: found.page.path.text().into_owned(),
        memory: memory.home_of(found.head).name.clone(),
        anchor: found
            .page
            .headings
            .get(found.section)
            .map(|it| it.anchor.clone())
            .unwrap_or_default(),
        score: found.score,
    };
    let ranked = answer.found.into_iter().map(place).collect();
    Line { qid: question.qid.clone(), ranked }
}
