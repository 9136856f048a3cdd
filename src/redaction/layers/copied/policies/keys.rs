//! Policies in languages of keys: Terraform and Vault (`key = …`), manifests
//! and templates in YAML (`key: …`). A key's values stand behind it, in a list
//! on its line or below it.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::super::pattern::Pattern;
use super::super::super::super::rules::Cue;
use super::super::super::super::text::{self, Text};
use super::super::Finds;
use super::super::{Line, some_lines};
use super::hide;
use super::languages::{LANGUAGES, Language};

/// Words that tell languages.
pub(super) fn cues() -> impl Iterator<Item = (Cue, &'static str)> {
    let rows = LANGUAGES.iter().enumerate();
    rows.flat_map(|(row, it)| it.tells.iter().map(move |word| (Cue::of_language(row), *word)))
}

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    for (row, language) in LANGUAGES.iter().enumerate() {
        let mut done = 0;
        for number in text.lines_with(&[Cue::of_language(row)]) {
            if number < done {
                continue;
            }
            let block = block(text, number, done);
            done = block.end;
            let lines: Vec<Line<'_>> = some_lines(text, block).collect();
            Reader { language, top: "", key: None, indent: 0, labels: None }.read(&lines, found);
        }
    }
}

/// The lines around one, between fences and the begins of documents.
fn block(text: &Text<'_>, number: usize, from: usize) -> Range<usize> {
    let is_edge = |line: &text::Line| {
        let shown = text.line(line).trim_start_matches(['>', ' ']);
        shown.starts_with("---") || shown.starts_with("```") || shown.starts_with("~~~")
    };
    if is_edge(&text.lines[number]) {
        return number + 1..number + 1;
    }
    let above = text.lines[from..number].iter().rev().take_while(|it| !is_edge(it)).count();
    let below = text.lines[number..].iter().take_while(|it| !is_edge(it)).count();
    number - above..number + below
}

/// What is known of a block line by line.
struct Reader<'l, 't> {
    language: &'l Language,
    /// The last key without an indent.
    top: &'t str,
    /// A key whose values stand below it, and its indent.
    key: Option<&'t str>,
    indent: usize,
    /// The indent of the labels that the lines stand below.
    labels: Option<usize>,
}

impl<'t> Reader<'_, 't> {
    fn read(mut self, block: &[Line<'t>], found: &mut Finds<'_>) {
        static KEY: LazyLock<Pattern> = LazyLock::new(|| {
            Pattern::fixed(
                r#"^[>\s]*(?:- )*["']?([A-Za-z][\w./-]*)["']?(?:\s*=|:(?:\s|$)|\s+"[^"\n]*"\s*\{)"#,
            )
        });
        static FLOW: LazyLock<Pattern> = LazyLock::new(|| {
            Pattern::fixed(r#"[{,\[]\s*["']?([A-Za-z][\w./-]*)["']?:\s*["']?([^\s,{}\[\]"']+)"#)
        });
        for line in block {
            for hit in FLOW.captures_iter(line.text).filter(|it| self.is_wanted(&it[1])) {
                let value = hit.get(2).map_or(0..0, |it| it.range());
                hide(line.start + value.start, value.len(), found);
            }
            // `matchLabels: { team: x }`: whoever is chosen.
            if line.text.contains("matchLabels") && self.language.keys.contains(&"cidr") {
                for hit in FLOW.captures_iter(line.text) {
                    let value = hit.get(2).map_or(0..0, |it| it.range());
                    hide(line.start + value.start, value.len(), found);
                }
            }
            let lead = line.text.trim_start_matches(['>', ' ']);
            let indent = line.text.len() - lead.len();
            if let Some(name) = KEY.captures(line.text).and_then(|it| it.get(1)) {
                if indent == 0 && !lead.starts_with('-') {
                    self.top = name.as_str();
                }
                let is_chosen = self.labels.is_some_and(|at| indent > at);
                self.labels = match name.as_str() {
                    "matchLabels" => Some(indent),
                    _ => self.labels.filter(|at| indent > *at),
                };
                let is_wanted = self.is_wanted(name.as_str())
                    || is_chosen && self.language.keys.contains(&"cidr");
                self.key = is_wanted.then_some(name.as_str());
                self.indent = indent;
                if is_wanted {
                    values(line, name.end(), found);
                }
            } else if self.key.is_some() && is_item(lead) && indent >= self.indent {
                values(line, 0, found);
            } else if !lead.starts_with([']', '[']) {
                self.key = None;
            }
        }
    }

    fn is_wanted(&self, name: &str) -> bool {
        self.language.keys.iter().any(|key| match key.split_once('.') {
            Some((top, inner)) if top == self.top => inner == name,
            _ => *key == name,
        })
    }
}

/// `- value` or `"value",` below a key.
fn is_item(line: &str) -> bool {
    line.starts_with("- ")
        || line.starts_with(['"', '\''])
        || line.starts_with(|c: char| c.is_ascii_digit())
}

/// Every value on a line behind a place.
fn values(line: &Line<'_>, from: usize, found: &mut Finds<'_>) {
    static VALUE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r#""([^"\n]+)"|'([^'\n]+)'|([A-Za-z0-9*/$_][^\s,"'\[\]{}#]*)"#)
    });
    let words = [
        "true",
        "false",
        "tcp",
        "udp",
        "TCP",
        "UDP",
        "any",
        "null",
        "AWS:",
        "Service:",
        "Federated:",
    ];
    for hit in VALUE.captures_iter(&line.text[from..]) {
        let value = hit.iter().skip(1).flatten().next();
        if let Some(value) = value.filter(|it| !words.contains(&it.as_str())) {
            hide(
                line.start + from + value.start(),
                value.as_str().trim_end_matches(':').len(),
                found,
            );
        }
    }
}
