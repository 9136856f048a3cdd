//! Redaction judged by a labelled set that is older than any of its rules.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a test function")]

mod added;
mod allow;
mod engine;
mod faults;
mod item;
mod outcome;
mod pasted;
mod planted;
mod score;
mod set;
