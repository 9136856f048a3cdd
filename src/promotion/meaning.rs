//! Headings that mean the same, so that words of a run find their section.
//!
//! First the heading itself, then other words for the same thing, then what is
//! nearly the same. A template's own names always come first.

use std::collections::BTreeSet;

use crate::template::plain;

/// Headings as [`plain`] has them; those of one row mean the same. A heading
/// may stand in two rows: which one counts, the sections that are there say.
const SAME: &[&[&str]] = &[
    &["symptoms", "signals", "signs", "what was seen", "what is seen", "how it shows"],
    &["signals", "what would have routed faster"],
    &["symptoms to verify", "symptoms", "signals", "what was seen"],
    &["cause", "causes", "root cause", "known causes", "contributing factors"],
    &["root cause", "why it happened", "what made it possible"],
    &["cause", "root cause", "what this alert means"],
    &["fix", "fixes", "mitigation", "mitigations", "resolution", "remedy", "workaround"],
    &["fix", "mitigation", "mitigations", "resolution", "solution", "what to do", "action"],
    &["evidence", "how it was confirmed", "how it is confirmed", "confirmation", "verification"],
    &["evidence", "how it was confirmed", "verification", "symptoms to verify"],
    &["verification", "how to verify", "post conditions"],
    &["triage", "initial triage", "diagnosis", "investigation", "first look"],
    &["escalation", "when to escalate", "whom to call", "contacts"],
    &["rollback", "roll back", "undo", "how to undo it"],
    &["what not to do", "pitfalls", "do not", "what made it worse"],
    &["negative control", "look alikes", "what it is not"],
    &["impact", "who was hit", "blast radius"],
    &["timeline", "what happened", "chronology"],
    &["summary", "overview", "in short"],
    &["actions", "action items", "follow up", "prevention", "next steps"],
    &["what the memory lacked", "what would have routed faster"],
    &["preconditions", "prerequisites", "before you begin"],
    &["problem", "context", "background"],
    &["alternatives", "options", "considered options"],
];

/// Words of a heading that say nothing of what stands below it.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "to", "is", "are", "was", "were", "it", "its", "this", "that", "how",
    "what", "when", "who", "why", "for", "and", "or", "in", "on", "at", "be", "should",
];

/// How like two headings are that differ by a slip, from 0 to 1.
const SLIP: f64 = 0.85;

/// The first of `places` that `heading` means; each has its names, its own first.
pub(super) fn meant(heading: &str, places: &[Vec<String>]) -> Option<usize> {
    let heading = plain(heading);
    if heading.is_empty() {
        return None;
    }
    let first = |fits: &dyn Fn(&str) -> bool| {
        places.iter().position(|names| names.iter().any(|name| fits(&plain(name))))
    };
    first(&|name| name == heading)
        .or_else(|| {
            SAME.iter()
                .filter(|row| row.contains(&&*heading))
                .find_map(|row| first(&|name| row.contains(&name)))
        })
        .or_else(|| first(&|name| is_near(name, &heading)))
}

/// All words of the one among those of the other, or a slip of the pen.
fn is_near(name: &str, heading: &str) -> bool {
    let (one, other) = (telling(name), telling(heading));
    if one.is_empty() || other.is_empty() || one.contains("not") != other.contains("not") {
        return false;
    }
    one.is_subset(&other)
        || other.is_subset(&one)
        || strsim::normalized_damerau_levenshtein(name, heading) >= SLIP
}

/// The words of a heading that tell something, one form for one and many.
fn telling(heading: &str) -> BTreeSet<&str> {
    let words = heading.split(' ').filter(|word| !SMALL.contains(word));
    words.map(|word| word.strip_suffix('s').filter(|it| it.len() > 2).unwrap_or(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(heading: &str, places: &[&str]) -> Option<usize> {
        let places: Vec<Vec<String>> = places.iter().map(|it| vec![(*it).to_owned()]).collect();
        meant(heading, &places)
    }

    const PATTERN: &[&str] =
        &["Signals", "How it is confirmed", "Negative control", "What to do", "What not to do"];
    const RUNBOOK: &[&str] = &[
        "What this alert means",
        "Symptoms to verify",
        "Initial triage (5 minutes)",
        "Mitigations",
        "When to escalate",
        "Rollback",
    ];

    #[test]
    fn a_heading_finds_its_section_in_whatever_template() {
        for (heading, pattern, runbook) in [
            ("Symptoms", Some(0), Some(1)),
            ("1. What was seen:", Some(0), Some(1)),
            ("How it was confirmed", Some(1), Some(1)),
            ("Evidence", Some(1), Some(1)),
            ("Root cause", None, Some(0)),
            ("Fix", Some(3), Some(3)),
            ("What to do", Some(3), Some(3)),
            ("What not to do", Some(4), None),
            ("Pitfalls", Some(4), None),
            ("What would have routed faster", Some(0), None),
            ("Triage", None, Some(2)),
            ("Mitigation steps", None, Some(3)),
            ("Escalation", None, Some(4)),
            ("Rolback", None, Some(5)),
            ("Cost of the night", None, None),
        ] {
            assert_eq!(found(heading, PATTERN), pattern, "{heading} in a pattern");
            assert_eq!(found(heading, RUNBOOK), runbook, "{heading} in a runbook");
        }
    }

    #[test]
    fn a_name_of_its_own_comes_before_one_that_means_the_same() {
        assert_eq!(found("Fix", &["Mitigations", "Fix"]), Some(1));
        assert_eq!(found("", &["Fix"]), None);
        assert_eq!(found("The", &["The"]), Some(0));
    }

    #[test]
    fn rows_are_written_as_headings_are_compared() {
        for name in SAME.iter().copied().flatten() {
            assert_eq!(plain(name), *name);
        }
    }
}
