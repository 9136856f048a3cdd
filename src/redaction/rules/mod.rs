//! Rules as data: words that a prefilter looks for, and what a team added.

mod additions;
mod cues;
mod finder;
mod keywords;
mod names;
mod often;
mod secrets;
mod structures;
mod tokens;

pub(super) use additions::Additions;
pub(super) use cues::{Cue, Cues, cue};
pub(super) use finder::Finder;
pub(super) use keywords::{Hit, Keywords, Mark, Role};
pub(super) use names::*;
pub(super) use secrets::{names_vendor, secret_ending, secret_kind};
pub(super) use structures::{STRUCTURES, STRUCTURES_COUNT};
pub(super) use tokens::{At, TOKENS};
