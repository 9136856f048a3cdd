//! One page in two memories: a copy that was vendored, a fork.
//!
//! It is shown once, as it stands in the nearer memory, with the better of the two
//! scores; where it stands otherwise is said beside it. Two pages of one memory
//! are two pages, whatever they hold.

use std::collections::HashSet;

use super::Found;
use crate::index::Snapshot;
use crate::routing::{Postings, Ranked};
use crate::workspace::Memory;

/// Adds `new`, or takes it for what is there already.
pub(super) fn add(memory: &Memory, found: &mut Vec<Found>, new: Found) {
    if memory.others().is_empty() {
        return found.push(new);
    }
    match found.iter_mut().find(|old| is_twin(memory, old, &new)) {
        Some(old) => merge(memory, old, new),
        None => found.push(new),
    }
}

fn is_twin(memory: &Memory, one: &Found, other: &Found) -> bool {
    one.page.blob == other.page.blob && memory.distance(one.head) != memory.distance(other.head)
}

fn merge(memory: &Memory, old: &mut Found, mut new: Found) {
    let score = old.score.max(new.score);
    if memory.distance(new.head) < memory.distance(old.head) {
        std::mem::swap(old, &mut new);
    }
    old.score = score;
    old.also.push(new.head);
    old.also.append(&mut new.also);
    old.also.sort_unstable();
}

/// Of candidates that were not looked at those that may be copies of what was
/// found: pages of another memory with as many sections and words.
pub(super) fn likely<'a>(
    memory: &Memory,
    found: &[Found],
    rest: &'a [Ranked],
) -> impl Iterator<Item = &'a Ranked> {
    let everything = memory.everything();
    let mut shapes = HashSet::new();
    if !memory.others().is_empty() {
        shapes.extend(found.iter().map(|found| shape(everything, found.head)));
    }
    let rest = if shapes.is_empty() { &[] } else { rest };
    rest.iter().filter(move |candidate| shapes.contains(&shape(everything, candidate.page)))
}

/// Sections and words: the same for the same content.
fn shape(everything: &Snapshot, head: u32) -> (usize, u32) {
    (everything.page_docs(head).len(), everything.page_length(head))
}

/// Takes `new` for the page that it is a copy of, if it is one of `found`.
pub(super) fn add_copy(memory: &Memory, found: &mut [Found], new: Found) {
    if let Some(old) = found.iter_mut().find(|old| is_twin(memory, old, &new)) {
        merge(memory, old, new);
    }
}
