//! What is known about a ticket, in one shape and one order.
//!
//! Answers of specialists come in whatever order they came; here they are put
//! together so that the same answers make the same evidence. Every claim and
//! receipt gets a name of its own, and every receipt says how it came.

mod gather;

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::class::{KINDS, Kind};
use super::output::{Absence, FindingKind, Output, QueryResult, Wanted};
use super::window::Window;

/// How a receipt came.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The runner made the call or ran the program.
    Captured,
    /// Somebody handed it in.
    Attested,
}

/// A page of the memory that was read on the way. It routes; it is no evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct MemoryUse {
    /// `path#anchor@commit`.
    pub cite: String,
    /// Always `routing memory, not evidence`.
    pub label: String,
    /// Overdue for review, or archived.
    pub stale: bool,
    /// What replaced it.
    pub superseded_by: Option<String>,
}

impl MemoryUse {
    /// True for a page that should not be relied on.
    pub fn is_doubtful(&self) -> bool {
        self.stale || self.superseded_by.is_some()
    }
}

/// Something that would explain the ticket.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Hypothesis {
    /// The name by which findings mean it.
    pub id: String,
    /// The row of the table of explanations that it is.
    pub kind: String,
    /// What it says.
    pub text: String,
}

impl Hypothesis {
    /// The built-in ones, one for each row.
    pub fn usual() -> Vec<Self> {
        let of = |kind: &Kind| Self {
            id: kind.name.to_owned(),
            kind: kind.name.to_owned(),
            text: kind.about.to_owned(),
        };
        KINDS.iter().map(of).collect()
    }
}

/// Where a claim was seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// Its name in the bundle.
    pub id: String,
    /// The system that was asked.
    pub source: String,
    /// The exact query.
    pub query: String,
    /// The time that it asked about.
    pub window: Window,
    /// When it was asked.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// SHA-256 of the redacted excerpt.
    pub digest: String,
    /// The few lines that matter, redacted.
    pub excerpt: String,
    /// Where a person can see it.
    pub link: Option<String>,
    /// How it came.
    pub how: How,
}

/// Systems that are the memory itself, whatever a specialist calls evidence.
const MEMORY: &[&str] =
    &["memory", "wiki", "adr", "prode", "runbook", "page", "inbox", "skill", "learning"];

/// The system that a source names first: `aws:logs` and `AWS-metrics` are two
/// readings of one, and `wiki/checkout.md` is the wiki.
pub(super) fn system(source: &str) -> String {
    let source = source.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let end = source.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(source.len());
    source[..end].to_lowercase()
}

/// True if a source is the memory, one page of it or many: it weighs nothing.
fn is_memory(source: &str) -> bool {
    MEMORY.contains(&system(source).trim_end_matches('s'))
}

impl Receipt {
    /// True if it is the memory that is quoted: it weighs nothing.
    pub fn is_memory(&self) -> bool {
        is_memory(&self.source)
    }
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// `question/name`: `aws/F1`, and `aws#2/F1` of the second question.
    pub id: String,
    /// What is so.
    pub claim: String,
    /// What sort of thing was seen.
    pub kind: FindingKind,
    /// Hypotheses that it speaks for.
    pub supports: Vec<String>,
    /// Hypotheses that it speaks against.
    pub refutes: Vec<String>,
    /// Names of its receipts.
    pub receipts: Vec<String>,
    /// When it was so.
    #[schemars(with = "String")]
    pub observed_at: Timestamp,
}

/// A query that could have refuted something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Control {
    /// Whose it is: the question's name.
    pub specialist: String,
    /// The system that was asked.
    pub source: String,
    /// The exact query.
    pub query: String,
    /// Its parameters.
    pub parameters: BTreeMap<String, String>,
    /// The time that it asked about.
    pub window: Window,
    /// What came back: `outside_window` also where it said `empty` of a time
    /// that the source has no data of.
    pub result: QueryResult,
    /// What a hit would have refuted: hypotheses or claims.
    pub would_refute: Vec<String>,
    /// How it came.
    pub how: How,
}

impl Control {
    /// True if the runner asked it itself, and not the memory.
    pub(super) fn is_evidence(&self) -> bool {
        self.how == How::Captured && !is_memory(&self.source)
    }
}

/// Something that was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// The question that it belongs to, by its name.
    pub specialist: String,
    /// What.
    pub what: String,
    /// In which way it is missing.
    pub absence: Absence,
    /// True if the decision needs it.
    pub required: bool,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// An answer, redacted.
    Given(Output, How),
    /// None, and in which way.
    Missing {
        /// Asked and not answered, or not asked.
        absence: Absence,
        /// Why, in words.
        why: String,
    },
}

/// One question and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The question's name: who was asked, and which time.
    pub specialist: String,
    /// True if the decision needs it.
    pub required: bool,
    /// What came.
    pub answer: Answer,
}

/// Everything that the gate looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The incident's window.
    pub window: Window,
    /// What routed; weighs nothing.
    pub memory: Vec<MemoryUse>,
    /// What would explain it.
    pub hypotheses: Vec<Hypothesis>,
    /// Claims, by name.
    pub findings: Vec<Finding>,
    /// What they were seen by, by name.
    pub receipts: Vec<Receipt>,
    /// Queries that could have refuted something.
    pub controls: Vec<Control>,
    /// What was not looked at.
    pub gaps: Vec<Gap>,
    /// Actions that want an approval of their own.
    pub requests: Vec<Wanted>,
    /// Answers in the specialists' own units.
    pub cost_units: u32,
}

impl Evidence {
    /// The receipt of that name.
    pub fn receipt(&self, id: &str) -> Option<&Receipt> {
        self.receipts.iter().find(|it| it.id == id)
    }

    /// The claim of that name.
    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings.iter().find(|it| it.id == id)
    }

    /// The receipts of a claim.
    pub fn receipts_of<'a>(&'a self, finding: &'a Finding) -> impl Iterator<Item = &'a Receipt> {
        finding.receipts.iter().filter_map(|id| self.receipt(id))
    }

    /// True if the runner saw it itself, of the incident's time, and not in the
    /// memory.
    pub fn is_proven(&self, finding: &Finding) -> bool {
        self.receipts_of(finding).any(|receipt| self.counts(finding, receipt))
    }

    /// True if the runner made it happen again itself, whenever it did so: that
    /// is another time than the incident's.
    pub fn is_reproduced(&self, finding: &Finding) -> bool {
        let is_seen = |receipt: &Receipt| {
            receipt.how == How::Captured
                && !receipt.is_memory()
                && receipt.window.holds(finding.observed_at)
        };
        finding.kind == FindingKind::Reproduction && self.receipts_of(finding).any(is_seen)
    }

    /// True if a receipt of a claim is worth anything: what was asked about
    /// another time than the claim's says nothing of it.
    pub fn counts(&self, finding: &Finding, receipt: &Receipt) -> bool {
        receipt.how == How::Captured
            && !receipt.is_memory()
            && self.window.holds(finding.observed_at)
            && receipt.window.holds(finding.observed_at)
    }
}
