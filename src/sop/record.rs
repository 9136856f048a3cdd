//! The record of a run, as it stands in a pull request or a commit message.
//!
//! What people read stands above, the run's events below, and the first
//! follows from the second and from the page: [`Found::faults`] makes it again
//! and compares line by line. So a record is held to the page's version and to
//! the order, times and marks of its gates, wherever the run's store is. That
//! events were not made up as a whole, only the store can say, or a signature.

use std::fmt::Write as _;

use super::event::{Decision, Event, Line};
use super::procedure::Procedure;
use super::state::{At, State};
use crate::chain::{self, BrokenChain};

const BEGIN: &str = "<!-- prode:sop begin ";
const END: &str = "<!-- prode:sop end ";
const CLOSE: &str = " -->";
const FENCE: &str = "```jsonl";

/// Events that are read of one record.
const MOST_EVENTS: usize = 10_000;

/// Writes the record of a run.
///
/// # Errors
/// The lines are no run of this procedure.
pub fn write(procedure: &Procedure, lines: &[Vec<u8>]) -> Result<String, BrokenChain> {
    let (read, chain) = chain::read::<Event>(lines)?;
    let state = State::replay(procedure, &read)?;
    let run = plain(&state.run);
    let mut text = format!("{BEGIN}{run}{CLOSE}\n**SOP gates: {}**\n\n", plain(&procedure.title));
    let State { sop, commit, digest, .. } = &state;
    let _ = writeln!(text, "Procedure `{}@{commit}`, gates `{digest}`", plain(sop));
    let _ = writeln!(text, "Run `{run}`, events `{}`\n", chain.head());
    for (gate, at) in procedure.gates.iter().zip(&state.gates) {
        let steps: std::collections::BTreeSet<u32> = at.outputs.iter().map(|it| it.step).collect();
        let passed = at.decided.as_ref().is_some_and(|it| it.decision == Decision::Go);
        let _ = writeln!(
            text,
            "- [{}] {}: {}; {} of {} steps with an output",
            if passed { 'x' } else { ' ' },
            plain(&gate.heading),
            told(at),
            steps.len(),
            gate.steps.len()
        );
    }
    let _ = writeln!(text, "\n<details><summary>Events</summary>\n\n{FENCE}");
    for line in lines {
        let _ = writeln!(text, "{}", String::from_utf8_lossy(line));
    }
    let _ = writeln!(text, "```\n\n</details>\n{END}{run}{CLOSE}");
    Ok(text)
}

fn told(at: &At) -> String {
    match &at.decided {
        None => "open".to_owned(),
        Some(it) => {
            format!("{} by {}, {}, {}", it.decision.name(), plain(&it.by), it.how.name(), it.at)
        }
    }
}

/// Words that are only words in Markdown: they mention nobody and close nothing.
fn plain(text: &str) -> String {
    let is_mark = |c: char| c.is_control() || matches!(c, '`' | '<' | '>' | '|' | '[' | ']' | '*');
    let text: String = text.chars().map(|c| if is_mark(c) { ' ' } else { c }).collect();
    text.replace('@', "@\u{200b}").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A record in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The run that it names.
    pub run: String,
    /// The 1-based line where it begins.
    pub line: usize,
    /// Its lines, without line ends.
    pub lines: Vec<String>,
    /// Whether its end is there.
    pub closed: bool,
}

/// Why a record does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `cut`, `forged`, `incomplete`.
    pub code: &'static str,
    /// Where, 1-based.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

/// Every record of a text, in its order.
pub fn find(text: &str) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if let Some(run) = named(line, BEGIN) {
            let (run, lines) = (run.to_owned(), vec![line.to_owned()]);
            all.push(Found { run, line: at + 1, lines, closed: false });
        } else if let Some(last) = all.last_mut().filter(|it| !it.closed) {
            last.lines.push(line.to_owned());
            last.closed = named(line, END).is_some();
        }
    }
    all
}

