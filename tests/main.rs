//! The one integration binary; names every module.

mod git;
mod support;
