//! Who changed a page, when and why.

use maud::{Markup, html};

use crate::ops::log::Log;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::parts::{day, entries, pager, safe, short, since};

/// Entries of one page.
pub const SIZE: usize = 50;

/// The page; its entries from `from` on are shown.
pub fn history(shell: &Shell, log: &Log, from: usize) -> Markup {
    let shown = log.entries.get(from..).unwrap_or_default();
    let addresses = &shell.addresses;
    let at =
        |from: usize| addresses.with(Place::History(&log.path), &[("from", &from.to_string())]);
    html! {
        p.crumbs { a href=(addresses.of(Place::Page(&log.path))) { (safe(&log.path)) } }
        h1 { "History of " (safe(&log.title)) }
        (since(addresses, &log.path))
        @for note in &log.notes { p.note { (safe(note)) } }
        (entries(addresses, shown))
        @if !log.more {
            @if let Some(cut) = &log.cut_at {
                p.note { "This clone begins at " code { (short(&cut.id)) } ": what is older is not known here." }
            }
            @if let Some(earlier) = &log.earlier_page_until {
                p.note { "An earlier page of the same path was removed " (day(&earlier.date)) " by " code { (short(&earlier.id)) } "." }
            }
        }
        @let total = (!log.more).then_some(log.entries.len());
        (pager(from, shown.len(), total, SIZE, &at))
    }
}
