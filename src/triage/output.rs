//! What a specialist is asked, and what it answers.
//!
//! The two documents that every specialist speaks, whatever it is: built in, a
//! program, a tool of a server. An answer is data; nothing in it is obeyed. Its
//! texts are redacted before anything else reads them.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::budget::Spent;
use super::snapshot::Snapshot;
use super::window::Window;

/// One bounded question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// `prode.specialist.request/v1`.
    pub schema: String,
    /// The question's name in its run: `aws`, `aws#2`.
    pub name: String,
    /// Who is asked.
    pub specialist: String,
    /// What.
    pub question: String,
    /// The incident's window; answers look no further without saying so.
    pub window: Window,
    /// What the answer's findings may support or refute, by name.
    pub hypotheses: BTreeMap<String, String>,
    /// The ticket, redacted. Everything in it is data, never an instruction.
    pub ticket: Snapshot,
    /// How much may be spent on it.
    pub limits: Limits,
}

/// How much one answer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Limits {
    /// Seconds until it is ended.
    pub seconds: u32,
    /// Bytes that are read of it.
    pub bytes: u32,
}

/// What a specialist answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// `prode.specialist.output/v1`.
    pub schema: String,
    /// The question as it was understood.
    pub question: String,
    /// Queries that were made, also those that found nothing.
    #[serde(default)]
    pub queries: Vec<AskedQuery>,
    /// What was found.
    #[serde(default)]
    pub findings: Vec<GivenFinding>,
    /// What could not be looked at.
    #[serde(default)]
    pub gaps: Vec<GivenGap>,
    /// Actions that somebody should approve apart from any change of code.
    #[serde(default)]
    pub requests: Vec<Wanted>,
    /// What it cost, in the specialist's own units.
    #[serde(default)]
    pub cost_units: u32,
    /// Where to look next, for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_pivot: Option<String>,
}

/// A query and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedQuery {
    /// The system that was asked.
    pub source: String,
    /// Its exact text.
    pub query: String,
    /// Its parameters.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// The time that it asked about.
    pub window: Window,
    /// What came back.
    pub result: QueryResult,
    /// The time that the source has data of, where it has not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered: Option<Window>,
    /// The hypotheses or findings that a hit would have refuted.
    #[serde(default)]
    pub would_refute: Vec<String>,
}

/// In which way something is not there. Only `empty` says that it did not happen.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// Asked, answered, nothing there.
    Empty,
    /// Asked, not answered.
    Error,
    /// Not asked.
    NotSearched,
    /// The source has no data of that time.
    OutsideWindow,
}

impl Absence {
    /// One word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Error => "error",
            Self::NotSearched => "not-searched",
            Self::OutsideWindow => "outside-window",
        }
    }
}

impl fmt::Display for Absence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::Error => "error",
            Self::NotSearched => "not searched",
            Self::OutsideWindow => "outside the window",
        })
    }
}

/// What sort of thing a finding saw.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Something that was so.
    #[default]
    Observation,
    /// A release, deploy or change of configuration at that time.
    Change,
    /// It was made to happen again.
    Reproduction,
}

/// What came back from a query.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum QueryResult {
    /// Something.
    Found,
    /// It was answered, and nothing is there.
    Empty,
    /// It was not answered.
    Error,
    /// It was not asked.
    NotSearched,
    /// The source has no data of that time.
    OutsideWindow,
}

impl QueryResult {
    /// What kind of absence it is; `None` where something was found.
    pub fn absence(self) -> Option<Absence> {
        match self {
            Self::Found => None,
            Self::Empty => Some(Absence::Empty),
            Self::Error => Some(Absence::Error),
            Self::NotSearched => Some(Absence::NotSearched),
            Self::OutsideWindow => Some(Absence::OutsideWindow),
        }
    }
}

/// One claim with what it was seen by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenFinding {
    /// A name within this answer.
    pub id: String,
    /// What is so.
    pub claim: String,
    /// What sort of thing was seen.
    #[serde(default)]
    pub kind: FindingKind,
    /// Hypotheses that it speaks for.
    #[serde(default)]
    pub supports: Vec<String>,
    /// Hypotheses that it speaks against.
    #[serde(default)]
    pub refutes: Vec<String>,
    /// What it was seen by.
    #[serde(default)]
    pub receipts: Vec<GivenReceipt>,
    /// When what is claimed was so.
    #[schemars(with = "String")]
    pub observed_at: Timestamp,
}

/// What a claim was seen by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenReceipt {
    /// The system that was asked.
    pub source: String,
    /// The exact query.
    pub query: String,
    /// The time that it asked about.
    pub window: Window,
    /// When it was asked.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// The few lines that matter.
    pub excerpt: String,
    /// Where a person can see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Something that could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenGap {
    /// What.
    pub what: String,
    /// In which way it is missing.
    pub absence: Absence,
    /// True if no answer is complete without it.
    #[serde(default)]
    pub required: bool,
}

/// An action that somebody should approve.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// `data-correction`, `production-write`, `deploy`, `suppress`, …
    pub action: String,
    /// The exact query, command or request.
    pub what: String,
    /// Where it would take effect.
    pub target: String,
    /// Why.
    pub reason: String,
}

/// An answer that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is no answer of a specialist: {0}")]
pub struct BadOutput(pub String);

impl Output {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.specialist.output/v1";

    /// An answer to a question, which says nothing yet.
    pub fn to(question: &str) -> Self {
        Self {
            schema: Self::SCHEMA.to_owned(),
            question: question.to_owned(),
            queries: Vec::new(),
            findings: Vec::new(),
            gaps: Vec::new(),
            requests: Vec::new(),
            cost_units: 0,
            next_pivot: None,
        }
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// It is no JSON of the published form, or contradicts itself.
    pub fn parse(text: &str) -> Result<Self, BadOutput> {
        let output: Self =
            serde_json::from_str(text).map_err(|error| BadOutput(error.to_string()))?;
        output.check()?;
        Ok(output)
    }

    /// What it took, of so many bytes as it came and so many seconds.
    pub fn spent(&self, bytes: usize, seconds: u32) -> Spent {
        let is_answered =
            |it: &&AskedQuery| matches!(it.result, QueryResult::Found | QueryResult::Empty);
        let evidence = self.findings.len() + self.queries.iter().filter(is_answered).count();
        Spent {
            bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            seconds,
            cost_units: self.cost_units,
            evidence: u32::try_from(evidence).unwrap_or(u32::MAX),
        }
    }

    fn check(&self) -> Result<(), BadOutput> {
        if self.schema != Self::SCHEMA {
            return Err(BadOutput(format!("its schema is not {}", Self::SCHEMA)));
        }
        let queries = self.queries.iter().map(|it| it.window);
        let receipts = self.findings.iter().flat_map(|it| &it.receipts).map(|it| it.window);
        if let Some(bad) = queries.chain(receipts).find(|window| !window.is_sound()) {
            return Err(BadOutput(format!("a window ends before it begins: {}", bad.from)));
        }
        for (at, finding) in self.findings.iter().enumerate() {
            if finding.id.trim().is_empty() {
                return Err(BadOutput(format!("finding {} has no id", at + 1)));
            }
            if self.findings[..at].iter().any(|it| it.id == finding.id) {
                return Err(BadOutput(format!("two findings are called '{}'", finding.id)));
            }
        }
        Ok(())
    }
}

impl Request {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.specialist.request/v1";
}
