//! What `audit` answers, as scripts read it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::skip::Skip;
use crate::audit::{Aside, Changed, Finding, PastQuarter, Risk, Tally};

/// Everything that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.audit/v1`.
    pub schema: String,
    /// The commit that was looked at; null where there is none.
    pub commit: Option<String>,
    /// What that commit is to people: the trunk's name, or what was typed.
    pub revision: String,
    /// The commit of the inbox; null where there is no inbox.
    pub inbox: Option<String>,
    /// The day of the answer.
    pub as_of: String,
    /// The quarter of that day, such as `2026Q4`.
    pub quarter: String,
    /// The revision whose difference is looked at; null where everything is.
    pub against: Option<String>,
    /// What this machine alone knows, which other clones don't; only with `--local`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<Local>,
    /// Pages that were looked at.
    pub checked: usize,
    /// What was not looked at, and why.
    pub skipped: Vec<Skipped>,
    /// The riskiest first.
    pub findings: Vec<Item>,
    /// Findings that people dismissed, which are not among them.
    pub dismissed: usize,
    /// What became of the findings of earlier quarters; null where none had any,
    /// the next one has not ended, or a large memory was not asked for it.
    pub precision: Option<Past>,
    /// The past quarters, the oldest first; empty where they were not asked for.
    pub trend: Vec<OfQuarter>,
}

/// What this machine counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Local {
    /// The day (UTC) from which on everything was counted; null where nothing was.
    pub since: Option<String>,
    /// Days that are looked at.
    pub days: i64,
    /// Questions that were asked in these days.
    pub questions: u64,
    /// Clones of other repositories that pages describe, and that were looked at.
    pub repositories: Vec<Clone>,
}

/// A clone on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Clone {
    /// By host and path, as the page names it.
    pub repository: String,
    /// The commit of its trunk that was looked at.
    pub commit: String,
    /// That commit's day (UTC).
    pub day: String,
}

/// Something that was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// A page, a signal or a part of history.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// `A-` and eight hexadecimal digits, for `prode dismiss`.
    pub id: String,
    /// The page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// Which signal.
    pub signal: String,
    /// True for what only this machine knows; absent elsewhere.
    #[serde(default, skip_serializing_if = "is_false")]
    pub local: bool,
    /// Who owns the page; empty where nobody does.
    pub owner: Vec<String>,
    /// Points: the sum of `points`.
    pub risk: u32,
    /// The parts of the risk.
    pub points: Points,
    /// What is known, in one sentence.
    pub why: String,
    /// Files that changed, those with the most lines, by path.
    pub changed: Vec<File>,
    /// How many files changed, those that are not in `changed` too.
    pub changed_total: usize,
    /// Commands that settle it; the first is the usual one.
    pub settle: Vec<String>,
    /// How sure it is, in per cent.
    pub confidence: u8,
    /// The digest of what it is about: while that stays, a dismissal holds.
    pub of: String,
}

/// The parts of a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Points {
    /// For the signal, as far as it is sure.
    pub signal: u32,
    /// For what hangs on pages of this kind.
    pub kind: u32,
    /// For how much changed.
    pub size: u32,
    /// For how long.
    pub age: u32,
    /// For the pages that lead here.
    pub links: u32,
    /// For the answers that led here on this machine; only with `--local`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traffic: Option<u32>,
}

/// A file that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct File {
    /// The repository, by host and path, where it is not this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// Where it is, or was.
    pub path: String,
    /// `changed`, `added`, `removed` or `moved`.
    pub how: String,
    /// Where it went, where it moved with the same content.
    pub moved_to: Option<String>,
    /// Lines that came.
    pub added: u64,
    /// Lines that went.
    pub removed: u64,
    /// Commits that changed it since, the newest first.
    pub commits: Vec<String>,
    /// Their authors, each once, in that order.
    pub authors: Vec<String>,
}

