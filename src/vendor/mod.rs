//! What vendors publish of their own trouble: status pages and feeds, as far as they may
//! be read.
//!
//! What always holds:
//!
//! - what can be sent is one of the [`Operation`]s, each of which is a `GET` of one path
//!   below an address of the user's side ([`crate::http::Reader`]); nobody's credentials go
//!   with it, and no redirect is followed;
//! - where an answer leads, nobody goes: a link is kept only as text, and only where it is
//!   of the same host;
//! - a feed is read without its document type, so that no entity of its own is put in and
//!   no other file is looked for; its size and its number of parts have limits;
//! - what a vendor writes is text of somebody else: it is cut, and never obeyed.
//!
//! Which page belongs to which service, and what a notice is evidence of, is left to `ops`.

mod calls;
mod feed;
mod notice;
mod operation;
mod page;

pub use calls::Vendor;
pub use feed::Feed;
pub use notice::{Component, Concern, Ends, Notice, Published, Sort, Update};
pub use operation::Operation;

/// Notices of one answer that are read.
const MOST_NOTICES: usize = 1_000;

/// Updates of a notice that are kept, the newest.
const MOST_UPDATES: usize = 5;

/// Components of a notice that are kept.
const MOST_COMPONENTS: usize = 50;

/// What people wrote, on one line and not too long.
fn line(text: &str, most: usize) -> String {
    let clean = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect::<String>();
    let words: Vec<&str> = clean.split_whitespace().collect();
    words.join(" ").chars().take(most).collect()
}

#[cfg(test)]
mod tests;
