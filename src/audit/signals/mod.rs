//! The signals: one file and one row each.

mod broken;
mod bus_factor;
mod contradicted;
mod drifted;
mod duplicate;
mod edited_since_review;
mod misleading;
mod overdue;
mod superseded;
mod unowned;
mod unused;
mod unverified_review;

use super::case::Case;
use super::found::Found;
pub(super) use drifted::by_change;

/// One signal.
pub struct Signal {
    /// Its name, as findings and `--fail-on` have it.
    pub name: &'static str,
    /// What it is worth where it is sure; settings may say otherwise.
    pub points: u32,
    /// What it says of a page.
    pub summary: &'static str,
    pub(super) check: fn(&Case<'_>) -> Option<Found>,
}

const fn row(
    name: &'static str,
    points: u32,
    summary: &'static str,
    check: fn(&Case<'_>) -> Option<Found>,
) -> Signal {
    Signal { name, points, summary, check }
}

/// Every signal that prode looks for.
#[rustfmt::skip]
pub const SIGNALS: &[Signal] = &[
    row("drifted",             40, "what the page describes is not what was reviewed",         drifted::check),
    row("contradicted",        40, "a learning says that the page misled",                     contradicted::check),
    row("misleading",          40, "who was led to it on this machine marked it as unhelpful", misleading::check),
    row("broken",              35, "what the page leads to or names is gone",                  broken::check),
    row("edited_since_review", 25, "its text is not the one that was reviewed",                edited_since_review::check),
    row("superseded",          25, "it no longer holds, and is still in the way",              superseded::check),
    row("overdue",             20, "its review is too long ago, or there was none",            overdue::check),
    row("unowned",             20, "nobody owns it, or who did is gone",                       unowned::check),
    row("unverified_review",   15, "nothing shows that the person who is named reviewed it",   unverified_review::check),
    row("unused",              10, "no answer led to it on this machine, and nobody read it",  unused::check),
    row("bus_factor",          10, "one person alone ever wrote, ran or reviewed it",          bus_factor::check),
    row("duplicate",           10, "another page says nearly the same",                        duplicate::check),
];

/// Signals that only this machine's counts give.
pub const LOCAL: &[&str] = &["misleading", "unused"];

/// The signal called `name`.
pub fn signal(name: &str) -> Option<&'static Signal> {
    SIGNALS.iter().find(|it| it.name == name)
}

/// `prode review PAGE`: it was looked at and is still true.
fn review(case: &Case<'_>) -> String {
    format!("prode review {}", case.typed())
}

/// `prode archive PAGE`: it is no longer an answer.
fn archive(case: &Case<'_>) -> String {
    format!("prode archive {} --why WHY", case.typed())
}

/// `1 page`, `3 pages`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A few names, and how many more there are.
fn some(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests;
