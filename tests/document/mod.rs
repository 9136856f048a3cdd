//! The document model against whole files: anchors, laws, hostile input.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests, outside a test function"
)]

mod anchors;
mod decisions;
mod files;
mod hostile;
mod laws;
mod seeds;

use prode::document::{self, Document};
use prode::repo_path::RepoPath;

/// Parses bytes as a page, without its diagnostics.
fn parse(bytes: &[u8]) -> Document {
    document::parse(&RepoPath::from_git("page.md"), bytes).0
}
