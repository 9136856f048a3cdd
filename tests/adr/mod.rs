//! Decisions: laws of edits, numbers, immutability over generated histories.

mod collisions;
mod edits;
mod immutable;
mod round_trip;
mod variants;
