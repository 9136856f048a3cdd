//! `bus_factor`: what must work at night is known by one person.

use super::review;
use crate::audit::case::Case;
use crate::audit::found::Found;
use crate::corpus::Kind;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    let hands = &case.evidence.hands;
    let is_operational = Kind::named(&case.facts.kind).is_some_and(|kind| kind.operational);
    let alone = hands.first().filter(|_| hands.len() == 1 && is_operational)?;
    if case.is_out_of_use() {
        return None;
    }
    let why = format!("{alone} alone ever wrote, ran or reviewed it");
    let found = Found::of(why, alone.clone()).sure(80);
    Some(found.settle([format!("{} --as SOMEBODY-ELSE", review(case))]))
}
