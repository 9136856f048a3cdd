//! Evidence to decide on: a sufficient case, and the ways in which others
//! differ from it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use prode::triage::evidence::{Answer, Answered, Evidence, How, Hypothesis, MemoryUse};
use prode::triage::gate::{Bar, Chosen, Verdict, evaluate};
use prode::triage::output::{Absence, FindingKind};
use prode::triage::output::{
    AskedQuery, GivenFinding, GivenGap, GivenReceipt, Output, QueryResult, Wanted,
};
use prode::triage::window::Window;

/// What the gate is asked about.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) window: Window,
    pub(crate) memory: Vec<MemoryUse>,
    pub(crate) hypotheses: Vec<Hypothesis>,
    pub(crate) answered: Vec<Answered>,
    pub(crate) bar: Bar,
}

/// A time of the day of the incident.
pub(crate) fn at(clock: &str) -> Timestamp {
    format!("2026-11-03T{clock}:00Z").parse().unwrap()
}

pub(crate) fn window(from: &str, until: &str) -> Window {
    Window { from: at(from), until: at(until) }
}

/// The same hours, a week before.
pub(crate) fn week_before() -> Window {
    let time = |text: &str| text.parse().unwrap();
    Window { from: time("2026-10-27T13:00:00Z"), until: time("2026-10-27T15:00:00Z") }
}

pub(crate) fn incident() -> Window {
    window("13:00", "15:00")
}

/// An answer that says nothing yet.
pub(crate) fn silent() -> Output {
    Output {
        schema: Output::SCHEMA.to_owned(),
        question: "what was seen?".to_owned(),
        queries: Vec::new(),
        findings: Vec::new(),
        gaps: Vec::new(),
        requests: Vec::new(),
        cost_units: 1,
        next_pivot: None,
    }
}

pub(crate) fn query(source: &str, text: &str, result: QueryResult, refutes: &[&str]) -> AskedQuery {
    AskedQuery {
        source: source.to_owned(),
        query: text.to_owned(),
        parameters: BTreeMap::new(),
        window: incident(),
        result,
        covered: None,
        would_refute: refutes.iter().map(|it| (*it).to_owned()).collect(),
    }
}

pub(crate) fn receipt(source: &str, text: &str) -> GivenReceipt {
    GivenReceipt {
        source: source.to_owned(),
        query: text.to_owned(),
        window: incident(),
        at: at("14:50"),
        excerpt: format!("what {source} says"),
        link: None,
    }
}

pub(crate) fn finding(kind: FindingKind, supports: &str, receipt: GivenReceipt) -> GivenFinding {
    GivenFinding {
        id: "F1".to_owned(),
        claim: format!("{} says it", receipt.source),
        kind,
        supports: vec![supports.to_owned()],
        refutes: Vec::new(),
        receipts: vec![receipt],
        observed_at: at("14:05"),
    }
}

/// Somebody who saw it, and looked for what would refute it.
fn seen_by(source: &str) -> Output {
    let mut output = silent();
    output.queries.push(query(source, "errors", QueryResult::Found, &[]));
    let control = query(source, "the same before", QueryResult::Empty, &["app-regression"]);
    output.queries.push(control);
    let seen = receipt(source, "errors");
    output.findings.push(finding(FindingKind::Observation, "app-regression", seen));
    output
}

pub(crate) fn page(cite: &str) -> MemoryUse {
    MemoryUse {
        cite: format!("{cite}@0123456789012345678901234567890123456789"),
        label: "routing memory, not evidence".to_owned(),
        stale: false,
        superseded_by: None,
    }
}

pub(crate) fn wanted() -> Wanted {
    Wanted {
        action: "data-correction".to_owned(),
        what: "UPDATE invoices SET total = 0 WHERE id = 1".to_owned(),
        target: "billing database".to_owned(),
        reason: "it is wrong".to_owned(),
    }
}

impl Case {
    /// Two systems saw it, each looked for what would refute it, and a release
    /// went out just before: 40 + 20 + 20 + 10.
    pub(crate) fn sufficient() -> Self {
        let mut release = silent();
        release.queries.push(query("git", "tags", QueryResult::Found, &[]));
        let change = finding(FindingKind::Change, "app-regression", receipt("git", "tags"));
        release.findings.push(change);
        let mut case = Self {
            window: incident(),
            memory: vec![page("wiki/checkout.md#checkout")],
            hypotheses: Hypothesis::usual(),
            answered: Vec::new(),
            bar: Bar::default(),
        };
        case.add("sentry", seen_by("sentry"), How::Captured);
        case.add("aws", seen_by("aws:cloudwatch"), How::Captured);
        case.add("release", release, How::Captured);
        case.answered[0].required = true;
        case
    }

