//! What a piece of a page holds, as far as rules ask for it.
//!
//! Read from the lines: a rule should be kept by whoever writes plainly, and
//! be broken only where the thing is not there.

use std::sync::LazyLock;

use regex::Regex;

use super::{Need, plain};

static ORDERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\s>]*\d{1,9}[.)]\s+\S"));
static BULLET: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\s>]*[-*+]\s+\S"));
static BOX: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[\s>]*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s+\S"));
/// A command line in the text: a program and something after it.
static INLINE_COMMAND: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"`\$?\s*[A-Za-z./~][\w./~-]*\s+[^`]+`"));
static WHEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:if|when|whenever|after|once|unless|until|while|as soon as|more than|less than|longer than|at least|within|above|below|over|under)\b",
    )
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|second time|third time)\b",
    )
});
static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s(\[*`])@[\w][\w/-]+|[\w.+-]+@[\w-]+\.[\w.]+|\+\d[\d ()-]{6,}|(?:^|[\s(`])#[a-z][\w-]+|\b(?:call|ask|contact|notify|tell|escalate to|hand over to|write to)\s+(?:the|your|whoever|an?)\s+\w+",
    )
});
static STOP: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bstop(?:s|ped)?\b"));
static DECISION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bdeci(?:sion|de|des|ded)\b"));
static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<!--.*?(?:-->|$)"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern that a test compiles")
}

/// A piece of a page, without the heading it stands under.
pub struct Content {
    /// Lines outside code; headings are left out.
    prose: Vec<String>,
    /// Whether a block of code says something.
    has_code: bool,
    /// Whether a link stands in it.
    has_link: bool,
}

impl Content {
    /// Reads the Markdown `text`; whether links stand in it is known to others.
    pub fn read(text: &str, has_link: bool) -> Self {
        let text = COMMENT.replace_all(text, "");
        let mut content = Self { prose: Vec::new(), has_code: false, has_link };
        let mut fence: Option<(char, usize)> = None;
        for line in text.lines() {
            let bare = line.trim_start_matches([' ', '\t', '>']);
            let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'));
            let run = mark.map_or(0, |mark| bare.chars().take_while(|c| *c == mark).count());
            match (fence, mark) {
                (None, Some(mark)) if run >= 3 => fence = Some((mark, run)),
                (Some((open, least)), Some(mark)) if mark == open && run >= least => fence = None,
                (Some(_), _) => content.has_code |= !line.trim().is_empty(),
                (None, _) => {
                    if !is_heading(bare) {
                        content.prose.push(line.to_owned());
                    }
                }
            }
        }
        content
    }

    /// True if nothing is said: no letter, digit or code.
    pub fn is_empty(&self) -> bool {
        let says = |line: &String| line.chars().any(char::is_alphanumeric);
        !self.has_code && !self.prose.iter().any(says)
    }

    /// True if the words stand in it, in any case, over line ends too.
    pub fn states(&self, words: &str) -> bool {
        let joined = self.prose.join(" ").to_lowercase();
        let text: Vec<&str> = joined.split_whitespace().collect();
        text.join(" ").contains(&words.to_lowercase())
    }

    /// True if it holds what is needed; `columns` are those of a table.
    pub fn holds(&self, need: Need, columns: &[String]) -> bool {
        let any = |regex: &Regex| self.prose.iter().any(|line| regex.is_match(line));
        match need {
            Need::Command => self.has_code || any(&INLINE_COMMAND),
            Need::Link => self.has_link,
            Need::CommandOrLink => self.has_link || self.has_code || any(&INLINE_COMMAND),
            Need::OrderedList => any(&ORDERED),
            Need::List => any(&ORDERED) || any(&BULLET),
            Need::Checklist => any(&BOX),
            Need::Table => self.has_table(columns),
            Need::Condition => any(&WHEN) && any(&NUMBER),
            Need::Contact => any(&CONTACT),
            Need::StopConditions => any(&STOP),
            Need::Decision => any(&DECISION),
        }
    }

    fn has_table(&self, columns: &[String]) -> bool {
        let rows: Vec<Option<Vec<String>>> = self.prose.iter().map(|line| cells(line)).collect();
        rows.windows(2).enumerate().any(|(at, pair)| {
            let [Some(head), Some(rule)] = pair else { return false };
            let is_rule = rule.iter().all(|cell| {
                cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':' | ' '))
            });
            let has = |column: &String| head.iter().any(|cell| plain(cell) == plain(column));
            let below = rows[at + 2..].iter().map_while(Option::as_ref);
            let says =
                |row: &Vec<String>| row.iter().any(|cell| cell.chars().any(char::is_alphanumeric));
            is_rule && columns.iter().all(has) && below.into_iter().any(says)
        })
    }
}

fn is_heading(line: &str) -> bool {
    let marks = line.chars().take_while(|c| *c == '#').count();
    (1..=6).contains(&marks) && line[marks..].starts_with([' ', '\t'])
}

/// The cells of a row; a `|` behind a backslash is no border.
fn cells(line: &str) -> Option<Vec<String>> {
    let bare = line.trim();
    if !bare.contains('|') {
        return None;
    }
    let inner = bare.strip_prefix('|').unwrap_or(bare);
    let inner = inner.strip_suffix('|').unwrap_or(inner).replace("\\|", "\u{0}");
    Some(inner.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(need: Need, text: &str) -> bool {
        Content::read(text, false).holds(need, &[])
    }

    #[test]
    fn each_need_is_seen_where_it_is_and_only_there() {
        for (need, there, not_there) in [
            (Need::Command, "```sh\nls\n```", "```sh\n```\nrun it"),
            (Need::Command, "1. Run `git revert <commit>`", "look at `queue`"),
            (Need::OrderedList, "  2) then", "2 then"),
            (Need::List, "* one", "one"),
            (Need::Checklist, "- [ ] one", "- one"),
            (Need::Condition, "If it lasts 15 minutes, stop", "If it lasts, stop"),
            (Need::Contact, "Call @team-a", "call it"),
            (Need::Contact, "tell the owner", "tell"),
            (Need::Contact, "write to oncall@example.org", "write"),
            (Need::StopConditions, "**Stop conditions.** None", "none"),
            (Need::Decision, "The lead decides", "the lead"),
            (Need::Table, "| a |\n|---|\n| x |", "| a |\n|---|\n|  |"),
        ] {
            assert!(holds(need, there), "{need:?}: {there}");
            assert!(!holds(need, not_there), "{need:?}: {not_there}");
        }
    }

    #[test]
    fn a_table_has_the_columns_that_are_asked() {
        let text = "| Risk | Likelihood (1-5) | Impact |\n|:--|---|--:|\n| a \\| b | 2 | 3 |\n";
        let asked = |columns: &[&str]| {
            let columns: Vec<String> = columns.iter().map(|it| (*it).to_owned()).collect();
            Content::read(text, false).holds(Need::Table, &columns)
        };
        assert!(asked(&["impact", "Likelihood"]));
        assert!(!asked(&["Mitigation"]));
    }

    #[test]
    fn comments_headings_and_empty_boxes_say_nothing() {
        for text in ["", "\n<!-- write here -->\n", "### Sub\n", "- [ ]\n", "| | |\n|---|---|\n"] {
            assert!(Content::read(text, false).is_empty(), "{text:?}");
        }
        assert!(!Content::read("```\nx\n```", false).is_empty());
        assert!(Content::read("There is No\n rollback: forward only", false).states("no rollback"));
    }
}
