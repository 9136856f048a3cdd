//! A new decision from its template.
//!
//! In each line the first NUMBER, TITLE, DATE and STATUS are filled in. Only
//! the template is searched: a title may hold any of these words, and any
//! character.

use super::status;

/// For decisions without a template of the project's own.
const DECISION: &str = "\
# NUMBER. TITLE

Date: DATE

## Status

STATUS

## Context

What makes a choice necessary now: the forces, limits and facts that it has to answer to.

## Decision

What we will do, in full sentences and the active voice.

## Consequences

What follows from it, the welcome and the unwelcome, and what has to be watched or done next.
";

/// The first decision of a log.
const FIRST: &str = "\
# NUMBER. TITLE

Date: DATE

## Status

STATUS

## Context

Why the system is built as it is will be asked long after the people who chose have forgotten or left.

## Decision

We keep a log of decisions in this folder: a short numbered Markdown file for each, in Michael Nygard's form.

## Consequences

A new record replaces an old one; both stay and name each other, and the log tells what was thought before.
";

/// The title of the first decision of a log.
pub(in crate::adr_tools) const FIRST_TITLE: &str = "Record architecture decisions";

/// What new decisions are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::adr_tools) enum Template {
    /// The one that comes with the program.
    Decision,
    /// The one for the first decision of a log.
    First,
    /// The project's own.
    Own(String),
}

impl Template {
    fn text(&self) -> &str {
        match self {
            Self::Decision => DECISION,
            Self::First => FIRST,
            Self::Own(text) => text,
        }
    }

    /// True if it has a place for links.
    pub(in crate::adr_tools) fn takes_links(&self) -> bool {
        status::with_line(self.text(), "").is_some()
    }

    /// The text of a new decision.
    pub(in crate::adr_tools) fn filled(&self, number: u64, title: &str, date: &str) -> String {
        let number = number.to_string();
        let values =
            [("NUMBER", number.as_str()), ("TITLE", title), ("DATE", date), ("STATUS", "Accepted")];
        self.text().split_inclusive('\n').map(|line| filled_line(line, &values)).collect()
    }
}

fn filled_line(line: &str, values: &[(&str, &str)]) -> String {
    let place = |(token, value): &(&str, &str)| {
        line.find(token).map(|at| (at, token.len(), (*value).to_owned()))
    };
    let mut places: Vec<(usize, usize, String)> = values.iter().filter_map(place).collect();
    places.sort_unstable();
    let mut filled = String::with_capacity(line.len());
    let mut done = 0;
    for (at, length, value) in places {
        filled = filled + &line[done..at] + &value;
        done = at + length;
    }
    filled + &line[done..]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn own(text: &str, title: &str) -> String {
        Template::Own(text.to_owned()).filled(7, title, "1992-01-12")
    }

    #[test]
    fn the_head_is_nygards() {
        for template in [Template::Decision, Template::First] {
            let text = template.filled(1, "Use X", "1992-01-12");
            let head = "# 1. Use X\n\nDate: 1992-01-12\n\n## Status\n\nAccepted\n\n## Context\n\n";
            assert!(text.starts_with(head), "{text}");
            let headings: Vec<_> = text.lines().filter(|line| line.starts_with('#')).collect();
            assert_eq!(
                headings[1..],
                ["## Status", "## Context", "## Decision", "## Consequences"]
            );
            assert!(!text.contains("\n\n\n") && text.ends_with(".\n"));
        }
    }

    #[test]
    fn the_first_of_each_line_is_filled_in() {
        assert_eq!(own("TITLE TITLE\nTITLE (DATE, NUMBER)\n", "X"), "X TITLE\nX (1992-01-12, 7)\n");
        assert_eq!(own("# TITLE\r\n\r\nSTATUS\r\n", "X"), "# X\r\n\r\nAccepted\r\n");
        assert_eq!(own("\u{feff}# TITLE", "X"), "\u{feff}# X");
    }

    #[test]
    fn a_title_may_hold_anything() {
        for title in
            ["a|b", "a/b", "a & b", "C:\\1", "\"q\" 'q'", "$x `y`", "STATUS of DATE, NUMBER"]
        {
            assert_eq!(own("# NUMBER. TITLE\n", title), format!("# 7. {title}\n"));
        }
    }

    proptest! {
        /// Whatever a template holds around its words, it stays.
        #[test]
        fn a_template_keeps_what_is_no_word(text in "((NUMBER|TITLE|DATE|STATUS|[A-Z]| |\u{e9}){0,8}\r?\n){0,4}") {
            let filled = own(&text, "\u{1}");
            prop_assert_eq!(filled.matches('\n').count(), text.matches('\n').count());
            prop_assert_eq!(filled.matches('\r').count(), text.matches('\r').count());
            let titled = text.lines().filter(|line| line.contains("TITLE")).count();
            prop_assert_eq!(filled.matches('\u{1}').count(), titled);
        }
    }
}
