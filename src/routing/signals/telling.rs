//! The words of a ticket that are worth ranking on.
//!
//! Identities, times and encoded data differ in every ticket. They match
//! nothing, or the wrong page by chance, and they make long tickets look
//! unlike every page. They are left out; so is what was said before.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Ticket;
use super::ticket::label::{Role, role};
use super::ticket::link;

/// Labels beyond this many repeat one another.
const MAX_LABELS: usize = 64;

/// Title, then body, then labels' values, one thing per line.
///
/// Left out are UUIDs, dates, times and epochs, hexadecimal and other encoded
/// runs, account numbers, the generated ends of pods' names, queries and
/// fragments of addresses, labels that only identify, and every line that
/// stands already. Error codes stay, also those in hexadecimal.
pub fn telling_text(ticket: &Ticket) -> String {
    let mut telling = Telling::default();
    let said = std::iter::once(ticket.title.as_str()).chain(ticket.body.lines());
    said.for_each(|line| telling.add_line(line));
    let labels = ticket.labels.iter().filter(|(key, _)| role(key) != Role::Noise);
    for (_, value) in labels.take(MAX_LABELS) {
        telling.add_line(value);
    }
    telling.text
}

#[derive(Default)]
struct Telling {
    text: String,
    seen: HashSet<String>,
}

impl Telling {
    fn add_line(&mut self, line: &str) {
        let line = without_queries(line);
        let kept = NOISE.replace_all(&line, |found: &Captures<'_>| keep(found));
        let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().any(char::is_alphanumeric) && self.seen.insert(line.clone()) {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(&line);
        }
    }
}

/// Addresses end where their query or fragment begins.
fn without_queries(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut from = 0;
    for span in link::find(line) {
        let end = line[span.clone()].find(['?', '#']).map_or(span.end, |at| span.start + at);
        kept.push_str(&line[from..end]);
        from = span.end;
    }
    kept.push_str(&line[from..]);
    kept
}

/// Each alternative is one sort of noise; `keep` looks at what may be more.
static NOISE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<pod>[a-z][a-z0-9-]{0,60}[a-z0-9])-[a-f0-9]{8,10}-[a-z0-9]{5}(?-u:\b)",
        r"|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
        r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?",
        r"|[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?Z?",
        r"|(?P<run>[A-Za-z0-9+/_=]{8,})",
    ))
    .expect("the pattern is constant")
});

/// What stays of a match: a pod's own name, a run that is a word.
fn keep(found: &Captures<'_>) -> String {
    let word = || found.name("run").filter(|run| !is_encoded(run.as_str()));
    found.name("pod").or_else(word).map_or(" ", |kept| kept.as_str()).to_owned()
}

/// Long numbers, hexadecimal with a digit in it, and long runs that mix digits
/// and both cases as no name does.
fn is_encoded(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let hex = run.strip_prefix("0x").unwrap_or(run);
    let status = run.len() == 10 && (run.starts_with("0x8") || run.starts_with("0xC"));
    let is_hex = digits > 0 && hex.bytes().all(|b| b.is_ascii_hexdigit());
    let has = |test: fn(&u8) -> bool| run.as_bytes().iter().any(test);
    let mixed =
        has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && digits * 8 >= run.len();
    let epoch = digits == run.len() && run.len() >= 10;
    epoch || (is_hex && !status && digits < run.len()) || (run.len() >= 24 && mixed)
}
