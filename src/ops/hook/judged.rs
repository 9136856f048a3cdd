//! What redaction finds in the lines that a change adds.
//!
//! A file is judged whole where it is small enough, since a line alone often
//! does not tell; what is found elsewhere than in an added line is not this
//! change's. Secrets that the engine is sure of stop Git, the rest is said,
//! and what merely looks copied is not: in code nearly all of it is none.

use std::ops::RangeInclusive;

use super::{Finding, Level};
use crate::allowance::{AllowanceError, NOWHERE};
use crate::hint::Helpful as _;
use crate::ops::OpError;
use crate::ops::redact::{Screen, Screened};
use crate::redaction::{self, Blocked, Sort};

/// How sure the engine must be of a secret that stops Git, of 100.
const SURE: u8 = 80;

/// Files larger than this, in bytes, are judged by their added lines alone.
const WHOLE: usize = 1 << 20;

/// Lines, from 1.
pub(super) type Lines = [RangeInclusive<u32>];

/// What stands in the added lines of the file at `path`, judged as `place`.
///
/// # Errors
/// Where redaction cannot decide about them; the file is named.
pub(super) fn added(
    screen: &Screen,
    [path, place]: [&str; 2],
    text: &str,
    lines: &Lines,
) -> Result<Vec<Finding>, OpError> {
    let screened = if text.len() <= WHOLE {
        match screen.redact(place, text) {
            Err(error) if line_of(&error).is_some_and(|line| !is_among(lines, line)) => {
                screen.redact(place, &alone(text, lines))
            }
            whole => whole,
        }
    } else {
        screen.redact(place, &alone(text, lines))
    };
    let Screened { findings, .. } = screened.map_err(|error| in_file(path, &error))?;
    let own = findings.iter().filter(|it| is_among(lines, it.line));
    Ok(own.filter_map(|it| finding(path, it)).collect())
}

/// A name or a message, which Git keeps too: only what stops is said of it.
pub(super) fn words(screen: &Screen, what: &str, text: &str) -> Result<Vec<Finding>, OpError> {
    let screened = screen.redact(NOWHERE, text).map_err(|error| in_file(what, &error))?;
    let found = screened.findings.iter().filter_map(|it| finding(what, it));
    Ok(found.filter(|it| it.level == Level::Error).collect())
}

/// The line that a refusal is about.
fn line_of(error: &OpError) -> Option<u32> {
    match error {
        OpError::Blocked(Blocked { line, .. })
        | OpError::Allowance(AllowanceError::Ended { line, .. }) => Some(*line),
        _ => None,
    }
}

/// Settings are not the file's business; where it is, it is named.
fn in_file(path: &str, error: &OpError) -> OpError {
    let hint = error.hints().into_iter().next().unwrap_or_default();
    match line_of(error) {
        Some(_) => OpError::Waiting { message: format!("'{path}': {error}"), hint },
        None => OpError::Waiting { message: error.to_string(), hint },
    }
}

fn is_among(lines: &Lines, line: u32) -> bool {
    lines.iter().any(|range| range.contains(&line))
}

/// The added lines where they stand, and nothing on the others.
fn alone(text: &str, lines: &Lines) -> String {
    let mut alone = String::new();
    for (line, number) in text.split('\n').zip(1_u32..) {
        if is_among(lines, number) {
            alone.push_str(line);
        }
        alone.push('\n');
    }
    alone
}

fn finding(path: &str, it: &redaction::Finding) -> Option<Finding> {
    // Said of a value again: whatever it was said of first is judged itself.
    let is_again = it.rule == "repeated-value";
    let level = match it.sort() {
        Sort::Copied => return None,
        Sort::Secret if it.confidence >= SURE && !is_again => Level::Error,
        Sort::Secret | Sort::Identifier => Level::Warning,
    };
    let message =
        format!("a value of kind {} stands in column {} ({})", it.kind, it.column, it.rule);
    Some(Finding {
        path: path.to_owned(),
        line: it.line,
        level,
        rule: "added-redaction".to_owned(),
        message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redaction::{Redactor, Settings};

    fn screen() -> Screen {
        Screen::strict(Redactor::new(&Settings::default()).unwrap())
    }

    fn seen(text: &str, lines: &Lines) -> Vec<(u32, Level)> {
        let found = added(&screen(), ["a.yaml", "a.yaml"], text, lines).unwrap();
        found.into_iter().map(|it| (it.line, it.level)).collect()
    }

    fn secret() -> String {
        ["Zw3tschge", "!kuchen"].concat()
    }

    #[test]
    fn only_added_lines_count_and_only_sure_secrets_stop() {
        let text = format!("password: {}\nask ott@team.bzh\nport: 80\n", secret());
        assert_eq!(seen(&text, &[1..=3]), [(1, Level::Error), (2, Level::Warning)]);
        assert_eq!(seen(&text, &[2..=2]), [(2, Level::Warning)]);
        assert_eq!(seen(&text, &[3..=3]), []);
    }

    #[test]
    fn what_cannot_be_decided_elsewhere_hides_nothing_here() {
        let begin = format!("-----BEGIN RSA PRIVATE {}-----\n", "KEY");
        let text = format!("password: {}\n{begin}MIIabc\n", secret());
        assert_eq!(seen(&text, &[1..=1]), [(1, Level::Error)]);
        let error = added(&screen(), ["a.yaml", "-"], &text, &[2..=3]).unwrap_err();
        assert!(error.to_string().starts_with("'a.yaml': redaction cannot decide at line 2"));
    }

    #[test]
    fn a_large_file_is_judged_by_its_added_lines() {
        let text = format!("{}password: {}\n", "x\n".repeat(WHOLE), secret());
        let last = u32::try_from(WHOLE + 1).unwrap();
        assert_eq!(seen(&text, &[last..=last]), [(last, Level::Error)]);
    }

    #[test]
    fn of_names_only_what_stops_is_said() {
        let name = format!("password={}", secret());
        assert_eq!(words(&screen(), "the name of a file", &name).unwrap().len(), 1);
        assert!(words(&screen(), "the name of a file", "ott@team.bzh.md").unwrap().is_empty());
    }
}
