//! Triage: from a ticket to a decision that anybody can work out again.

#![allow(clippy::print_stdout, reason = "tables are for the reader")]
#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a test function")]

mod gate;
mod outside;
