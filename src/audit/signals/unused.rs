//! No answer led to the page, and nobody read it, on this machine.

use super::archive;
use crate::audit::case::Case;
use crate::audit::found::Found;

/// Kinds that are found without being asked for: agents load skills, and
/// decisions stand behind other pages.
const ELSEWHERE: &[&str] = &["adr", "skill", "template"];
/// Questions from which on silence says more.
const MANY: u64 = 100;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    let usage = case.evidence.usage.as_ref().filter(|it| it.is_telling)?;
    let is_elsewhere = ELSEWHERE.contains(&case.facts.kind.as_str());
    let is_old = usage.born.is_some_and(|born| case.days_since(born) >= usage.days);
    if usage.routed + usage.opened > 0 || !is_old || is_elsewhere || case.page.adr.is_some() {
        return None;
    }
    if case.is_out_of_use() || case.is_record() {
        return None;
    }
    let why = format!(
        "no answer led to it and nobody read it on this machine in {} days, in {} questions",
        usage.days, usage.questions
    );
    let edit = format!("edit aliases: and signals: in {}", case.typed());
    let sure = if usage.questions < MANY { 30 } else { 60 };
    let found = Found::of(why, format!("unused {}", case.page.path)).sure(sure);
    Some(found.here().since(usage.days).settle([edit, archive(case)]))
}
