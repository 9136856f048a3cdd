//! Pages that say how things were, or were to be.
//!
//! A proposal that was carried out, a dated post, the minutes of a meeting: that
//! they are old is what they are for, and nobody is misled by it. A decision
//! has rules of its own.

use crate::repo_path::RepoPath;

/// Words of folders that hold such pages.
const FOLDERS: &[&str] = &[
    "archive",
    "archived",
    "blog",
    "changelog",
    "changelogs",
    "meetings",
    "minutes",
    "news",
    "postmortem",
    "postmortems",
    "proposal",
    "proposals",
    "releases",
    "retrospectives",
    "rfc",
    "rfcs",
];
/// What a page says of itself that is over and done.
const DONE: &[&str] = &["complete", "completed", "done", "implemented"];
/// Digits with which the name of a dated page begins.
const DATED: usize = 4;

/// True for a page at `path` of this `status` that tells of its day.
pub fn is_record(path: &RepoPath, status: &str) -> bool {
    let folder = path.parent().text().to_lowercase();
    let mut words = folder.split(|c: char| !c.is_ascii_alphanumeric());
    let stem = path.file_stem().to_lowercase();
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = digits == stem.len();
    DONE.contains(&status)
        || (digits >= DATED && !is_number)
        || stem.starts_with("changelog")
        || words.any(|word| FOLDERS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dated_or_done_tells_of_its_day() {
        let is = |path: &str, status: &str| is_record(&RepoPath::new(path).unwrap(), status);
        assert!(is("docs/proposals-done/x.md", "active") && is("blog/a/x.md", "active"));
        assert!(is("docs/202203-query-api.md", "active") && is("docs/2022-03-01.md", "active"));
        assert!(is("docs/x.md", "complete"));
        for page in ["runbooks/x.md", "docs/404.md", "docs/5000.md", "docs/news.md"] {
            assert!(!is(page, "active"), "{page}");
        }
    }
}
