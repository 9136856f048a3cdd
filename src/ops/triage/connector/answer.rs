//! An answer while it is put together.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::triage::output::{
    Absence, AskedQuery, FindingKind, GivenFinding, GivenGap, GivenReceipt, Output, QueryResult,
    Request, Wanted,
};
use crate::triage::window::Window;

/// Characters of one line of an excerpt.
const LONGEST_LINE: usize = 300;

/// Lines of an excerpt.
const MOST_LINES: usize = 8;

/// What is put together.
pub(in crate::ops::triage) struct Answer<'a> {
    name: &'static str,
    request: &'a Request,
    now: Timestamp,
    output: Output,
}

/// One question as it was asked.
#[derive(Clone)]
pub(in crate::ops::triage) struct Query {
    /// The part of the service that is asked: `cloudwatch`, `logs`.
    pub(in crate::ops::triage) of: &'static str,
    pub(in crate::ops::triage) text: String,
    pub(in crate::ops::triage) parameters: Vec<(&'static str, String)>,
    pub(in crate::ops::triage) window: Window,
}

/// What a finding says.
pub(in crate::ops::triage) struct Found {
    pub(in crate::ops::triage) claim: String,
    pub(in crate::ops::triage) kind: FindingKind,
    pub(in crate::ops::triage) supports: Vec<String>,
    pub(in crate::ops::triage) refutes: Vec<String>,
    pub(in crate::ops::triage) excerpt: Vec<String>,
    pub(in crate::ops::triage) at: Timestamp,
    /// Where a person can see it.
    pub(in crate::ops::triage) link: Option<String>,
}

impl Found {
    /// Something that was seen and speaks for nothing by itself.
    pub(in crate::ops::triage) fn plain(
        claim: String,
        excerpt: Vec<String>,
        at: Timestamp,
    ) -> Self {
        let kind = FindingKind::Observation;
        Self { claim, kind, supports: Vec::new(), refutes: Vec::new(), excerpt, at, link: None }
    }
}

impl<'a> Answer<'a> {
    pub(in crate::ops::triage) fn to(
        name: &'static str,
        request: &'a Request,
        now: Timestamp,
    ) -> Self {
        let output = Output::to(&request.question);
        Self { name, request, now, output }
    }

    /// The incident's own window.
    pub(in crate::ops::triage) fn incident(&self) -> Window {
        self.request.window
    }

    /// A question and what came of it. `covered` is the time that the service has data
    /// of, where it has not all.
    pub(in crate::ops::triage) fn asked(
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
            source: self.source(query),
            query: query.text.clone(),
            parameters,
            window: query.window,
            result,
            covered,
            would_refute: would_refute.to_vec(),
        });
    }

    /// What a question was answered with, as a claim.
    pub(in crate::ops::triage) fn found(&mut self, query: &Query, found: Found) {
        let lines = found.excerpt.iter().take(MOST_LINES).map(|line| short(line));
        let receipt = GivenReceipt {
            source: self.source(query),
            query: query.text.clone(),
            window: query.window,
            at: self.now,
            excerpt: lines.collect::<Vec<_>>().join("\n"),
            link: found.link,
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
    pub(in crate::ops::triage) fn gap(&mut self, what: String, absence: Absence, required: bool) {
        self.output.gaps.push(GivenGap { what, absence, required });
    }

    /// A question that came to nothing, and why.
    pub(in crate::ops::triage) fn missed(&mut self, query: &Query, absence: Absence, why: &str) {
        let result = match absence {
            Absence::Empty => QueryResult::Empty,
            Absence::Error => QueryResult::Error,
            Absence::NotSearched => QueryResult::NotSearched,
            Absence::OutsideWindow => QueryResult::OutsideWindow,
        };
        self.asked(query, result, None, &[]);
        self.gap(short(&format!("{}: {why}", query.text)), absence, false);
    }

    /// Something that somebody should approve; the same once.
    pub(in crate::ops::triage) fn wanted(&mut self, wanted: Wanted) {
        if !self.output.requests.contains(&wanted) {
            self.output.requests.push(wanted);
        }
    }

    /// What it cost, in units that the specialist's page tells of.
    pub(in crate::ops::triage) fn cost(&mut self, units: usize) {
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        self.output.cost_units = self.output.cost_units.saturating_add(units);
    }

    fn source(&self, query: &Query) -> String {
        format!("{}:{}", self.name, query.of)
    }

    /// Where a person would look next; the first one that is said stays.
    pub(in crate::ops::triage) fn pivot(&mut self, pivot: String) {
        self.output.next_pivot.get_or_insert(pivot);
    }

    pub(in crate::ops::triage) fn done(self) -> Output {
        self.output
    }
}

/// One line, not too long.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = line.chars().filter(|it| !it.is_control());
    clean.take(LONGEST_LINE).collect()
}
