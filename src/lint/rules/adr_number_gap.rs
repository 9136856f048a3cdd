//! `adr-number-gap`

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::all;
use super::prelude::*;
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "adr-number-gap",
    family: Family::Adr,
    level: Severity::Info,
    summary: "numbers are missing between those of a log",
    why: "A decision may have been lost in a merge, or a file may have been left out. One finding \
        a log; logs with fewer than three decisions, or with more holes than decisions, have no \
        order to break.",
    repair: "look for the file in other branches, or leave it so and ignore this line with a reason",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut logs: BTreeMap<RepoPath, BTreeMap<u32, &RepoPath>> = BTreeMap::new();
    for (page, record) in all(context) {
        if let Some(number) = record.number {
            logs.entry(context.catalogue.log_of(&page.path))
                .or_default()
                .insert(number, &page.path);
        }
    }
    for numbers in logs.values().filter(|numbers| numbers.len() >= 3) {
        let (first, last) =
            (*numbers.keys().min().unwrap_or(&0), *numbers.keys().max().unwrap_or(&0));
        let count = usize::try_from(last - first + 1).unwrap_or(usize::MAX);
        let holes = count - numbers.len();
        if holes == 0 || holes > numbers.len() {
            continue;
        }
        let missing: BTreeSet<u32> =
            (first..=last).filter(|it| !numbers.contains_key(it)).collect();
        let behind =
            numbers.iter().find(|(number, _)| missing.first().is_some_and(|it| *number > it));
        if let Some((_, path)) = behind {
            found.push(Found::in_file(path, format!("numbers are missing: {}", ranges(&missing))));
        }
    }
}

/// `4, 7-9`
fn ranges(numbers: &BTreeSet<u32>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == number => *end = number,
            _ => ranges.push((number, number)),
        }
    }
    let text = |(start, end): &(u32, u32)| {
        if start == end { start.to_string() } else { format!("{start}-{end}") }
    };
    ranges.iter().map(text).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn all_holes_of_a_log_are_one_finding() {
        let messages = marked(
            &RULE,
            "== adr/0001-a.md\n# 1. A\n== adr/0002-b.md\n# 2. B\n== adr/0004-c.md\n\u{ab}\u{bb}# 4. C\n== adr/0006-d.md\n# 6. D\n",
        );
        assert_eq!(messages, ["numbers are missing: 3, 5"]);
    }

    #[test]
    fn a_log_may_begin_anywhere_and_dates_are_no_numbers() {
        marked(
            &RULE,
            "== adr/0007-a.md\n# 7. A\n== adr/0008-b.md\n# 8. B\n== adr/0009-c.md\n# 9. C\n== adr/20260102-d.md\n# D\n",
        );
    }
}
