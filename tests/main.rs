//! The one integration binary; names every module.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod git;
#[allow(dead_code, reason = "every test takes what it needs")]
mod support;
