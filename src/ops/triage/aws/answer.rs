//! An answer while it is put together.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::NAME;
use crate::triage::output::{
    Absence, AskedQuery, FindingKind, GivenFinding, GivenGap, GivenReceipt, Output, QueryResult,
    Request,
};
use crate::triage::window::Window;

/// Characters of one line of an excerpt.
const LONGEST_LINE: usize = 300;

/// Lines of an excerpt.
const MOST_LINES: usize = 8;

/// What is put together.
pub(super) struct Answer<'a> {
    request: &'a Request,
    now: Timestamp,
    output: Output,
}

/// One question as it was asked.
#[derive(Clone)]
pub(super) struct Query {
    /// Of AWS: `cloudwatch`, `logs`.
    pub(super) of: &'static str,
    pub(super) text: String,
    pub(super) parameters: Vec<(&'static str, String)>,
    pub(super) window: Window,
}

/// What a finding says.
pub(super) struct Found {
    pub(super) claim: String,
    pub(super) kind: FindingKind,
    pub(super) supports: Vec<String>,
    pub(super) refutes: Vec<String>,
    pub(super) excerpt: Vec<String>,
    pub(super) at: Timestamp,
}

impl Found {
    /// Something that was seen and speaks for nothing by itself.
    pub(super) fn plain(claim: String, excerpt: Vec<String>, at: Timestamp) -> Self {
        let kind = FindingKind::Observation;
        Self { claim, kind, supports: Vec::new(), refutes: Vec::new(), excerpt, at }
    }
}

impl<'a> Answer<'a> {
    pub(super) fn to(request: &'a Request, now: Timestamp) -> Self {
        let output = Output::to(&request.question);
        Self { request, now, output }
    }

    /// The incident's own window.
    pub(super) fn incident(&self) -> Window {
        self.request.window
    }

    /// A question and what came of it. `covered` is the time that AWS has data of,
    /// where it has not all.
    pub(super) fn asked(
        &mut self,
        query: &Query,
        result: QueryResult,
        covered: Option<Window>,
        would_refute: &[String],
    ) {
        let parameters = query.parameters.iter();
        let parameters: BTreeMap<String, String> =
            parameters.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.output.queries.push(AskedQuery {
            source: source(query),
            query: query.text.clone(),
            parameters,
            window: query.window,
            result,
            covered,
            would_refute: would_refute.to_vec(),
        });
    }

    /// What a question was answered with, as a claim.
    pub(super) fn found(&mut self, query: &Query, found: Found) {
        let lines = found.excerpt.iter().take(MOST_LINES).map(|line| short(line));
        let receipt = GivenReceipt {
            source: source(query),
            query: query.text.clone(),
            window: query.window,
            at: self.now,
            excerpt: lines.collect::<Vec<_>>().join("\n"),
            link: None,
        };
        self.output.findings.push(GivenFinding {
            id: format!("C{}", self.output.findings.len() + 1),
            claim: short(&found.claim),
            kind: found.kind,
            supports: found.supports,
            refutes: found.refutes,
            receipts: vec![receipt],
            observed_at: found.at,
        });
    }

    /// Something that is not known.
    pub(super) fn gap(&mut self, what: String, absence: Absence, required: bool) {
        self.output.gaps.push(GivenGap { what, absence, required });
    }

    /// A question that came to nothing, and why.
    pub(super) fn missed(&mut self, query: &Query, absence: Absence, why: &str) {
        let result = match absence {
            Absence::Empty => QueryResult::Empty,
            Absence::Error => QueryResult::Error,
            Absence::NotSearched => QueryResult::NotSearched,
            Absence::OutsideWindow => QueryResult::OutsideWindow,
        };
        self.asked(query, result, None, &[]);
        self.gap(short(&format!("{}: {why}", query.text)), absence, false);
    }

    /// What it cost: one for each page of logs, and for each ten metrics.
    pub(super) fn cost(&mut self, units: usize) {
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        self.output.cost_units = self.output.cost_units.saturating_add(units);
    }

    /// Where a person would look next; the first one that is said stays.
    pub(super) fn pivot(&mut self, pivot: String) {
        self.output.next_pivot.get_or_insert(pivot);
    }

    pub(super) fn done(self) -> Output {
        self.output
    }
}

fn source(query: &Query) -> String {
    format!("{NAME}:{}", query.of)
}

/// One line, not too long.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = line.chars().filter(|it| !it.is_control());
    clean.take(LONGEST_LINE).collect()
}
