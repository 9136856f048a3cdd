//! The gate, by a table of cases that differ from a sufficient one in one
//! thing each, and by laws over random evidence.

pub(crate) mod case;
mod claims;
mod controls;
mod kinds;
mod laws;
mod limits;
mod random;
mod replies;
mod written;

use std::collections::BTreeSet;
use std::fmt::Write;

use prode::triage::class::{Classification, Decision};
use prode::triage::reason::Reason;

use case::Case;

/// One case, and what the gate has to say of it.
struct Row {
    name: &'static str,
    /// What differs from a sufficient case.
    change: fn(&mut Case),
    decision: Decision,
    classification: Classification,
    confidence: u8,
    reasons: &'static [Reason],
    /// Actions that wait for an approval of their own.
    waiting: usize,
}

/// A change of this repository.
const fn pr(
    name: &'static str,
    change: fn(&mut Case),
    confidence: u8,
    reasons: &'static [Reason],
) -> Row {
    decided(name, change, Decision::Pr, Classification::AppRegression, confidence, reasons)
}

/// Too little for what it is.
const fn stop(
    name: &'static str,
    change: fn(&mut Case),
    confidence: u8,
    reasons: &'static [Reason],
) -> Row {
    decided(name, change, Decision::Stop, Classification::AppRegression, confidence, reasons)
}

/// Nothing that it is.
const fn unknown(name: &'static str, change: fn(&mut Case), reasons: &'static [Reason]) -> Row {
    decided(name, change, Decision::Stop, Classification::Unknown, 0, reasons)
}

const fn decided(
    name: &'static str,
    change: fn(&mut Case),
    decision: Decision,
    classification: Classification,
    confidence: u8,
    reasons: &'static [Reason],
) -> Row {
    Row { name, change, decision, classification, confidence, reasons, waiting: 0 }
}

impl Row {
    const fn waiting(mut self, actions: usize) -> Self {
        self.waiting = actions;
        self
    }

    /// What the gate says instead.
    fn fault(&self) -> Option<String> {
        let mut case = Case::sufficient();
        (self.change)(&mut case);
        let said = case.verdict();
        let is = (said.decision, said.classification, said.confidence.value);
        let holds = is == (self.decision, self.classification, self.confidence)
            && said.reasons == self.reasons
            && said.waiting.len() == self.waiting;
        let (value, waiting) = (said.confidence.value, said.waiting.len());
        (!holds).then(|| {
            let codes = codes(&said.reasons);
            format!(
                "{}: {} {} {value} {codes}, {waiting} waiting",
                self.name, said.decision, said.classification
            )
        })
    }
}

/// Every case, of all files.
fn rows() -> impl Iterator<Item = &'static Row> {
    [kinds::ROWS, claims::ROWS, controls::ROWS, limits::ROWS].into_iter().flatten()
}

fn codes(reasons: &[Reason]) -> String {
    reasons.iter().map(|it| it.code()).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_case_is_decided_as_the_table_says() {
    let rows: Vec<&Row> = rows().collect();
    let mut table = String::new();
    for row in &rows {
        let Row { name, decision, classification, confidence, reasons, .. } = row;
        let (decision, classification) = (decision.to_string(), classification.to_string());
        let codes = codes(reasons);
        let _ = writeln!(
            table,
            "{name:<66} {decision:<8} {classification:<15} {confidence:>3}  {codes}"
        );
    }
    println!("{table}{} cases", rows.len());
    let faults: Vec<String> = rows.iter().filter_map(|row| row.fault()).collect();
    assert_eq!(faults, [""; 0]);
    assert!(rows.len() >= 80);
    let names: BTreeSet<&str> = rows.iter().map(|it| it.name).collect();
    assert_eq!(names.len(), rows.len(), "two rows have one name");
}

/// A person reads the one, an agent the other.
#[test]
fn every_reason_is_explained_to_people_and_to_agents() {
    let pages = [
        ("wiki/triage.md", include_str!("../../../wiki/triage.md")),
        (
            "skills/prode-triage/references/evidence.md",
            include_str!("../../../skills/prode-triage/references/evidence.md"),
        ),
    ];
    for (path, page) in pages {
        let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split('|').next());
        let explained: String = rows.collect();
        let left = Reason::ALL.iter().filter(|it| !explained.contains(&format!("`{}`", it.code())));
        let left: Vec<&str> = left.map(|it| it.code()).collect();
        assert!(left.is_empty(), "{path} does not say what {left:?} means");
    }
}

#[test]
fn every_reason_and_every_decision_is_met_in_the_table() {
    let met: BTreeSet<Reason> = rows().flat_map(|it| it.reasons).copied().collect();
    let unmet: Vec<&Reason> = Reason::ALL.iter().filter(|it| !met.contains(it)).collect();
    assert!(unmet.is_empty(), "{unmet:?}");
}