    /// Two systems see it, and it is something else.
    pub(crate) fn of(hypothesis: &str) -> Self {
        let mut case = Self::sufficient();
        case.rename(&[hypothesis]);
        case
    }

    /// What spoke for the regression speaks for these.
    pub(crate) fn rename(&mut self, hypotheses: &[&str]) {
        let names: Vec<String> = hypotheses.iter().map(|it| (*it).to_owned()).collect();
        for output in self.outputs() {
            output.findings.iter_mut().for_each(|it| it.supports.clone_from(&names));
            let controls = output.queries.iter_mut().filter(|it| !it.would_refute.is_empty());
            controls.for_each(|it| it.would_refute.clone_from(&names));
        }
    }

    pub(crate) fn add(&mut self, specialist: &str, output: Output, how: How) {
        let answer = Answer::Given(output, how);
        self.answered.push(Answered { specialist: specialist.to_owned(), required: false, answer });
    }

    /// Nobody answered.
    pub(crate) fn missing(&mut self, specialist: &str, absence: Absence, required: bool) {
        let answer = Answer::Missing { absence, why: "no answer".to_owned() };
        let specialist = specialist.to_owned();
        self.answered.retain(|it| it.specialist != specialist);
        self.answered.push(Answered { specialist, required, answer });
    }

    pub(crate) fn without(&mut self, specialist: &str) {
        self.answered.retain(|it| it.specialist != specialist);
    }

    pub(crate) fn attest(&mut self, specialist: &str) {
        let row = self.answered.iter_mut().find(|it| it.specialist == specialist).unwrap();
        let Answer::Given(_, how) = &mut row.answer else { panic!("{specialist} says nothing") };
        *how = How::Attested;
    }

    pub(crate) fn output(&mut self, specialist: &str) -> &mut Output {
        let row = self.answered.iter_mut().find(|it| it.specialist == specialist).unwrap();
        let Answer::Given(output, _) = &mut row.answer else { panic!("{specialist} says nothing") };
        output
    }

    pub(crate) fn outputs(&mut self) -> impl Iterator<Item = &mut Output> {
        self.answered.iter_mut().filter_map(|it| match &mut it.answer {
            Answer::Given(output, _) => Some(output),
            Answer::Missing { .. } => None,
        })
    }

    pub(crate) fn finding(&mut self, specialist: &str) -> &mut GivenFinding {
        &mut self.output(specialist).findings[0]
    }

    pub(crate) fn receipt(&mut self, specialist: &str) -> &mut GivenReceipt {
        &mut self.finding(specialist).receipts[0]
    }

    pub(crate) fn control(&mut self, specialist: &str) -> &mut AskedQuery {
        self.controls_of(specialist).next().unwrap()
    }

    fn controls_of(&mut self, specialist: &str) -> impl Iterator<Item = &mut AskedQuery> {
        let queries = self.output(specialist).queries.iter_mut();
        queries.filter(|it| !it.would_refute.is_empty())
    }

    /// The controls of both who saw it.
    pub(crate) fn each_control(&mut self, change: impl Fn(&mut AskedQuery)) {
        for name in ["sentry", "aws"] {
            self.controls_of(name).for_each(&change);
        }
    }

    /// What both saw.
    pub(crate) fn each_seen(&mut self, change: impl Fn(&mut GivenFinding)) {
        for name in ["sentry", "aws"] {
            change(self.finding(name));
        }
    }

    pub(crate) fn each_receipt(&mut self, change: impl Fn(&mut GivenReceipt)) {
        self.each_seen(|it| it.receipts.iter_mut().for_each(&change));
    }

    pub(crate) fn gap(&mut self, specialist: &str, absence: Absence, required: bool) {
        let what = "the other half".to_owned();
        self.output(specialist).gaps.push(GivenGap { what, absence, required });
    }

    /// A coordinator's word.
    pub(crate) fn choose(&mut self, hypothesis: &str, claims: &[&str], confidence: Option<u8>) {
        let claims = claims.iter().map(|it| (*it).to_owned()).collect();
        let hypothesis = hypothesis.to_owned();
        self.bar.chosen = Some(Chosen { hypothesis, claims, confidence });
    }

    pub(crate) fn evidence(&self) -> Evidence {
        let (memory, hypotheses) = (self.memory.clone(), self.hypotheses.clone());
        Evidence::of(self.window, memory, hypotheses, self.answered.clone())
    }

    pub(crate) fn verdict(&self) -> Verdict {
        evaluate(&self.evidence(), &self.bar)
    }
}
