//! `duplicate`: one of two pages will be kept up, and the other will mislead.

use super::{archive, some};
use crate::audit::case::Case;
use crate::audit::found::Found;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    let flaws = &case.evidence.duplicates;
    if case.is_out_of_use() || flaws.is_empty() {
        return None;
    }
    let messages: Vec<String> = flaws.iter().map(|it| it.message.clone()).collect();
    let confidence = flaws.iter().map(|it| it.confidence).max().unwrap_or(100);
    let found = Found::of(some(&messages, 2), messages.join("\n")).sure(confidence);
    Some(found.settle([archive(case)]))
}
