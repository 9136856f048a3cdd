//! `broken`: a link, a cited file or an alert that is gone.

use super::some;
use crate::audit::case::Case;
use crate::audit::found::Found;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    let flaws = &case.evidence.flaws;
    if case.facts.archived || flaws.is_empty() {
        return None;
    }
    let mut messages: Vec<String> = flaws.iter().map(|it| it.message.clone()).collect();
    messages.dedup();
    let mut settle: Vec<String> = Vec::new();
    for flaw in flaws {
        if !settle.contains(&flaw.settle) {
            settle.push(flaw.settle.clone());
        }
    }
    let confidence = flaws.iter().map(|it| it.confidence).max().unwrap_or(100);
    let of = messages.join("\n");
    Some(Found::of(some(&messages, 2), of).sure(confidence).settle(settle))
}
