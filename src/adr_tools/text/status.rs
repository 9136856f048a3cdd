//! The Status section of a decision: where links stand.
//!
//! An edit keeps line endings, a byte order mark and every other line. Of two
//! Status sections the first is meant.

/// The section below the heading, up to the next one.
struct Status {
    /// Where the first line below the heading begins.
    start: usize,
    /// Where the next heading begins, or the text ends.
    end: usize,
    /// How the heading's line ends.
    line_end: &'static str,
}

/// `text` with one more paragraph at the end of its Status section, unless it
/// stands there already; `None` where there is no such section.
pub(in crate::adr_tools) fn with_line(text: &str, line: &str) -> Option<String> {
    let status = find(text)?;
    let section = &text[status.start..status.end];
    if section.lines().any(|it| it.trim_end() == line) {
        return Some(text.to_owned());
    }
    let (before, after) = text.split_at(status.end);
    let mut edited = before.to_owned();
    if !edited.ends_with('\n') {
        edited += status.line_end;
    }
    if edited.lines().next_back().is_some_and(|last| !is_blank(last)) {
        edited += status.line_end;
    }
    edited = edited + line + status.line_end;
    if !after.is_empty() {
        edited += status.line_end;
    }
    Some(edited + after)
}

/// `text` without the line that says that the decision is accepted. As
/// adr-tools does, several blank lines of the section become one.
pub(in crate::adr_tools) fn without_accepted(text: &str) -> Option<String> {
    let status = find(text)?;
    let mut edited = text[..status.start].to_owned();
    let mut is_after_blank = false;
    for line in text[status.start..status.end].split_inclusive('\n') {
        if line.trim().eq_ignore_ascii_case("accepted") {
            continue;
        }
        if is_blank(line) && is_after_blank {
            continue;
        }
        is_after_blank = is_blank(line);
        edited += line;
    }
    Some(edited + &text[status.end..])
}

/// The lines of the section that say something.
pub(in crate::adr_tools) fn lines(text: &str) -> Vec<&str> {
    let section = find(text).map_or("", |status| &text[status.start..status.end]);
    section.lines().filter(|line| !is_blank(line)).collect()
}

fn find(text: &str) -> Option<Status> {
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut fence = None;
    let mut found: Option<Status> = None;
    for line in text[at..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if is_inside(&mut fence, line) || !is_heading(line) {
            continue;
        }
        if let Some(status) = &mut found {
            status.end = start;
            break;
        }
        if is_status(line) {
            let line_end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
            found = Some(Status { start: at, end: text.len(), line_end });
        }
    }
    found
}

/// Follows fenced code: true for its lines, the fences too. An open fence is
/// its mark and how many there are; as many or more, alone, close it.
fn is_inside(fence: &mut Option<(char, usize)>, line: &str) -> bool {
    let line = line.trim();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'));
    let marks = mark.map_or(0, |mark| line.len() - line.trim_start_matches(mark).len());
    match (*fence, mark) {
        (None, Some(mark)) if marks >= 3 => *fence = Some((mark, marks)),
        (None, _) => return false,
        (Some((open, least)), Some(mark))
            if mark == open && marks >= least && marks == line.len() =>
        {
            *fence = None;
        }
        (Some(_), _) => {}
    }
    true
}

/// adr-tools takes `##` without a space for a heading too.
fn is_heading(line: &str) -> bool {
    line.starts_with("# ") || line.starts_with("##")
}

