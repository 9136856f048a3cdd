//! Rows about other memories that the user's settings name.

use super::Row;
use crate::hint::Helpful;
use crate::ops::standing::counted;
use crate::workspace::{Memory, Other, Unasked};

/// One row for each; none where none is named. This repository itself, where it is
/// among them, needs no row of its own.
pub(super) fn rows(memory: &Memory) -> Vec<Row> {
    let asked = memory.others().iter().map(asked);
    asked.chain(memory.unasked().iter().map(unasked)).collect()
}

fn asked(Other { workspace, memory, .. }: &Other) -> Row {
    let revision = &memory.revision;
    let commit = revision.commit.map(|commit| commit.short(12)).unwrap_or_default();
    let pages = usize::try_from(memory.snapshot.len()).unwrap_or(usize::MAX);
    let (name, place) = (memory.name.as_deref().unwrap_or_default(), workspace.shown());
    let found =
        format!("{name}: {} of {} at {commit} in {place}", counted(pages, "page"), revision.name);
    match memory.notes().as_slice() {
        [] => Row::ok("memories", found),
        notes => Row::warning(
            "memories",
            format!("{found}: {}", notes.join("; ")),
            format!("prode --repo '{place}' doctor"),
        ),
    }
}

fn unasked(Unasked { error, .. }: &Unasked) -> Row {
    Row::warning("memories", error.to_string(), error.hints().join("; "))
}
