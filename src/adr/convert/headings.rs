//! Headings that mean the same in two formats.

use super::apart::Part;
use crate::adr::Format;

/// Nygard's heading, and MADR's, which log4brains took over.
const PAIRS: [(&str, &str); 2] =
    [("Context", "Context and Problem Statement"), ("Decision", "Decision Outcome")];
/// Chapters of their own for Nygard, parts of the outcome for MADR.
const OUTCOME: [&str; 4] =
    ["consequences", "positive consequences", "negative consequences", "confirmation"];

/// Renames and moves up or down what the format has another heading for.
pub(super) fn rename(parts: &mut [Part], format: Format) {
    let to_nygard = matches!(format, Format::Nygard | Format::Backlog);
    if to_nygard {
        lift(parts);
    } else {
        sink(parts);
    }
    for (nygard, madr) in PAIRS {
        let (old, new) = if to_nygard { (madr, nygard) } else { (nygard, madr) };
        let is = |part: &Part, name: &str| part.level == 2 && part.name == name.to_lowercase();
        if parts.iter().any(|part| is(part, new)) {
            continue;
        }
        if let Some(part) = parts.iter_mut().find(|part| is(part, old)) {
            let at = part.heading.to_lowercase().find(&old.to_lowercase());
            if let Some(at) = at.filter(|at| part.heading.is_char_boundary(at + old.len())) {
                part.heading.replace_range(at..at + old.len(), new);
            }
        }
    }
}

/// The parts of an outcome become chapters, where nothing else follows them.
fn lift(parts: &mut [Part]) {
    let Some(outcome) = chapter(parts, "decision outcome") else { return };
    let end = end_of(parts, outcome);
    let inner = outcome + 1..end;
    let Some(first) = inner.clone().find(|&at| is_outcome(&parts[at], 3)) else { return };
    let others = (first..end).filter(|&at| parts[at].level == 3);
    let is_alone = others.into_iter().all(|at| is_outcome(&parts[at], 3));
    let group = &mut parts[first..end];
    if is_alone && group.iter().all(Part::is_atx) {
        shift(group, false);
    }
}

/// Chapters right behind the decision become its parts.
fn sink(parts: &mut [Part]) {
    let Some(decision) = chapter(parts, "decision") else { return };
    let first = end_of(parts, decision);
    let mut end = first;
    while parts.get(end).is_some_and(|part| is_outcome(part, 2)) {
        end = end_of(parts, end);
    }
    let group = &mut parts[first..end];
    if group.iter().all(|part| part.is_atx() && part.level < 6) {
        shift(group, true);
    }
}

fn chapter(parts: &[Part], name: &str) -> Option<usize> {
    parts.iter().position(|part| part.level == 2 && part.name == name)
}

/// Where the chapter at `at` ends.
fn end_of(parts: &[Part], at: usize) -> usize {
    let deeper = parts[at + 1..].iter().take_while(|part| part.level > parts[at].level);
    at + 1 + deeper.count()
}

fn is_outcome(part: &Part, level: u8) -> bool {
    part.level == level && OUTCOME.contains(&part.name.as_str())
}

fn shift(group: &mut [Part], deeper: bool) {
    for part in group {
        let Some(at) = part.heading.find('#') else { continue };
        if deeper {
            part.heading.insert(at, '#');
            part.level += 1;
        } else {
            part.heading.remove(at);
            part.level -= 1;
        }
    }
}
