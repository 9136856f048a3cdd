//! The explanation that a decision rests on: the one that stands, or none.

use super::{Bar, State, Weighed};
use crate::triage::class::{Classification, Decision, Kind};
use crate::triage::evidence::Evidence;
use crate::triage::output::FindingKind;
use crate::triage::reason::Reason;

/// The explanation that a decision rests on.
pub(super) struct Standing {
    /// Its name, and those of what caused it.
    pub(super) hypotheses: Vec<String>,
    pub(super) class: Classification,
    pub(super) rule: Decision,
    pub(super) claims: Vec<String>,
    pub(super) is_fault_here: bool,
    pub(super) is_refuted: bool,
}

/// What a coordinator chose, else the one explanation that stands.
pub(super) fn stand(
    evidence: &Evidence,
    hypotheses: &[Weighed],
    bar: &Bar,
) -> (Option<Standing>, Vec<Reason>) {
    let speaking: Vec<&Weighed> = hypotheses.iter().filter(|it| speaks(it)).collect();
    let (weighed, claims) = match &bar.chosen {
        Some(chosen) => {
            let named = hypotheses.iter().find(|it| it.hypothesis.id == chosen.hypothesis);
            (named, chosen.claims.clone())
        }
        None if compete(&speaking) => return (None, vec![Reason::Competing]),
        None => {
            let data = speaking.iter().find(|it| is_data(it)).or(speaking.first()).copied();
            let claims = data.map(|it| observed(evidence, &it.supported_by));
            (data, claims.unwrap_or_default())
        }
    };
    match weighed.and_then(|it| Some((it, standing(evidence, it, claims, hypotheses)?))) {
        // To choose is no reason why the others would not hold.
        Some((one, standing)) if compete(&[speaking, vec![one]].concat()) => {
            (Some(standing), vec![Reason::Competing])
        }
        Some((_, standing)) => (Some(standing), Vec::new()),
        None => (None, vec![Reason::Unknown]),
    }
}

/// True where two of them cannot both hold. Wrong data and what made it can.
fn compete(speaking: &[&Weighed]) -> bool {
    let is_cause = |it: &Weighed| Kind::named(&it.hypothesis.kind).is_some_and(Kind::is_fault_here);
    let agree = |one: &Weighed, other: &Weighed| {
        one.hypothesis.kind == other.hypothesis.kind
            || (is_data(one) && is_cause(other))
            || (is_cause(one) && is_data(other))
    };
    speaking.iter().any(|one| speaking.iter().any(|other| !agree(one, other)))
}

fn is_data(weighed: &Weighed) -> bool {
    Kind::named(&weighed.hypothesis.kind).is_some_and(|it| it.class == Classification::DataState)
}

/// Claims that say what was so. A change and a reproduction are worth something
/// beside them, and are no such claim themselves.
fn observed(evidence: &Evidence, claims: &[String]) -> Vec<String> {
    let is =
        |id: &&String| evidence.finding(id).is_some_and(|it| it.kind == FindingKind::Observation);
    let observed: Vec<String> = claims.iter().filter(is).cloned().collect();
    if observed.is_empty() { claims.to_vec() } else { observed }
}

fn speaks(weighed: &Weighed) -> bool {
    matches!(weighed.state, State::Supported | State::Contradicted)
}

/// A hypothesis as what is decided on. Wrong data is a change of this repository
/// only where what made it is one, and then it rests on that too.
fn standing(
    evidence: &Evidence,
    weighed: &Weighed,
    mut claims: Vec<String>,
    all: &[Weighed],
) -> Option<Standing> {
    let kind = Kind::named(&weighed.hypothesis.kind)?;
    let mut rule = kind.rule;
    let mut is_fault_here = false;
    let mut hypotheses = vec![weighed.hypothesis.id.clone()];
    if kind.class == Classification::DataState {
        let causes = all.iter().filter(|it| speaks(it));
        for cause in causes {
            if Kind::named(&cause.hypothesis.kind).is_some_and(Kind::is_fault_here) {
                (rule, is_fault_here) = (Decision::Pr, true);
                claims.extend(observed(evidence, &cause.supported_by));
                hypotheses.push(cause.hypothesis.id.clone());
            }
        }
    }
    claims.sort();
    claims.dedup();
    let is_refuted = !weighed.refuted_by.is_empty();
    Some(Standing { hypotheses, class: kind.class, rule, claims, is_fault_here, is_refuted })
}
