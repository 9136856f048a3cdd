//! Rules as data: words that a prefilter looks for, and what a team added.

mod additions;
mod keywords;

pub(super) use additions::Additions;
pub(super) use keywords::{Keywords, Role};
