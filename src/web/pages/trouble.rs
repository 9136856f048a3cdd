//! What went wrong, and what to do about it.

use maud::{Markup, html};

use crate::web::address::{Addresses, Place};
use crate::web::parts::safe;

/// What a person is told.
pub struct Told<'a> {
    /// What happened.
    pub message: &'a str,
    /// What to do.
    pub hints: &'a [String],
    /// Words to search for instead.
    pub search: Option<String>,
}

/// A heading for the status, the message, the hints.
pub fn trouble(addresses: &Addresses, status: u16, told: &Told<'_>) -> Markup {
    html! {
        div.trouble {
            p.status { (status) }
            h1 { (heading(status)) }
            p.message { (safe(told.message)) "." }
            @for hint in told.hints { p.hint { (safe(hint)) } }
            p.hint {
                @if let Some(words) = &told.search {
                    a href=(addresses.with(Place::Search, &[("q", words)])) { "Search for “" (safe(words)) "”" }
                    " · "
                }
                a href=(addresses.of(Place::Home)) { "Front page" }
            }
        }
    }
}

fn heading(status: u16) -> &'static str {
    match status {
        400 => "This question cannot be answered",
        401 | 403 => "This is not open to you",
        404 => "There is no such page",
        405 => "This page is only read",
        429 => "Too many questions at once",
        503 => "The memory cannot answer now",
        504 => "The answer takes too long",
        _ => "Something went wrong",
    }
}
