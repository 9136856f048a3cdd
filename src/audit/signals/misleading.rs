//! Answers led to the page, and whoever read it on this machine marked it as unhelpful.

use super::archive;
use crate::audit::case::Case;
use crate::audit::found::Found;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    let usage = case.evidence.usage.as_ref().filter(|it| it.unhelpful > 0)?;
    if case.is_out_of_use() {
        return None;
    }
    let answers = (usage.routed + usage.opened).max(usage.unhelpful);
    let share = u8::try_from(usage.unhelpful * 100 / answers).unwrap_or(100);
    let why = format!(
        "marked as unhelpful {} of the {answers} times that it was routed to or read on this machine in {} days ({share} %)",
        usage.unhelpful, usage.days
    );
    let body = case.evidence.body_now.as_deref().unwrap_or_default();
    let edit = format!("edit {}", case.typed());
    let found = Found::of(why, format!("misleading {body}"));
    // One word about many answers says little, and never nothing.
    Some(found.here().sure(share.max(20)).settle([edit, archive(case)]))
}
