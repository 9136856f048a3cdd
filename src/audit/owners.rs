//! Whether an owner is still there.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::corpus::Rules;

/// What can be said of an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// In a list, or in recent history.
    There,
    /// In no list; in history until this day, or never where none is given.
    Gone(Option<Date>),
    /// A name of which nothing is known: it may be a team's.
    Unknown,
}

/// Looks for `owner` in CODEOWNERS, the people list and history. `last` holds
/// the day of the last commit by every name and address in the form of [`names_of_author`].
pub fn departure(
    owner: &str,
    rules: &Rules,
    last: &BTreeMap<String, Date>,
    today: Date,
    after: i64,
) -> Departure {
    let bare = folded(owner);
    let listed = rules.owners.everybody();
    let is_listed = listed.iter().any(|known| folded(known) == bare);
    if is_listed || rules.people.knows(owner) || rules.people.knows(&bare) {
        return Departure::There;
    }
    let names = [bare.as_str(), bare.split('@').next().unwrap_or_default()];
    let seen = names.iter().filter_map(|name| last.get(*name)).max();
    match seen {
        Some(day) if day.saturating_add(after.days()) >= today => Departure::There,
        Some(day) => Departure::Gone(Some(*day)),
        None if !listed.is_empty() || is_a_person(owner) => Departure::Gone(None),
        None => Departure::Unknown,
    }
}

/// True for a name that only a person has; a team's may look so elsewhere.
fn is_a_person(owner: &str) -> bool {
    owner.starts_with("human:") || owner.trim_start_matches('@').contains('@')
}

/// A name as names are compared: `@Ada`, `human:ada` and `ada` are one; so are
/// `Ada Example` and `ada-example`.
pub(super) fn folded(name: &str) -> String {
    let name = name.trim().trim_start_matches("human:").trim_start_matches('@').to_lowercase();
    name.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The names under which somebody who commits is known.
pub fn names_of_author(name: &str, email: &str) -> Vec<String> {
    let email = email.to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    // `123+ada@users.noreply.github.com`
    let local = local.rsplit('+').next().unwrap_or_default().to_owned();
    let mut names = vec![folded(name), email, local];
    names.retain(|name| !name.is_empty());
    names
}
