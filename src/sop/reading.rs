//! A gate's steps, stop conditions and decision, read from its lines.
//!
//! By words and not by one form: whoever writes plainly is understood. A block
//! of code is a command with the words above it; an item of a list is a step;
//! a row of a table that says what is expected is one too.

use std::sync::LazyLock;

use regex::Regex;

use super::gates::{gates, headings};
use super::hold;
use super::procedure::{Gate, Procedure, Step, Unusable};
use crate::document::{Document, Part, Text, understand};
use crate::template::{has_word, plain};

/// More gates than that walk nobody anywhere.
const MOST_GATES: usize = 20;

/// More steps than that, or stop conditions, are no gate any more.
const MOST_STEPS: usize = 200;

/// Characters of one text.
const LONGEST: usize = 2_000;

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?is)^[*_]{0,3}(stop(?: conditions?)?|decisions?)(?:[.:][*_]{0,3}|[*_]{2,3}[.:]?)\s*(.*)$",
    )
});
static STOP: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:stops?|abort|do not go on)\b"));
static DECISION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bdeci(?:sion|de)|\bsigns? off|\bsign-off|\bapprov"));
static HOLD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bhold_for[`*]*\s*:[ \t]*[`*]*([^`\n,;.]*)"));
static BLOCKED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bblocked_while[`*]*\s*:[ \t]*[`*]*([\w-]*)"));
static ITEM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\s*)(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern that a test compiles")
}

/// True if a heading stands above conditions to stop: `Stop conditions`, `Stop rule`,
/// `When to stop`. A heading that only says `Stop` may be a step.
pub fn is_stop_heading(heading: &str) -> bool {
    has_word(&plain(heading), &["stop condition", "stop rule", "when to stop", "abort condition"])
}

/// True if a paragraph or an item of a list says when to stop: it begins with the label
/// `Stop conditions.`, or with `Stop if`. Takes its text without markup.
pub fn is_stop_text(text: &str) -> bool {
    let label = LABEL.captures(text).map(|it| it[1].to_lowercase());
    label.is_some_and(|label| label.starts_with("stop "))
        || has_word(&plain(text.lines().next().unwrap_or_default()), &["stop if", "stop when"])
            && text.trim_start().get(..4).is_some_and(|it| it.eq_ignore_ascii_case("stop"))
}

impl Procedure {
    /// Reads a page.
    ///
    /// # Errors
    /// It lacks gates or has them out of order, is larger than anybody walks,
    /// or holds a gate for a time that cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        let text = Text::new(bytes);
        let (document, _) = understand(&text);
        let four = gates(&document, text.as_str());
        let absent: Vec<_> = four.iter().filter(|(_, it)| it.is_none()).map(|it| it.0).collect();
        if !absent.is_empty() {
            return Err(Unusable::NoGate(absent));
        }
        in_order(four.into_iter().filter_map(|(_, part)| part))?;
        let parts = headings(&document, text.as_str());
        most("gates", parts.len(), MOST_GATES)?;
        let gates = parts.iter().map(|part| gate(&document, text.as_str(), part));
        let gates = gates.collect::<Result<_, _>>()?;
        Ok(Self { title: document.h1.clone().unwrap_or_default(), gates })
    }
}

fn in_order<'a>(parts: impl Iterator<Item = Part<'a>>) -> Result<(), Unusable> {
    let parts: Vec<_> = parts.collect();
    let wrong = parts.windows(2).find(|it| it[1].section.span.start <= it[0].section.span.start);
    match wrong {
        None => Ok(()),
        Some(pair) => Err(Unusable::Order {
            after: pair[1].section.heading.clone(),
            before: pair[0].section.heading.clone(),
            line: pair[1].section.lines[0],
        }),
    }
}

fn most(what: &'static str, found: usize, most: usize) -> Result<(), Unusable> {
    if found > most { Err(Unusable::Large { what, found, most }) } else { Ok(()) }
}

/// Reads one gate of a page.
fn gate(document: &Document, text: &str, part: &Part<'_>) -> Result<Gate, Unusable> {
    let said = said(document, text, part);
    let mut reader = Reader::new(part);
    for (number, line) in
        (part.section.lines[0]..).skip(heading_lines(text, part)).zip(said.lines())
    {
        reader.line(number, line)?;
    }
    reader.end_block();
    let gate = reader.gate;
    most("steps of a gate", gate.steps.len(), MOST_STEPS)?;
    most("stop conditions of a gate", gate.stops.len(), MOST_STEPS)?;
    Ok(gate)
}

/// Lines between the heading's first and the body.
fn heading_lines(text: &str, part: &Part<'_>) -> usize {
    let head = &text[part.section.span.start as usize..part.body.start as usize];
    head.matches('\n').count()
}

/// The body with comments blanked: they say nothing.
fn said(document: &Document, text: &str, part: &Part<'_>) -> String {
    let (start, end) = (part.body.start as usize, part.body.end as usize);
    let mut bytes = text.as_bytes()[start..end].to_vec();
    for comment in &document.comments {
        let from = (comment.start as usize).clamp(start, end) - start;
        let to = (comment.end as usize).clamp(start, end) - start;
        bytes[from..to].iter_mut().filter(|it| **it != b'\n').for_each(|it| *it = b' ');
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// What words are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Stop,
    Decision,
}

/// What the lines just read are.
#[derive(Debug)]
enum Block {
    None,
    Prose(String),
    Item(String, Option<String>),
    Table { expected: bool, rows: usize },
}

struct Reader {
    gate: Gate,
    block: Block,
    /// Marks that end a block of code, and its lines so far.
    fence: Option<(String, String)>,
    /// Of the deeper heading that stands above.
    heading: Option<Topic>,
    /// Of a label that nothing but a list follows.
    label: Option<Topic>,
    /// The words that stood last, for a command.
    above: String,
}

impl Reader {
    fn new(part: &Part<'_>) -> Self {
        let gate = Gate {
            heading: cut(&part.section.heading),
            line: part.section.lines[0],
            steps: Vec::new(),
            stops: Vec::new(),
            decision: String::new(),
            hold_for: 0,
            blocked_while: Vec::new(),
        };
        let above = String::new();
        Self { gate, block: Block::None, fence: None, heading: None, label: None, above }
    }

    fn line(&mut self, number: u32, line: &str) -> Result<(), Unusable> {
        let bare = line.trim();
        if let Some((mark, code)) = &mut self.fence {
            if bare.starts_with(mark.as_str()) && bare.trim_start_matches(&mark[..1]).is_empty() {
                let code = std::mem::take(code);
                self.fence = None;
                self.code(&code);
            } else {
                code.push_str(line);
                code.push('\n');
            }
            return Ok(());
        }
        if let Some(mark) = fence(bare) {
            self.fence = Some((mark, String::new()));
            return Ok(());
        }
        if self.condition(number, bare)? {
            return Ok(());
        }
        self.words(line, bare);
        Ok(())
    }

    /// `hold_for` and `blocked_while`; true where the line says one.
    fn condition(&mut self, number: u32, bare: &str) -> Result<bool, Unusable> {
        let mut is_one = false;
        for found in HOLD.captures_iter(bare) {
            let value = found[1].trim().to_owned();
            let seconds = hold::seconds(&value);
            self.gate.hold_for = seconds.ok_or(Unusable::Hold { value, line: number })?;
            is_one = true;
        }
        for found in BLOCKED.captures_iter(bare) {
            let name = found[1].to_lowercase();
            if name.is_empty() {
                return Err(Unusable::Blocked { line: number });
            }
            if !self.gate.blocked_while.contains(&name) {
                self.gate.blocked_while.push(name);
            }
            is_one = true;
        }
        Ok(is_one)
    }

    fn words(&mut self, line: &str, bare: &str) {
        if bare.is_empty() {
            if !matches!(self.block, Block::Item(..)) {
                self.end_block();
            }
        } else if bare.starts_with('#') && bare.trim_start_matches('#').starts_with(' ') {
            self.end_block();
            self.head(bare);
        } else if bare.starts_with('|') {
            self.row(bare);
        } else if let Some(item) = ITEM.captures(line).filter(|it| it[1].len() < 2) {
            self.end_block();
            self.block = Block::Item(item[2].to_owned(), None);
        } else {
            self.more(line, bare);
        }
    }

    fn head(&mut self, bare: &str) {
        let name = plain(bare);
        self.label = None;
        bare.trim_start_matches(['#', ' ']).clone_into(&mut self.above);
        self.heading = if has_word(&name, &["stop", "abort"]) {
            Some(Topic::Stop)
        } else if has_word(&name, &["deci", "sign off", "approv"]) {
            Some(Topic::Decision)
        } else {
            None
        };
    }

    /// A row of a table; the first is its head.
    fn row(&mut self, bare: &str) {
        let cells = || bare.trim_matches('|').split('|').map(str::trim);
        let Block::Table { expected, rows } = &mut self.block else {
            self.end_block();
            let expected = cells().any(|it| has_word(&plain(it), &["expect"]));
            self.block = Block::Table { expected, rows: 0 };
            return;
        };
        *rows += 1;
        let says = cells().any(|it| it.chars().any(char::is_alphanumeric));
        if *expected && *rows > 1 && says {
            let text: Vec<&str> = cells().filter(|it| !it.is_empty()).collect();
            let text = cut(&text.join(" | "));
            self.gate.steps.push(Step { text, command: None });
        }
    }

    /// A line that goes on with what stands above, or begins a paragraph.
    fn more(&mut self, line: &str, bare: &str) {
        let is_indented = line.starts_with([' ', '\t']);
        match &mut self.block {
            Block::Prose(text) => text.extend([" ", bare]),
            Block::Item(text, _) if is_indented => text.extend([" ", bare]),
            _ => {
                self.end_block();
                self.block = Block::Prose(bare.to_owned());
            }
        }
    }

    fn code(&mut self, code: &str) {
        let command = cut(unindented(code).trim_end());
        if let Block::Item(_, of_item) = &mut self.block {
            match of_item {
                Some(more) => more.extend(["\n", &command]),
                None => *of_item = Some(command),
            }
            return;
        }
        self.end_block();
        let text = cut(&self.above);
        self.gate.steps.push(Step { text, command: Some(command) });
    }

    fn end_block(&mut self) {
        match std::mem::replace(&mut self.block, Block::None) {
            Block::Prose(text) => self.paragraph(&text),
            Block::Item(text, command) => self.item(&text, command),
            Block::None | Block::Table { .. } => {}
        }
    }

    fn paragraph(&mut self, text: &str) {
        text.clone_into(&mut self.above);
        if let Some(label) = LABEL.captures(text) {
            let is_stop = label[1].to_lowercase().starts_with("stop");
            let topic = if is_stop { Topic::Stop } else { Topic::Decision };
            self.label = Some(topic);
            return self.about(topic, &label[2]);
        }
        self.label = None;
        if let Some(topic) = self.heading {
            return self.about(topic, text);
        }
        if STOP.is_match(text) {
            self.about(Topic::Stop, text);
        }
        if DECISION.is_match(text) {
            self.about(Topic::Decision, text);
        }
    }

    fn item(&mut self, text: &str, command: Option<String>) {
        let topic = self.label.or(self.heading);
        match topic {
            Some(Topic::Stop) => self.gate.stops.push(cut(text)),
            Some(Topic::Decision) => self.about(Topic::Decision, text),
            None if command.is_none() && has_word(&plain(text), &["stop if", "stop when"]) => {
                self.gate.stops.push(cut(text));
            }
            None => self.gate.steps.push(Step { text: cut(text), command }),
        }
    }

    fn about(&mut self, topic: Topic, text: &str) {
        let text = text.trim();
        match topic {
            _ if text.is_empty() => {}
            Topic::Stop => self.gate.stops.extend(sentences(text)),
            Topic::Decision => {
                let gap = if self.gate.decision.is_empty() { "" } else { " " };
                self.gate.decision = cut(&format!("{}{gap}{text}", self.gate.decision));
            }
        }
    }
}

/// What a paragraph says of stopping, condition by condition: a sentence that
/// says nothing of it belongs to the one before.
fn sentences(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for sentence in text.split_inclusive(". ") {
        match all.last_mut() {
            Some(last) if !STOP.is_match(sentence) || !STOP.is_match(last) => {
                last.push_str(sentence);
            }
            _ => all.push(sentence.to_owned()),
        }
    }
    all.iter().map(|it| cut(it.trim())).collect()
}

/// The marks that open a block of code.
fn fence(bare: &str) -> Option<String> {
    let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let marks: String = bare.chars().take_while(|c| *c == mark).collect();
    (marks.len() >= 3).then_some(marks)
}

fn unindented(code: &str) -> String {
    let lines = code.lines().filter(|it| !it.trim().is_empty());
    let least = lines.map(|it| it.len() - it.trim_start_matches(' ').len()).min().unwrap_or(0);
    let lines = code.lines().map(|it| it.get(least..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
