//! `unowned`: nobody, or nobody who is still there.

use super::some;
use crate::audit::case::Case;
use crate::audit::found::Found;

/// Somebody may be there without a commit.
const DEPARTED: u8 = 80;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    if case.facts.archived || case.is_record() {
        return None;
    }
    let owners = &case.facts.owner;
    if owners.is_empty() {
        let found = Found::of("nobody owns it", "nobody");
        return Some(found.settle(["prode lint --rule owner-missing --all".to_owned()]));
    }
    let departed = &case.evidence.departed;
    if departed.len() < owners.len() {
        return None;
    }
    let names: Vec<String> = departed
        .iter()
        .map(|(name, last)| match last {
            Some(day) => format!("{name} (last commit {day})"),
            None => name.clone(),
        })
        .collect();
    let last = departed.iter().filter_map(|it| it.1).max();
    let why = format!(
        "its owner {} is in neither CODEOWNERS nor people:, nor in recent history",
        some(&names, 2)
    );
    let found = Found::of(why, owners.join("\n")).sure(DEPARTED);
    let found = found.since(last.map_or(0, |day| case.days_since(day)));
    Some(found.settle([format!("edit owner: in {}", case.typed())]))
}
