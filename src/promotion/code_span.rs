//! Words of others as a code span: there they name nobody, close no ticket and
//! draw no picture.

/// Words as a code span on one line, whatever they hold: a run of backticks
/// that is longer than any of theirs goes around them (`CommonMark` 6.1).
pub fn span(words: &str) -> String {
    let line: String = words.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let line = line.trim();
    if line.is_empty() {
        return "(nothing)".to_owned();
    }
    let (mut longest, mut run) = (0, 0);
    for letter in line.chars() {
        run = if letter == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let edge = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{edge}{line}{edge}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_stands_in_it_stays_in_it() {
        assert_eq!(span("`a`"), "`` `a` ``");
        assert_eq!(span("a\n- [x] b"), "`a - [x] b`");
        assert_eq!(span(" \n"), "(nothing)");
    }
}
