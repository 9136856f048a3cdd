//! `overdue`: the review is too long ago, dated wrongly, or there was none.
//!
//! A page that was never reviewed is one, and the surer the longer it was not
//! touched: whoever wrote it looked at it. A date that was moved with those of many other pages is no
//! review; the one before it counts.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{archive, review};
use crate::audit::case::Case;
use crate::audit::evidence::Stamp;
use crate::audit::found::Found;

/// A stamp may be dated in a time zone that is a day ahead.
const AHEAD: i64 = 1;
/// A date may be that on which a change is to be merged.
const WAITS: i64 = 7;
/// Nobody said that they looked, nor that they did not.
const NEVER: u8 = 60;
/// The same of a page that was written so lately that its review would still hold.
const WRITTEN_LATELY: u8 = 30;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    if case.is_out_of_use() {
        return None;
    }
    let found = match &case.evidence.stamp {
        Some(stamp) => stamped(case, stamp),
        None => never(case),
    }?;
    Some(found.settle([review(case), archive(case)]))
}

fn stamped(case: &Case<'_>, stamp: &Stamp) -> Option<Found> {
    let of = format!("{} {:?}", stamp.at, stamp.bulk.as_ref().map(|it| it.at));
    let at = stamp.at;
    if at > case.today.saturating_add(AHEAD.days()) {
        let why = format!("its review is dated {at}, which is yet to come");
        return Some(Found::of(why, of));
    }
    let own = case.page.front.stale_after.filter(|day| *day < case.today && stamp.bulk.is_none());
    if let Some(day) = own {
        let why = format!("it says itself that it is stale after {day}");
        return Some(Found::of(why, of).since(case.days_since(day)));
    }
    let due = due(at, case.every);
    if due < case.today {
        let by = stamp.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        let mut why = format!("last reviewed on {at}{by}, due since {due}");
        if let Some(bulk) = &stamp.bulk {
            why.push_str(&format!(
                "; the date {} was set on {} pages at once ({}) and counts as no review",
                bulk.at,
                bulk.pages,
                bulk.seen.commit.short(7)
            ));
        }
        return Some(Found::of(why, of).since(case.days_since(due)));
    }
    let set = stamp.set.as_ref().filter(|set| set.day.saturating_add(WAITS.days()) < at)?;
    let why = format!("its review is dated {at}, and was written on {} already", set.day);
    Some(Found::of(why, of).sure(70))
}

fn never(case: &Case<'_>) -> Option<Found> {
    let own = case.page.front.stale_after.filter(|day| *day < case.today);
    if let Some(day) = own {
        let why = format!("never reviewed, and it says itself that it is stale after {day}");
        return Some(Found::of(why, "never").since(case.days_since(day)));
    }
    let written = case.evidence.written.as_ref()?;
    // A folder's list of pages is kept up by who adds one.
    if case.page.path.is_front_page() || case.is_record() {
        return None;
    }
    let due = due(written.day, case.every);
    let sure = if due < case.today { NEVER } else { WRITTEN_LATELY };
    let why = format!("never reviewed, last changed on {} by {}", written.day, written.author);
    // For how long nobody looked is not known, so that its age is no part of the risk.
    Some(Found::of(why, "never").sure(sure))
}

fn due(from: Date, every: i64) -> Date {
    from.saturating_add(every.days())
}
