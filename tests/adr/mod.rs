//! Decisions: laws of edits, numbers, immutability over generated histories.

#![allow(clippy::print_stderr, reason = "figures are told in passing")]

mod collisions;
mod conversions;
mod edits;
mod immutable;
mod round_trip;
mod variants;
