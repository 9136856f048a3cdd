//! Which pages filters leave.

use crate::corpus::{Facts, Page};
use crate::routing::query::Filters;
use crate::workspace::Memory;

/// True if every filter that is given leaves the page; of the values of one, any
/// is enough. Case tells nothing apart.
pub(super) fn passes(memory: &Memory, filters: &Filters, page: &Page, facts: &Facts) -> bool {
    let any = |wanted: &[String], has: &dyn Fn(&str) -> bool| {
        wanted.is_empty() || wanted.iter().any(|one| has(one))
    };
    let holds = |list: &[String], one: &str| list.iter().any(|it| it.eq_ignore_ascii_case(one));
    any(&filters.kinds, &|kind| facts.kind.eq_ignore_ascii_case(kind))
        && any(&filters.statuses, &|status| facts.status.eq_ignore_ascii_case(status))
        && any(&filters.owners, &|owner| memory.rules.is_owned_by(facts, owner))
        && any(&filters.services, &|service| holds(&page.front.services, service))
        && any(&filters.tags, &|tag| holds(&page.front.tags, tag))
}
