//! Bare numbers of decisions in front matter: `supersedes: [2]`,
//! `superseded-by: 7`, and in a decision's own file `number: 12`.
//!
//! A number with a word before it (`ADR-0002`) is a mention and not looked
//! for here, and a number inside a path is a file's name.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A key that names decisions, with its value where it stands on the line.
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(supersedes|superseded[-_]by|supersededBy|number):(.*)$")
        .expect("a fixed pattern that a test compiles")
});

/// A number that stands alone between blanks, commas, brackets or quotes.
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:^|[\s\["',])([0-9]{1,6})(?:$|[\s\]"',])"#)
        .expect("a fixed pattern that a test compiles")
});

/// Where the front matter of `text` names decision `number` by it alone.
pub(super) fn bare_numbers(text: &str, number: u32, is_own: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut lines = lines(text);
    if lines.next().is_none_or(|(_, line)| line.trim_start_matches('\u{feff}') != "---") {
        return found;
    }
    // A key whose list stands on the lines below it.
    let mut names_decisions = false;
    for (at, line) in lines.take_while(|(_, line)| *line != "---") {
        if let Some(key) = KEY.captures(line) {
            let is_number = &key[1] == "number";
            names_decisions = !is_number;
            if !is_number || is_own {
                let value = key.get(2).map_or(line.len(), |value| value.start());
                find(&line[value..], at + value, number, &mut found);
            }
        } else if names_decisions && line.trim_start().starts_with('-') {
            find(line, at, number, &mut found);
        } else {
            names_decisions = false;
        }
    }
    found
}

fn find(text: &str, at: usize, number: u32, found: &mut Vec<Range<usize>>) {
    // A remark may name whom it likes.
    let text = text.split(" #").next().unwrap_or_default();
    let mut from = 0;
    while let Some(hit) = ALONE.captures_at(text, from).and_then(|hit| hit.get(1)) {
        if hit.as_str().parse() == Ok(number) {
            found.push(at + hit.start()..at + hit.end());
        }
        from = hit.end();
    }
}

/// Lines with their offsets, without their ends.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |whole| {
        let start = at;
        at += whole.len();
        (start, whole.trim_end_matches('\n').trim_end_matches('\r'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, is_own: bool) -> String {
        let mut marked = text.to_owned();
        for range in bare_numbers(text, 2, is_own).into_iter().rev() {
            marked.insert(range.end, '>');
            marked.insert(range.start, '<');
        }
        marked
    }

    #[test]
    fn lists_and_single_values_are_found_and_nothing_else() {
        let text = "\u{feff}---\r\nsupersedes: [2, 12, \"2\", ADR-2, 0002-x.md, 2.5]\r\nsuperseded-by: 2\r\nsuperseded_by:\r\n  - 2\r\n  - '02'\r\nnumber: 2\r\ntags: [2]\r\nweight: 2\r\n---\r\nsupersedes: 2\r\n";
        let found = "\u{feff}---\r\nsupersedes: [<2>, 12, \"<2>\", ADR-2, 0002-x.md, 2.5]\r\nsuperseded-by: <2>\r\nsuperseded_by:\r\n  - <2>\r\n  - '<02>'\r\nnumber: 2\r\ntags: [2]\r\nweight: 2\r\n---\r\nsupersedes: 2\r\n";
        assert_eq!(marked(text, false), found);
        assert_eq!(marked("---\nnumber: 2\n---\n", true), "---\nnumber: <2>\n---\n");
        assert_eq!(marked("supersedes: 2\n---\n", true), "supersedes: 2\n---\n");
    }
}
