//! Words of others inside of Markdown: they call nobody, and end nothing.

/// Words in one line that call nobody: a tracker would tell everybody whom a log
/// line names.
pub(super) fn one_line(text: &str) -> String {
    inert(&text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'"))
}

/// The same inside a table or a list, without what would end it.
pub(super) fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}

/// A name inside of code: what would call somebody there is code already.
pub(super) fn name(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace('`', "'").replace('|', "\\|")
}

/// Every `@name` as code. One behind a letter or digit, as in `app@1.2`, is none.
fn inert(text: &str) -> String {
    let mut inert = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let is_part = |letter: char| letter.is_alphanumeric() || "-_/.".contains(letter);
        let length = rest[at + 1..].find(|it| !is_part(it)).unwrap_or(rest.len() - at - 1);
        let end = at + 1 + length;
        let is_behind = rest[..at].chars().next_back().or_else(|| inert.chars().next_back());
        inert.push_str(&rest[..at]);
        if length == 0 || is_behind.is_some_and(char::is_alphanumeric) {
            inert.push_str(&rest[at..end]);
        } else {
            inert.push_str(&format!("`{}`", &rest[at..end]));
        }
        rest = &rest[end..];
    }
    inert + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_calls_nobody() {
        assert_eq!(
            one_line("ask @org/team, @ada. or\n(@bob)"),
            "ask `@org/team`, `@ada.` or (`@bob`)"
        );
        for same in ["checkout@2026.11.3", "a @ b", "@", "nobody", ""] {
            assert_eq!(one_line(same), same);
        }
        assert_eq!(one_line("`@ada`"), "'`@ada`'");
        assert_eq!(one_line("ask @ada"), "ask `@ada`");
        assert_eq!(one_line("é@ada, ü @Zoë-1"), "é@ada, ü `@Zoë-1`");
    }

    #[test]
    fn a_text_ends_no_cell_and_no_code() {
        assert_eq!(cell("a | b\n@ada"), "a \\| b `@ada`");
        assert_eq!(name("a|`b`\n  @ada"), "a\\|'b' @ada");
    }
}
