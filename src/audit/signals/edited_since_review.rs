//! `edited_since_review`: the text is not the one that somebody looked at.
//!
//! Compared are digests of the body; a new date or another key is no edit.

use super::{counted, review};
use crate::audit::case::Case;
use crate::audit::found::Found;

/// Without a recorded digest it is the text of the commit that set the date.
const WITHOUT_DIGEST: u8 = 90;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    let (stamp, body) = (case.evidence.stamp.as_ref()?, case.evidence.body.as_ref()?);
    let reviewed = body.reviewed.as_ref()?;
    if case.is_out_of_use() || *reviewed == body.now {
        return None;
    }
    let mut why = format!("its text changed since the review of {}", stamp.at);
    if let Some(last) = body.since.first() {
        let times = counted(body.since.len(), "commit");
        why.push_str(&format!(": {times}, the last on {} by {}", last.day, last.author));
    }
    let first = body.since.last().map_or(stamp.at, |it| it.day);
    let confidence = if stamp.has_digest { 100 } else { WITHOUT_DIGEST };
    let found = Found::of(why, body.now.clone()).sure(confidence).settle([review(case)]);
    Some(Found { lines: body.lines, days: case.days_since(first), ..found })
}
