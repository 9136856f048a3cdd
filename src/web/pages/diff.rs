//! What changed of a page between two states: what readers saw, beside the lines.

use maud::{Markup, html};

use super::change::{lines, read};
use crate::ops::diff::Diff;
use crate::rendering::changed;
use crate::web::address::{Addresses, Place, When};
use crate::web::layout::Shell;
use crate::web::parts::{day, safe, short, since};

/// The page; `texts` are the older and the newer one, where both are known.
pub fn diff(shell: &Shell, diff: &Diff, texts: Option<[&str; 2]>) -> Markup {
    let addresses = &shell.addresses;
    let from = &diff.from;
    let then = Addresses::at(When::Rev(from.commit.id.clone()));
    html! {
        p.crumbs { a href=(addresses.of(Place::Page(&diff.path))) { (safe(&diff.path)) } }
        h1 { "Changes of " (safe(&diff.title)) }
        p.labels {
            span {
                "since " (day(&from.commit.date)) " · "
                @match &from.path {
                    Some(path) => { a href=(then.of(Place::Page(path))) { code { (short(&from.commit.id)) } } }
                    None => { code { (short(&from.commit.id)) } }
                }
            }
            ins { "+" (diff.added) }
            del { "−" (diff.removed) }
        }
        (since(addresses, &diff.path))
        @for note in &diff.notes { p.note { (safe(note)) } }
        @if let Some(path) = from.path.as_ref().filter(|path| **path != diff.path) {
            p.note { "It was called " code { (safe(path)) } " then." }
        }
        @if from.path.is_none() {
            p.banner.open {
                "The page was not there then"
                @if let Some(by) = &from.added_by { "; " code { (short(&by.id)) } " brought it: " (safe(&by.subject)) }
                "."
            }
        } @else if diff.only_line_ends { p.none { "Only the ends of its lines differ." } }
        @else if diff.same { p.none { "No line differs." } }
        @else {
            div.compare {
                @if let Some([before, after]) = texts {
                    div { h2 { "As it reads" } (read(&changed(before, after))) }
                }
                div { h2 { "As it is written" } (lines(&diff.unified())) }
            }
        }
    }
}
