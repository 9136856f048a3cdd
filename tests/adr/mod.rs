//! Decisions: laws of edits, numbers, immutability over generated histories.

mod collisions;
mod conversions;
mod edits;
mod immutable;
