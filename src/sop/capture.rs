//! Capturing a procedure: what an expert is asked, and the page's words that
//! the answers make.
//!
//! What is asked is one table. An answer is a text; where rows are asked for,
//! a line is a row and `|` stands between its cells. What has no answer stays
//! an open question of the page: nothing is made up for it.

mod answers;
mod words;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::chain::{self, BrokenChain};

pub use answers::{BadAnswers, read, skeleton};
pub use words::body;

/// What sort of answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Words, as Markdown.
    Words,
    /// An item a line.
    List,
    /// An item a line, each a box to tick.
    Boxes,
    /// A row a line, of these columns.
    Rows(&'static [&'static str]),
    /// Command lines.
    Commands,
}

/// One question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// What answers are known by: `gate.part`.
    pub key: &'static str,
    /// What is asked.
    pub text: &'static str,
    /// What sort of answer.
    pub shape: Shape,
}

const fn ask(key: &'static str, shape: Shape, text: &'static str) -> Question {
    Question { key, text, shape }
}

const RISKS: Shape = Shape::Rows(&["Risk", "Likelihood", "Impact", "Mitigation"]);
const MATRIX: Shape = Shape::Rows(&["Scenario", "Input", "Expected", "Actual", "Status"]);

/// Everything that is asked, in its order.
#[rustfmt::skip]
pub const QUESTIONS: &[Question] = &[
    ask("when",                      Shape::Words,    "When is it used, and when not?"),
    ask("why",                       Shape::Words,    "Why is it done this way, and not another?"),
    ask("owner",                     Shape::Words,    "Which team owns the page?"),
    ask("services",                  Shape::Words,    "Which services does it change?"),
    ask("design.scope",              Shape::Words,    "What changes, and what does not?"),
    ask("design.dependencies",       Shape::List,     "Who and what must be ready first?"),
    ask("design.risks",              RISKS,           "What could go wrong: how likely, whom does it hurt, what makes it smaller?"),
    ask("design.stop",               Shape::List,     "When does the design review stop it, and who is asked then?"),
    ask("design.decision",           Shape::Words,    "Who decides at the design review, on what?"),
    ask("implementation.steps",      Shape::Words,    "What is done, with which boundaries and new dependencies?"),
    ask("implementation.commands",   Shape::Commands, "Which commands build, lint and test it?"),
    ask("implementation.stop",       Shape::List,     "When does the implementation stop, and who is asked then?"),
    ask("implementation.decision",   Shape::Words,    "Who decides that it is built, on what?"),
    ask("testing.matrix",            MATRIX,          "What is tried, with which input, and what must come out?"),
    ask("testing.stop",              Shape::List,     "When does testing stop, and who is asked then?"),
    ask("testing.decision",          Shape::Words,    "Who decides that it works, on what?"),
    ask("pull_request.checklist",    Shape::Boxes,    "What must be true before a person merges?"),
    ask("pull_request.review_focus", Shape::Words,    "Where does a reviewer look hardest?"),
    ask("pull_request.rollback",     Shape::Commands, "Which commands undo it, how long do they take, and how is it seen that they worked?"),
    ask("pull_request.monitoring",   Shape::Words,    "What is watched afterwards, and for how long?"),
    ask("pull_request.done",         Shape::Boxes,    "What is true when it is over?"),
    ask("pull_request.stop",         Shape::List,     "When is it not merged, and who is asked then?"),
    ask("pull_request.decision",     Shape::Words,    "Who decides that it is merged, on what?"),
];

/// The parts of a procedure that commands are recorded for.
pub const GATES: &[&str] = &["design", "implementation", "testing", "pull_request"];

/// What happened while a procedure was captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// Somebody began.
    CaptureOpened {
        /// The page's title.
        title: String,
        /// Where it is to stand.
        path: String,
        /// The program that wrote it.
        by: String,
        /// The rules that redacted what is stored.
        ruleset: String,
    },
    /// A question was answered; a later answer stands for it.
    Answered {
        /// Which.
        key: String,
        /// Redacted.
        text: String,
    },
    /// A command was run, and this came out.
    Recorded {
        /// For which gate.
        gate: String,
        /// What was typed, redacted.
        command: String,
        /// SHA-256 of the redacted excerpt, which is kept.
        artifact: String,
        /// All of the output, as HMAC-SHA256 with the store's key.
        raw: String,
        /// How many bytes that is.
        bytes: u64,
    },
    /// The page was proposed.
    Proposed {
        /// The learning that it is.
        learning: String,
        /// Its branch.
        branch: String,
    },
}

/// A command and what came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// For which gate.
    pub gate: String,
    /// What was typed.
    pub command: String,
    /// Digest of the excerpt.
    pub artifact: String,
    /// How many bytes came out.
    pub bytes: u64,
}

/// What was said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The page's title.
    pub title: String,
    /// Where it is to stand.
    pub path: String,
    /// Answers by their keys.
    pub answers: BTreeMap<String, String>,
    /// In their order.
    pub recorded: Vec<Recorded>,
    /// True once it was proposed.
    pub proposed: bool,
}

impl Said {
    /// Replays what happened.
    ///
    /// # Errors
    /// The first line that no capture could have written there.
    pub fn replay(lines: &[chain::Line<Event>]) -> Result<Self, BrokenChain> {
        let mut said = Self::default();
        for (number, line) in lines.iter().enumerate() {
            let broken = |why: &str| BrokenChain { number, why: why.to_owned() };
            match &line.event {
                Event::CaptureOpened { title, path, .. } if number == 0 => {
                    (said.title, said.path) = (title.clone(), path.clone());
                }
                _ if number == 0 => return Err(broken("it does not open a capture")),
                Event::CaptureOpened { .. } => return Err(broken("it is open already")),
                _ if said.proposed => return Err(broken("it was proposed already")),
                Event::Answered { key, text } if is_key(key) => {
                    said.answers.insert(key.clone(), text.clone());
                }
                Event::Answered { .. } => return Err(broken("nobody asked that")),
                Event::Recorded { gate, command, artifact, bytes, .. } => {
                    let (gate, command) = (gate.clone(), command.clone());
                    let (artifact, bytes) = (artifact.clone(), *bytes);
                    said.recorded.push(Recorded { gate, command, artifact, bytes });
                }
                Event::Proposed { .. } => said.proposed = true,
            }
        }
        Ok(said)
    }

    /// What has no answer yet, in the order to ask it.
    pub fn open(&self) -> impl Iterator<Item = &'static Question> {
        QUESTIONS.iter().filter(|it| self.answer(it.key).is_none())
    }

    /// An answer that says something.
    pub fn answer(&self, key: &str) -> Option<&str> {
        self.answers.get(key).map(|it| it.trim()).filter(|it| !it.is_empty())
    }
}

/// True for a question that is asked.
pub fn is_key(key: &str) -> bool {
    QUESTIONS.iter().any(|it| it.key == key)
}

#[cfg(test)]
mod tests;
