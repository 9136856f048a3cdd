//! Answers put together: the same ones make the same evidence, in whatever order
//! they came.

use std::collections::BTreeSet;

use super::{
    Absence, Answer, Answered, Control, Evidence, Finding, Gap, How, Hypothesis, MemoryUse, Receipt,
};
use crate::canonical::digest;
use crate::triage::output::{AskedQuery, GivenFinding, GivenReceipt, Output, QueryResult};
use crate::triage::window::Window;

impl Evidence {
    /// Puts answers together; their order does not matter.
    pub fn of(
        window: Window,
        memory: Vec<MemoryUse>,
        hypotheses: Vec<Hypothesis>,
        mut answered: Vec<Answered>,
    ) -> Self {
        answered.sort_by(|a, b| a.specialist.cmp(&b.specialist));
        let mut evidence = Self {
            window,
            memory,
            hypotheses,
            findings: Vec::new(),
            receipts: Vec::new(),
            controls: Vec::new(),
            gaps: Vec::new(),
            requests: Vec::new(),
            cost_units: 0,
        };
        for it in answered {
            evidence.add(it);
        }
        evidence.say_strangers();
        // Pages stay in their order: the best one first.
        let mut read = BTreeSet::new();
        evidence.memory.retain(|page| read.insert(page.clone()));
        evidence.hypotheses.sort();
        evidence.controls.sort();
        evidence.gaps.sort();
        evidence.requests.sort();
        evidence.requests.dedup();
        evidence
    }

    /// What speaks for or against something that nobody named cannot be weighed,
    /// and is said.
    fn say_strangers(&mut self) {
        let is_known = |name: &String| self.hypotheses.iter().any(|it| it.id == *name);
        let strange = self.findings.iter().flat_map(|finding| {
            let names = finding.supports.iter().chain(&finding.refutes);
            names.filter(|name| !is_known(name)).map(move |name| (finding, name.clone()))
        });
        let gaps = strange.map(|(finding, name)| Gap {
            specialist: finding.id.split('/').next().unwrap_or_default().to_owned(),
            what: format!("{} names an explanation that nobody weighs: {name}", finding.id),
            absence: Absence::NotSearched,
            required: false,
        });
        let gaps: Vec<Gap> = gaps.collect();
        self.gaps.extend(gaps);
    }

    fn add(&mut self, answered: Answered) {
        let Answered { specialist, required, answer } = answered;
        match answer {
            Answer::Missing { absence, why } => {
                self.gaps.push(Gap { specialist, what: why, absence, required });
            }
            Answer::Given(output, how) => self.add_output(&specialist, required, output, how),
        }
    }

    fn add_output(&mut self, specialist: &str, required: bool, output: Output, how: How) {
        let Output { queries, mut findings, gaps, requests, cost_units, .. } = output;
        for query in queries {
            self.add_query(specialist, required, query, how);
        }
        findings.sort_by(|a, b| a.id.cmp(&b.id));
        for finding in findings {
            self.add_finding(specialist, finding, how);
        }
        self.gaps.extend(gaps.into_iter().map(|gap| Gap {
            specialist: specialist.to_owned(),
            what: gap.what,
            absence: gap.absence,
            required: gap.required,
        }));
        self.requests.extend(requests);
        self.cost_units = self.cost_units.saturating_add(cost_units);
    }

    /// A query is a control if a hit of it would have refuted something; one
    /// that was not answered, or not for that time, is a gap.
    fn add_query(&mut self, specialist: &str, required: bool, query: AskedQuery, how: How) {
        let result = told(&query);
        if let Some(absence) = result.absence().filter(|it| *it != Absence::Empty) {
            self.gaps.push(Gap {
                specialist: specialist.to_owned(),
                what: format!("{}: {}", query.source, query.query),
                absence,
                required,
            });
        }
        if query.would_refute.is_empty() {
            return;
        }
        let mut would_refute = query.would_refute;
        would_refute.sort();
        would_refute.dedup();
        self.controls.push(Control {
            specialist: specialist.to_owned(),
            source: query.source,
            query: query.query,
            parameters: query.parameters,
            window: query.window,
            result,
            would_refute,
            how,
        });
    }

    fn add_finding(&mut self, specialist: &str, given: GivenFinding, how: How) {
        let mut receipts = given.receipts;
        receipts.sort();
        receipts.dedup();
        let names = receipts.into_iter().map(|it| self.add_receipt(it, how)).collect();
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names.dedup();
            names
        };
        self.findings.push(Finding {
            id: format!("{specialist}/{}", given.id),
            claim: given.claim,
            kind: given.kind,
            supports: sorted(given.supports),
            refutes: sorted(given.refutes),
            receipts: names,
            observed_at: given.observed_at,
        });
    }

    fn add_receipt(&mut self, given: GivenReceipt, how: How) -> String {
        let id = format!("R{}", self.receipts.len() + 1);
        self.receipts.push(Receipt {
            id: id.clone(),
            digest: digest(given.excerpt.as_bytes()),
            source: given.source,
            query: given.query,
            window: given.window,
            at: given.at,
            excerpt: given.excerpt,
            link: given.link,
            how,
        });
        id
    }
}

/// What a query says, whatever it claims: `empty` of a time that the source has
/// no data of is none.
fn told(query: &AskedQuery) -> QueryResult {
    let is_blind = query.covered.is_some_and(|covered| !covered.covers(&query.window));
    match query.result {
        QueryResult::Empty if is_blind => QueryResult::OutsideWindow,
        result => result,
    }
}