/// What became of findings within the quarter after the one they were found in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Past {
    /// The quarters that are counted.
    pub quarters: Vec<String>,
    /// All of them.
    pub findings: usize,
    /// Led to a change, a review or an archive of their page.
    pub settled: usize,
    /// Were dismissed.
    pub dismissed: usize,
    /// Nobody touched.
    pub untouched: usize,
    /// Settled among those that were settled or dismissed, in per cent; null
    /// where there are none.
    pub precision: Option<u8>,
}

/// One past quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfQuarter {
    /// Which.
    pub quarter: String,
    /// The day that was looked from: its last, or today.
    pub as_of: String,
    /// The commit that was the trunk then; null where there was none yet.
    pub commit: Option<String>,
    /// Pages then.
    pub checked: usize,
    /// Findings then.
    pub findings: usize,
    /// Findings then, by signal.
    pub by_signal: std::collections::BTreeMap<String, usize>,
    /// What became of them within the next quarter; null while that has not ended.
    pub fate: Option<Past>,
}

impl Answer {
    /// Past quarters as charts draw them; none where the trunk did not exist yet.
    pub fn past_quarters(&self) -> Vec<PastQuarter> {
        let past = |it: &OfQuarter| PastQuarter {
            quarter: it.quarter.clone(),
            findings: it.findings,
            settled: it.fate.as_ref().map(|it| it.settled),
            dismissed: it.fate.as_ref().map(|it| it.dismissed),
        };
        self.trend.iter().filter(|it| it.commit.is_some()).map(past).collect()
    }
}

impl Past {
    /// What became of the findings, in a sentence.
    pub fn in_words(&self) -> String {
        let quarters = match self.quarters.as_slice() {
            [one] => one.clone(),
            [first, .., last] => format!("{first} to {last}"),
            [] => "earlier quarters".to_owned(),
        };
        let judged = self.precision.map_or_else(
            || "nobody judged any".to_owned(),
            |it| format!("{it} % of those that somebody judged"),
        );
        format!(
            "of {} in {quarters}: {} settled, {} dismissed, {} untouched; {judged}",
            crate::ops::counted(self.findings, "finding"),
            self.settled,
            self.dismissed,
            self.untouched
        )
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

pub(super) fn item(finding: &Finding) -> Item {
    let Risk { signal, kind, size, age, links, traffic } = finding.risk;
    Item {
        id: finding.id.clone(),
        path: finding.path.text().into_owned(),
        title: finding.title.clone(),
        kind: finding.kind.clone(),
        signal: finding.signal.to_owned(),
        local: finding.local,
        owner: finding.owner.clone(),
        risk: finding.risk.total(),
        points: Points { signal, kind, size, age, links, traffic },
        why: finding.why.clone(),
        changed: finding.changed.iter().map(file).collect(),
        changed_total: finding.changed_total,
        settle: finding.settle.clone(),
        confidence: finding.confidence,
        of: finding.of.clone(),
    }
}

fn file(changed: &Changed) -> File {
    let (how, moved_to) = match &changed.how {
        Aside::Changed => ("changed", None),
        Aside::Added => ("added", None),
        Aside::Removed => ("removed", None),
        Aside::MovedTo(path) => ("moved", Some(path.text().into_owned())),
    };
    File {
        repository: changed.repository.clone(),
        path: changed.path.text().into_owned(),
        how: how.to_owned(),
        moved_to,
        added: changed.added,
        removed: changed.removed,
        commits: changed.commits.iter().map(ToString::to_string).collect(),
        authors: changed.authors.clone(),
    }
}

pub(super) fn skipped(skips: impl IntoIterator<Item = Skip>) -> Vec<Skipped> {
    skips.into_iter().map(|it| Skipped { what: it.what, reason: it.why }).collect()
}

pub(super) fn past(quarters: Vec<String>, tally: Tally) -> Past {
    let Tally { findings, settled, dismissed, untouched } = tally;
    Past { quarters, findings, settled, dismissed, untouched, precision: tally.precision() }
}
