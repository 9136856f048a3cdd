//! Decisions: laws of edits, numbers, immutability over generated histories.

mod edits;
mod immutable;
