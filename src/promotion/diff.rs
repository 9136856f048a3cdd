//! A change of one file as a unified diff.

use similar::TextDiff;

/// How `path` changes, with three lines around each change; empty where it
/// does not. A file that is not there yet is `None`.
pub fn unified(path: &str, before: Option<&str>, after: &str) -> String {
    let old = before.map_or_else(|| "/dev/null".to_owned(), |_| format!("a/{path}"));
    let diff = TextDiff::from_lines(before.unwrap_or_default(), after);
    diff.unified_diff().context_radius(3).header(&old, &format!("b/{path}")).to_string()
}

/// The same for a file that gets the path `new`, as Git writes a rename.
pub fn renamed(old: &str, new: &str, before: &str, after: &str) -> String {
    let header = format!("diff --git a/{old} b/{new}\nrename from {old}\nrename to {new}\n");
    let change = unified(new, Some(before), after);
    match change.split_once('\n') {
        Some((_, rest)) => format!("{header}--- a/{old}\n{rest}"),
        None => header,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_shows_its_lines_and_no_change_is_empty() {
        let diff = unified("a.md", Some("one\ntwo\n"), "one\nthree\n");
        assert!(diff.starts_with("--- a/a.md\n+++ b/a.md\n@@"), "{diff}");
        assert!(diff.contains("-two\n+three\n"), "{diff}");
        assert_eq!(unified("a.md", Some("one\n"), "one\n"), "");
    }

    #[test]
    fn a_rename_names_both_paths_whether_or_not_lines_change() {
        let header = "diff --git a/a.md b/b.md\nrename from a.md\nrename to b.md\n";
        assert_eq!(renamed("a.md", "b.md", "x\n", "x\n"), header);
        let diff = renamed("a.md", "b.md", "x\n", "y\n");
        assert!(diff.starts_with(&format!("{header}--- a/a.md\n+++ b/b.md\n@@")), "{diff}");
    }

    #[test]
    fn a_new_file_comes_from_nowhere() {
        assert!(unified("a.md", None, "one\n").starts_with("--- /dev/null\n+++ b/a.md\n"));
    }
}
