//! Facts that a decision states in its text, outside front matter:
//! `Status: accepted`, `* Date: …`, `**Deciders:** …`, `| Status | Accepted |`,
//! and the paragraphs of a `## Status` section.
//!
//! Facts stand under the title, or in the sections "Status" and "Links";
//! code and comments hold none.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Document, Section};

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s{0,3}(?<bullet>[*+-]\s+)?[*_]{0,2}(?<key>status|date|decision[- ]date|deciders?|decision[- ]makers?)[*_]{0,2}\s*:\s*[*_]{0,2}\s*(?<value>.*)$",
    )
    .expect("a fixed pattern that a test compiles")
});

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// Lower-case.
    pub(super) key: String,
    /// As written, markup included.
    pub(super) value: String,
    /// `*`, `-` or `+` where it is an item of a list.
    pub(super) bullet: Option<char>,
    /// The first byte of its line in the file.
    pub(super) at: usize,
    /// Which cell of that line holds the value, where it is a table's row.
    pub(super) cell: Option<usize>,
}

/// A line that may state a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its first byte in the file.
    pub(super) at: usize,
    /// Without comments.
    pub(super) text: String,
}

/// All that a decision states in its text.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) stated: Vec<Fact>,
    /// Lines of the section "Status"; `None` where there is none.
    pub(super) status: Option<Vec<Line>>,
    /// Lines of the section "Links".
    pub(super) links: Vec<Line>,
}

impl Facts {
    /// Reads the facts of a file.
    pub(super) fn read(document: &Document, bytes: &[u8]) -> Self {
        let mut facts = Self::default();
        for (at, section) in document.sections.iter().enumerate() {
            if is_named(section, "status") && facts.status.is_none() {
                let lines = lines(document, section, bytes);
                facts.status =
                    Some(lines.into_iter().filter(|line| !line.text.trim().is_empty()).collect());
            } else if at == 0 || (at == 1 && section.level == 1) {
                // The title's, whatever the title is: a decision may be called "Links".
                facts.add_lines(&lines(document, section, bytes));
            } else if is_named(section, "links") {
                facts.links.extend(lines(document, section, bytes));
            }
        }
        facts
    }

    /// The value of a key, the first that is not empty.
    pub(super) fn value(&self, keys: &[&str]) -> Option<&str> {
        let mut facts = self.stated.iter().filter(|fact| keys.contains(&fact.key.as_str()));
        facts.find(|fact| !fact.value.is_empty()).map(|fact| fact.value.as_str())
    }

    fn add_lines(&mut self, lines: &[Line]) {
        for (nth, line) in lines.iter().enumerate() {
            if let Some(found) = LINE.captures(&line.text) {
                let bullet = found.name("bullet").and_then(|bullet| bullet.as_str().chars().next());
                self.add(&found["key"], &found["value"], Place { bullet, ..Place::of(line) });
            } else if line.text.trim_start().starts_with('|') {
                self.add_row(line, lines.get(nth + 2));
            }
        }
    }

    /// `| Status | Accepted |`, or a head `| Status | Date |` whose values stand two lines below.
    fn add_row(&mut self, line: &Line, below: Option<&Line>) {
        let is_key =
            |cell: &String| ["status", "date", "deciders"].contains(&cell.to_lowercase().as_str());
        let row = cells(&line.text);
        let keys = row.iter().filter(|cell| is_key(cell)).count();
        let in_cell = |line: &Line, cell| Place { cell: Some(cell), ..Place::of(line) };
        match (row.as_slice(), below.map(|line| (line, cells(&line.text)))) {
            ([key, value], _) if keys == 1 && is_key(key) => self.add(key, value, in_cell(line, 1)),
            (_, Some((below, values))) if keys > 0 && values.len() == row.len() => {
                for (cell, key) in row.iter().enumerate().filter(|(_, key)| is_key(key)) {
                    self.add(key, &values[cell], in_cell(below, cell));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, key: &str, value: &str, place: Place) {
        let value = value.trim().trim_end_matches('\\').trim().to_owned();
        let key = key.to_lowercase().replace('-', " ");
        let Place { bullet, at, cell } = place;
        self.stated.push(Fact { key, value, bullet, at, cell });
    }
}

/// Where a fact stands.
#[derive(Clone, Copy)]
struct Place {
    bullet: Option<char>,
    at: usize,
    cell: Option<usize>,
}

impl Place {
    fn of(line: &Line) -> Self {
        Self { bullet: None, at: line.at, cell: None }
    }
}

/// Where the value of a line such as `* Status: accepted` begins.
pub(super) fn value_start(line: &str) -> Option<usize> {
    LINE.captures(line)?.name("value").map(|value| value.start())
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_matches('|');
    inner
        .split('|')
        .map(|cell| cell.trim().trim_matches(['*', '_', '`', ':']).trim().to_owned())
        .collect()
}

/// True if the section's heading is `name`, but for case, numbering and emoji.
pub(super) fn is_named(section: &Section, name: &str) -> bool {
    bare_heading(section) == name
}

/// A heading in lower case without numbering, emoji and a trailing colon.
pub(super) fn bare_heading(section: &Section) -> String {
    let letters = section.heading.trim_matches(|c: char| !c.is_alphabetic());
    letters.to_lowercase()
}

/// Lines of a section without its heading, fenced code and HTML comments.
fn lines(document: &Document, section: &Section, bytes: &[u8]) -> Vec<Line> {
    let start = section.span.start.max(document.front.body_start) as usize;
    let text =
        String::from_utf8_lossy(bytes.get(start..section.span.end as usize).unwrap_or_default());
    let mut fence: Option<&str> = None;
    let mut in_comment = false;
    let mut found = Vec::new();
    let mut at = start;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches('\n').trim_end_matches('\r');
        let trimmed = line.trim_start();
        let marker = ["```", "~~~"].into_iter().find(|marker| trimmed.starts_with(marker));
        match (fence, marker) {
            (None, Some(marker)) => fence = Some(marker),
            (Some(open), Some(marker)) if open == marker => fence = None,
            (None, None) => found.push(Line { at, text: without_comments(line, &mut in_comment) }),
            _ => {}
        }
        at += whole.len();
    }
    if section.level > 0 && !found.is_empty() {
        found.remove(0);
    }
    found
}

fn without_comments(line: &str, in_comment: &mut bool) -> String {
    let mut kept = String::new();
    let mut rest = line;
    loop {
        let (before, marker) = if *in_comment { ("", "-->") } else { (rest, "<!--") };
        let Some((head, tail)) = rest.split_once(marker) else {
            kept.push_str(before);
            return kept;
        };
        if !*in_comment {
            kept.push_str(head);
        }
        *in_comment = !*in_comment;
        rest = tail;
    }
}
