//! The document model against whole files: anchors, laws, hostile input.

mod anchors;
mod files;
mod laws;

use prode::document::{self, Document};
use prode::repo_path::RepoPath;

/// Parses bytes as a page, without its diagnostics.
fn parse(bytes: &[u8]) -> Document {
    document::parse(&RepoPath::from_git("page.md"), bytes).0
}
