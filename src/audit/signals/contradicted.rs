//! `contradicted`: whoever followed the page was misled, and said so.

use super::review;
use crate::audit::case::Case;
use crate::audit::found::Found;

/// Nobody accepted it yet.
const CLAIMED: u8 = 70;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    let misled = &case.evidence.misled;
    let first = misled.first().filter(|_| !case.facts.archived)?;
    let confidence = if misled.iter().any(|it| it.is_accepted) { 100 } else { CLAIMED };
    let more = match misled.len() - 1 {
        0 => String::new(),
        more => format!("; {more} more say so"),
    };
    let run = first.run.as_ref().map(|run| format!(" of run {run}")).unwrap_or_default();
    let why = format!("{}{run} says that it misled: {}{more}", first.id, first.summary);
    let ids: Vec<&str> = misled.iter().map(|it| it.id.as_str()).collect();
    let commands = [
        format!("prode inbox show {}", first.id),
        format!("prode promote {}", first.id),
        review(case),
    ];
    Some(Found::of(why, ids.join("\n")).sure(confidence).settle(commands))
}
