//! `mv` on the benchmark corpus, and cut off on its way.
//!
//! Small numbers by default; `benches/run mv` asks for the full ones.

#![allow(clippy::print_stderr, reason = "figures are told in passing")]

mod corpus;
mod kills;
