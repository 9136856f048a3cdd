//! Facts that stand between a title and the first section.

use std::sync::LazyLock;

use regex::Regex;

static FACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s{0,3}(?:[*+-]\s+)?[*_]{0,2}(?<key>status|date|decision[- ]date|deciders?|decision[- ]makers?|consulted|informed|tags)[*_]{0,2}\s*:\s*[*_]{0,2}\s*(?<value>.*)$",
    )
    .expect("a fixed pattern that a test compiles")
});
static ROW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s*\|\s*[*_]*(?<key>status|date|deciders|tags)[*_]*\s*\|(?<value>[^|]*)\|\s*$",
    )
    .expect("a fixed pattern that a test compiles")
});

/// What is stated once, as it is written.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) status: Option<String>,
    pub(super) date: Option<String>,
    pub(super) deciders: Vec<String>,
    pub(super) consulted: Vec<String>,
    pub(super) informed: Vec<String>,
    pub(super) tags: Vec<String>,
}

impl Stated {
    /// Takes from `other` what is not stated here.
    pub(super) fn fill_from(&mut self, other: Self) {
        self.status = self.status.take().or(other.status);
        self.date = self.date.take().or(other.date);
        for (own, others) in [
            (&mut self.deciders, other.deciders),
            (&mut self.consulted, other.consulted),
            (&mut self.informed, other.informed),
            (&mut self.tags, other.tags),
        ] {
            if own.is_empty() {
                *own = others;
            }
        }
    }

    /// False where the fact is there already, so that its line must stay.
    fn add(&mut self, key: &str, value: &str) -> bool {
        let key = key.to_lowercase().replace('-', " ");
        let one = match key.as_str() {
            "status" => &mut self.status,
            "date" | "decision date" => &mut self.date,
            _ => return self.add_names(&key, value),
        };
        let is_new = one.is_none();
        if is_new {
            *one = Some(value.to_owned());
        }
        is_new
    }

    fn add_names(&mut self, key: &str, value: &str) -> bool {
        let list = match key {
            "consulted" => &mut self.consulted,
            "informed" => &mut self.informed,
            "tags" => &mut self.tags,
            _ => &mut self.deciders,
        };
        let is_new = list.is_empty();
        if is_new {
            let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
            list.extend(names.map(str::to_owned));
        }
        is_new
    }
}

/// What `text` states, and what is left of it, without blank lines at its ends.
pub(super) fn read(text: &str) -> (Stated, String) {
    let mut stated = Stated::default();
    let mut rest = String::new();
    let mut fence = None;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let marker = ["```", "~~~"].into_iter().find(|it| line.trim_start().starts_with(it));
        match (fence, marker) {
            (None, Some(_)) => fence = marker,
            (Some(open), Some(close)) if open == close => fence = None,
            _ => {}
        }
        let fact = if fence.is_some() || marker.is_some() { None } else { fact(line) };
        let Some((key, mut value)) = fact else {
            rest.push_str(line);
            continue;
        };
        let mut whole = line.to_owned();
        while let Some(more) = lines.next_if(|next| continues(next) && !line.contains('|')) {
            whole.push_str(more);
            value = format!("{value} {}", more.trim());
        }
        let says_something = !value.is_empty() && !is_placeholder(&value);
        if (says_something && !stated.add(&key, &value)) || is_placeholder(&value) {
            rest.push_str(&whole);
        }
    }
    (stated, trimmed(&without_empty_table(&rest)).to_owned())
}

/// The key and value of a line that states a fact; comments are none.
fn fact(line: &str) -> Option<(String, String)> {
    let bare = line.split("<!--").next().unwrap_or_default().trim_end();
    let found = FACT.captures(bare).or_else(|| ROW.captures(bare))?;
    let value = found["value"].trim().trim_end_matches('\\').trim();
    Some((found["key"].to_owned(), value.to_owned()))
}

/// An item's second line.
fn continues(line: &str) -> bool {
    let is_item = line.trim_start().starts_with(['*', '-', '+', '|']);
    line.starts_with([' ', '\t']) && !line.trim().is_empty() && !is_item
}

/// What a template asks for.
pub(super) fn is_placeholder(value: &str) -> bool {
    (value.starts_with('[') && value.ends_with(']') && !value.contains("]("))
        || (value.starts_with('{') && value.ends_with('}'))
        || (value.starts_with('[') && value.contains(" | "))
}

