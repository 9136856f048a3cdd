//! What is proven beside the tests of single rooms: fuzzers' seeds replayed.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a test function")]

mod seeds;
