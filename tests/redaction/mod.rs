//! Redaction: a labelled set, planted values, what a person allows, what goes wrong.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a test function")]

mod added;
mod allow;
mod engine;
mod exact;
mod faults;
mod labelled;
mod planted;