fn named<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    line.trim_start().strip_prefix(mark)?.strip_suffix(CLOSE)
}

impl Found {
    /// The events that it carries, each with its 1-based line.
    fn carried(&self) -> Vec<(usize, Vec<u8>)> {
        let lines = self.lines.iter().enumerate().skip_while(|(_, it)| *it != FENCE).skip(1);
        let lines = lines.take_while(|(_, it)| *it != "```").take(MOST_EVENTS);
        lines.map(|(at, it)| (self.line + at, it.clone().into_bytes())).collect()
    }

    /// The bytes of its events.
    pub fn events(&self) -> Vec<Vec<u8>> {
        self.carried().into_iter().map(|(_, bytes)| bytes).collect()
    }

    /// The page and the commit that it pins, by its first event.
    ///
    /// # Errors
    /// Its events are none, or not as they were written.
    pub fn pin(&self) -> Result<(String, String), Fault> {
        if !self.closed {
            let what = format!("the record of '{}' has no end", self.run);
            return Err(Fault { code: "cut", line: self.line, what });
        }
        let broken = |it: &BrokenChain| self.forged(it);
        let (lines, _) = chain::read::<Event>(&self.events()).map_err(|it| broken(&it))?;
        if let Some(Event::SopOpened { sop, commit, .. }) = lines.first().map(|it| &it.event) {
            return Ok((sop.clone(), commit.clone()));
        }
        let what = "the record carries no events of a run".to_owned();
        Err(Fault { code: "cut", line: self.line, what })
    }

    /// What does not hold, where the page that it pins is this procedure. The
    /// gates up to `through` must be passed.
    pub fn faults(&self, procedure: &Procedure, through: Option<u32>) -> Vec<Fault> {
        let events = self.events();
        let state = chain::read::<Event>(&events)
            .and_then(|(lines, _): (Vec<Line>, _)| State::replay(procedure, &lines));
        let (state, made) = match (state, write(procedure, &events)) {
            (Ok(state), Ok(made)) => (state, made),
            (Err(broken), _) | (_, Err(broken)) => return vec![self.forged(&broken)],
        };
        let mut faults = self.differs(&made);
        let wanted = through.map_or(procedure.gates.len(), |it| it as usize);
        for (gate, at) in procedure.gates.iter().zip(&state.gates).take(wanted) {
            if at.decided.as_ref().is_none_or(|it| it.decision == Decision::Stop) {
                let what = format!("'{}' is not passed: {}", gate.heading, told(at));
                let line = self.line_of(&format!("] {}:", plain(&gate.heading)));
                faults.push(Fault { code: "incomplete", line, what });
            }
        }
        faults
    }

    /// Lines that the events do not say.
    fn differs(&self, made: &str) -> Vec<Fault> {
        let made: Vec<&str> = made.lines().collect();
        let says = self.lines.iter().map(String::as_str).chain(std::iter::repeat(""));
        let longest = made.len().max(self.lines.len());
        let pairs = says.zip(made.iter().copied().chain(std::iter::repeat(""))).take(longest);
        let wrong = pairs.enumerate().find(|(_, (is, should))| is != should);
        let fault = wrong.map(|(at, (is, should))| Fault {
            code: "forged",
            line: self.line + at,
            what: format!("it says '{}', the events say '{}'", short(is), short(should)),
        });
        fault.into_iter().collect()
    }

    fn forged(&self, broken: &BrokenChain) -> Fault {
        let line = self.carried().get(broken.number).map_or(self.line, |(line, _)| *line);
        Fault { code: "forged", line, what: format!("event {}", broken_words(broken)) }
    }

    fn line_of(&self, words: &str) -> usize {
        self.line + self.lines.iter().position(|it| it.contains(words)).unwrap_or_default()
    }
}

fn broken_words(broken: &BrokenChain) -> String {
    format!("{}: {}", broken.number, broken.why)
}

fn short(line: &str) -> String {
    match line.char_indices().nth(160) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests;