fn is_status(heading: &str) -> bool {
    let words = heading.trim_start_matches('#').trim().trim_end_matches(['#', ':', ' ']);
    words.eq_ignore_ascii_case("status")
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINK: &str = "Superceded by [2. B](0002-b.md)";

    fn superseded(text: &str) -> String {
        without_accepted(&with_line(text, LINK).unwrap()).unwrap()
    }

    #[test]
    fn a_link_is_a_paragraph_at_the_end() {
        let text = "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n\nc\n";
        let linked =
            "# 1. A\n\n## Status\n\nAccepted\n\nAmended by [2. B](0002-b.md)\n\n## Context\n\nc\n";
        assert_eq!(with_line(text, "Amended by [2. B](0002-b.md)").unwrap(), linked);
        assert_eq!(with_line(linked, "Amended by [2. B](0002-b.md)").unwrap(), linked);
    }

    #[test]
    fn superseding_takes_the_place_of_accepted() {
        for (text, expected) in [
            (
                "## Status\n\nAccepted\n\n## Context\n",
                "## Status\n\nSuperceded by [2. B](0002-b.md)\n\n## Context\n",
            ),
            (
                "## Status\nAccepted\n## Context\n",
                "## Status\n\nSuperceded by [2. B](0002-b.md)\n\n## Context\n",
            ),
            (
                "## Status\n\n\n\naccepted  \n\n\n## Context\n",
                "## Status\n\nSuperceded by [2. B](0002-b.md)\n\n## Context\n",
            ),
            (
                "## Status\n\nProposed\n\n## Context\n",
                "## Status\n\nProposed\n\nSuperceded by [2. B](0002-b.md)\n\n## Context\n",
            ),
            (
                "# Status\n\nAccepted\n\n# Info\n",
                "# Status\n\nSuperceded by [2. B](0002-b.md)\n\n# Info\n",
            ),
            (
                "## Status\n\nAccepted\n\n### History\n",
                "## Status\n\nSuperceded by [2. B](0002-b.md)\n\n### History\n",
            ),
        ] {
            assert_eq!(superseded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn line_endings_and_a_byte_order_mark_stay() {
        assert_eq!(
            superseded(
                "\u{feff}# 1. A\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n## Context\r\n\r\nc"
            ),
            "\u{feff}# 1. A\r\n\r\n## Status\r\n\r\nSuperceded by [2. B](0002-b.md)\r\n\r\n## Context\r\n\r\nc"
        );
        assert_eq!(
            superseded("\u{feff}## Status\n\nAccepted\n\n## Context\n"),
            "\u{feff}## Status\n\nSuperceded by [2. B](0002-b.md)\n\n## Context\n"
        );
    }

    #[test]
    fn status_may_be_the_last_section() {
        for text in
            ["## Status\n\nAccepted", "## Status\n\nAccepted\n", "## Status\n\nAccepted\n\n"]
        {
            assert_eq!(superseded(text), format!("## Status\n\n{LINK}\n"), "{text:?}");
        }
        assert_eq!(superseded("## Status"), format!("## Status\n\n{LINK}\n"));
    }

    #[test]
    fn the_first_of_two_sections_is_meant() {
        let text = "## Status\n\nAccepted\n\n## Context\n\n## Status\n\nAccepted\n\n## More\n";
        let expected =
            format!("## Status\n\n{LINK}\n\n## Context\n\n## Status\n\nAccepted\n\n## More\n");
        assert_eq!(superseded(text), expected);
    }

    #[test]
    fn code_holds_no_headings() {
        let text = "# 1. A\n\n```md\n## Status\n```\n\n## Status\n\n~~~\n## x\n~~~\n\n## Context\n";
        let linked = with_line(text, LINK).unwrap();
        assert!(linked.ends_with(&format!("~~~\n\n{LINK}\n\n## Context\n")), "{linked}");
        for fenced in [
            "```\n## Status\n```\n",
            "````md\n```\n## Status\n```\n````\n",
            "~~~\n```\n## Status\n",
        ] {
            assert_eq!(with_line(&format!("# 1. A\n\n{fenced}"), LINK), None, "{fenced}");
        }
        assert_eq!(lines("no section\n"), [""; 0]);
    }

    /// The lines that say something, but for the link.
    fn rest(text: &str) -> Vec<&str> {
        text.lines().filter(|line| !is_blank(line) && *line != LINK).collect()
    }

    proptest! {
        /// Whatever the file holds: one line more, and everything else as it was.
        #[test]
        fn an_edit_adds_its_line_and_keeps_the_rest(
            text in "\u{feff}?((# A|## Status|##Context|Accepted|```|~~~~|x|)\r?\n){0,12}(x|Accepted|## Status)?"
        ) {
            let Some(linked) = with_line(&text, LINK) else { return Ok(()) };
            prop_assert_eq!(rest(&linked), rest(&text));
            prop_assert_eq!(linked.lines().filter(|line| *line == LINK).count(), 1);
            prop_assert!(lines(&linked).contains(&LINK));
            prop_assert_eq!(with_line(&linked, LINK), Some(linked));
        }

        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = with_line(&text, LINK).and_then(|linked| without_accepted(&linked));
            let _ = lines(&text);
        }
    }
}
