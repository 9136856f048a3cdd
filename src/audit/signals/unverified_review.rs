//! `unverified_review`: a stamp that is only claimed.

use super::review;
use crate::audit::case::Case;
use crate::audit::evidence::Proof;
use crate::audit::found::Found;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    let stamp = case.evidence.stamp.as_ref().filter(|it| it.proof == Proof::Claimed)?;
    let (by, set) = (stamp.by.as_ref()?, stamp.set.as_ref()?);
    if case.is_out_of_use() {
        return None;
    }
    let why = format!(
        "{by} is named as its reviewer, but commit {} by {} is neither signed nor approved by them",
        set.commit.short(7),
        set.author
    );
    let of = format!("{by} {} {}", stamp.at, set.commit);
    let command = format!("{} --commit", review(case));
    Some(Found::of(why, of).settle([command]).since(case.days_since(set.day)))
}
