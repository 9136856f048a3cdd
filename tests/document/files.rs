//! The Markdown files that tests read: the benchmark corpus and the repository itself.

use std::path::{Path, PathBuf};

/// The repository's own folder.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of the benchmark corpus; says that it skips where it is missing.
pub(crate) fn corpus(folder: &str) -> Option<PathBuf> {
    let path = repository().join("../shared/bench/retrieval/corpus").join(folder);
    if !path.is_dir() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// Every Markdown file below `folder`, in the order of their names.
pub(crate) fn markdown(folder: &Path) -> Vec<PathBuf> {
    let is_markdown = |path: &Path| {
        path.extension().is_some_and(|ext| ["md", "markdown", "mdx"].iter().any(|md| ext == *md))
    };
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.is_file() && is_markdown(path))
        .collect()
}
