//! The one integration binary; names every module.

mod document;
mod git;
#[allow(dead_code, reason = "every test takes what it needs")]
mod support;