/// A table whose rows were all facts leaves a frame.
fn without_empty_table(text: &str) -> String {
    let is_row = |line: &str| line.trim_start().starts_with('|');
    let is_frame = |line: &str| is_row(line) && line.trim().chars().all(|c| "|-: ".contains(c));
    let rows: Vec<&str> = text.lines().filter(|line| is_row(line)).collect();
    if rows.is_empty() || !rows.iter().all(|line| is_frame(line)) {
        return text.to_owned();
    }
    text.split_inclusive('\n').filter(|line| !is_row(line)).collect()
}

/// Without blank lines at its ends; the last line keeps no end.
pub(super) fn trimmed(text: &str) -> &str {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        start += line.len();
    }
    text[start..].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_taken_out_and_the_rest_stays() {
        let (stated, rest) = read(
            "\n* Status: accepted\n* Deciders: Ann,\n  Bo\n* Tags: a, , b\n\nTechnical Story: T-1\n\
             \n```\nStatus: no\n~~~\n```\n* Date: 2026-01-05 <!-- when -->\n",
        );
        assert_eq!(stated.status.as_deref(), Some("accepted"));
        assert_eq!(stated.date.as_deref(), Some("2026-01-05"));
        assert_eq!((stated.deciders, stated.tags), (names(&["Ann", "Bo"]), names(&["a", "b"])));
        assert_eq!(rest, "Technical Story: T-1\n\n```\nStatus: no\n~~~\n```");
    }

    fn names(all: &[&str]) -> Vec<String> {
        all.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn an_items_second_line_is_neither_an_item_nor_a_row() {
        for second in ["  * Bo", "\t- Bo", "Bo", "  ", "  | Bo |"] {
            let (stated, rest) = read(&format!("* Deciders: Ann\n{second}\n"));
            assert_eq!(stated.deciders, ["Ann"], "{second}");
            assert_eq!(rest.trim(), second.trim());
        }
        assert_eq!(read("* Deciders: Ann,\n\tBo\n").0.deciders, ["Ann", "Bo"]);
        // A row of a table ends with its line.
        let (stated, rest) = read("| Status | accepted |\n  more\n");
        assert_eq!((stated.status.as_deref(), rest.as_str()), (Some("accepted"), "  more"));
    }

    #[test]
    fn what_is_said_twice_or_by_a_template_stays() {
        let (stated, rest) = read("Status: accepted\nStatus: rejected\nConsulted: [who]\nTags:\n");
        assert_eq!(stated.status.as_deref(), Some("accepted"));
        assert_eq!(rest, "Status: rejected\nConsulted: [who]");
        for (value, is_placeholder_) in [
            ("[who]", true),
            ("{who}", true),
            ("[a | b]", true),
            ("[a | b] c", true),
            ("[Ann](ann.md)", false),
            ("[who", false),
            ("{who", false),
            ("who]", false),
            ("who}", false),
            ("a | b", false),
        ] {
            assert_eq!(is_placeholder(value), is_placeholder_, "{value}");
        }
    }

    #[test]
    fn a_frame_goes_with_its_last_row() {
        let of = |text: &str| read(text).1;
        assert_eq!(of("| | |\n|---|---|\n| Status | accepted |\n\nWords.\n"), "Words.");
        let kept = "| A | B |\n|---|---|\n| Cost | 3 |";
        assert_eq!(of(&format!("| Status | accepted |\n{kept}\n")), kept);
    }

    #[test]
    fn the_first_to_state_a_fact_is_heard() {
        let mut own = read("Status: accepted\nTags: a\n").0;
        own.fill_from(read("Status: draft\nDate: 2026-01-05\nTags: b\nInformed: Cy\n").0);
        assert_eq!(own.status.as_deref(), Some("accepted"));
        assert_eq!(own.date.as_deref(), Some("2026-01-05"));
        assert_eq!((own.tags, own.informed), (names(&["a"]), names(&["Cy"])));
    }

    #[test]
    fn blank_lines_at_the_ends_are_trimmed() {
        assert_eq!(trimmed("\n \n  a\n\nb\n\n"), "  a\n\nb");
        assert_eq!((trimmed(""), trimmed("\n\n")), ("", ""));
    }
}
