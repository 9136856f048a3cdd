//! Rules as data: words that a prefilter looks for, and what a team added.

mod additions;
mod finder;
mod keywords;
mod names;
mod structures;
mod tokens;

pub(super) use additions::Additions;
pub(super) use finder::Finder;
pub(super) use keywords::{Keywords, Mark, Role};
pub(super) use names::*;
pub(super) use structures::STRUCTURES;
pub(super) use tokens::{At, TOKENS};
