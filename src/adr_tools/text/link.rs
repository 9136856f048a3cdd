//! Links from one decision to another, as lines of Markdown and back.

use std::sync::LazyLock;

use regex::Regex;

use super::status;

/// `Amends [3. Title](0003-title.md)`; a title may hold brackets too.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(.+?) \[.*\]\(0*([1-9][0-9]*).*\)").expect("a fixed pattern that a test compiles")
});

/// `[title](prefix name)`. Only what would break the link is written
/// otherwise; `prefix` stays as it is.
pub(in crate::adr_tools) fn to(title: &str, prefix: &str, name: &str) -> String {
    format!("[{}]({prefix}{})", text(title), destination(name))
}

/// The links of a decision: what each says, and the number that it leads to.
pub(in crate::adr_tools) fn all(decision: &str) -> Vec<(&str, &str)> {
    let lines = status::lines(decision).into_iter();
    let found = lines.filter_map(|line| LINE.captures(line));
    let parts = found.filter_map(|found| Some((found.get(1)?.as_str(), found.get(2)?.as_str())));
    parts.collect()
}

/// A link's text: brackets without a partner and a last backslash get one
/// more backslash.
fn text(title: &str) -> String {
    let mut depth = 0_i32;
    let mut is_balanced = true;
    let mut is_escaped = false;
    for c in title.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        is_balanced &= depth >= 0;
    }
    let mut text = title.to_owned();
    if !is_balanced || depth != 0 {
        text = text.replace('[', "\\[").replace(']', "\\]");
    }
    if is_escaped {
        text.push('\\');
    }
    text
}

/// A file as a link's target: characters that end one are percent-encoded.
fn destination(name: &str) -> String {
    let encoded = |c: char| match c {
        ' ' | '(' | ')' | '<' | '>' | '\\' => format!("%{:02X}", u32::from(c)),
        _ => c.to_string(),
    };
    name.chars().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_plain_where_that_works() {
        assert_eq!(to("3. Use X [now]", "", "0003-use-x.md"), "[3. Use X [now]](0003-use-x.md)");
        assert_eq!(to("3. a|b & `c` C:\\d", "", "3-a.md"), "[3. a|b & `c` C:\\d](3-a.md)");
    }

    #[test]
    fn what_would_break_it_is_escaped() {
        assert_eq!(to("3. Use ]X[", "", "3-x.md"), "[3. Use \\]X\\[](3-x.md)");
        assert_eq!(to("3. Root is C:\\", "", "3-x.md"), "[3. Root is C:\\\\](3-x.md)");
        assert_eq!(to("3. X", "", "3-my (x).md"), "[3. X](3-my%20%28x%29.md)");
    }

    #[test]
    fn links_are_read_back() {
        let text = "# 3. X\n\n## Status\n\nAccepted\n\nSupercedes [1. A (b)](0001-a.md)\r\n\n\
            * Amended by [12. [x]](0012-x.md)\n\nSee [this](https://example.org)\n\n## Context\n\nNo [4. D](0004-d.md)\n";
        assert_eq!(all(text), [("Supercedes", "1"), ("* Amended by", "12")]);
    }
}
