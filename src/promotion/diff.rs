//! A change of one file: as a unified diff, or old and new side by side.

use similar::{ChangeTag, TextDiff};

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

/// Old and new beside each other, `width` characters in all, three lines
/// around each change. `|` between them: changed; `<`: gone; `>`: new.
pub fn side_by_side(before: &str, after: &str, width: usize) -> String {
    let column = width.saturating_sub(3).max(20) / 2;
    let diff = TextDiff::from_lines(before, after);
    let mut rows: Vec<String> = Vec::new();
    for group in diff.grouped_ops(3) {
        if !rows.is_empty() {
            rows.push("…".to_owned());
        }
        for operation in &group {
            let (mut old, mut new): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
            for change in diff.iter_changes(operation) {
                match change.tag() {
                    ChangeTag::Equal => rows.push(row(column, change.value(), ' ', change.value())),
                    ChangeTag::Delete => old.push(change.value()),
                    ChangeTag::Insert => new.push(change.value()),
                }
            }
            for at in 0..old.len().max(new.len()) {
                rows.push(match (old.get(at), new.get(at)) {
                    (Some(old), Some(new)) => row(column, old, '|', new),
                    (Some(old), None) => row(column, old, '<', ""),
                    (None, new) => row(column, "", '>', new.unwrap_or(&"")),
                });
            }
        }
    }
    if rows.is_empty() { String::new() } else { rows.join("\n") + "\n" }
}

/// Lines that are longer than a column end in `…`.
fn row(column: usize, old: &str, mark: char, new: &str) -> String {
    let cut = |text: &str| {
        let text = text.trim_end().replace('\t', "    ");
        if text.chars().count() <= column {
            return text;
        }
        text.chars().take(column - 1).chain(['…']).collect()
    };
    let old = cut(old);
    let space = " ".repeat(column - old.chars().count());
    format!("{old}{space} {mark} {}", cut(new)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_stand_beside_each_other() {
        let shown = side_by_side("a\nold\nz\n", "a\nnew\nmore\nz\n", 25);
        assert_eq!(
            shown,
            "a             a\nold         | new\n            > more\nz             z\n"
        );
        assert!(side_by_side("", &"x".repeat(40), 23).contains("> xxxxxxxxx…"));
        assert_eq!(side_by_side("a\n", "a\n", 80), "");
    }

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
