//! Which of the services that may be looked at a ticket is about.

use crate::triage::snapshot::{Extract, Snapshot};

/// Services of one ticket.
const MOST: usize = 5;

/// What may be looked at of one service, as the user's settings have it.
pub(in crate::ops::triage) trait Named {
    /// Everything by which a ticket may mean it.
    fn names(&self) -> Vec<&str>;
}

/// Those that the ticket names: by a value that was recognised in it, or else as a
/// word of its text.
pub(in crate::ops::triage) fn of<'a, R: Named>(ticket: &Snapshot, rows: &'a [R]) -> Vec<&'a R> {
    let sorts = [Extract::Service, Extract::Queue, Extract::Alarm];
    let values: Vec<&String> = sorts.iter().flat_map(|it| ticket.extracted(*it)).collect();
    let is_named = |row: &&R| row.names().iter().any(|name| values.iter().any(|it| is(name, it)));
    let mut found: Vec<&R> = rows.iter().filter(is_named).collect();
    if found.is_empty() {
        let text = ticket.words();
        let is_said = |row: &&R| row.names().iter().any(|name| is_word(&text, name));
        found = rows.iter().filter(is_said).collect();
    }
    found.truncate(MOST);
    found
}

/// True if a name means a value; one that ends in `*` means all that begin so.
fn is(name: &str, value: &str) -> bool {
    match name.strip_suffix('*') {
        Some(start) => !start.is_empty() && value.starts_with(start),
        None => name == value,
    }
}

fn is_word(text: &str, name: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || "-_".contains(it);
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_whole_word() {
        assert!(is_word("queue billing-events, too old", "billing-events"));
        assert!(is_word("billing-events", "billing-events"));
        for other in ["billing-events-dlq is full", "my-billing-events", "billing_events"] {
            assert!(!is_word(other, "billing-events"), "{other}");
        }
        assert!(!is_word("anything", ""));
    }

    #[test]
    fn a_star_means_all_that_begin_so() {
        assert!(is("billing-*", "billing-events") && is("billing", "billing"));
        assert!(!is("billing-*", "other") && !is("*", "anything"));
    }
}
