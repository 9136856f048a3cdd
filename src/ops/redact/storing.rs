//! Text that is to be stored: hidden part by part, and passed once more whole.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::{Screen, run};
use crate::allowance::NOWHERE;
use crate::hint::Helpful;
use crate::ops::OpError;
use crate::redaction::Redacted;

/// How many values of each type were hidden.
pub type Counts = BTreeMap<String, usize>;

/// A text for `place` without what may not be stored; counts what was hidden.
pub fn hidden(
    screen: &Screen,
    place: &str,
    text: &str,
    counts: &mut Counts,
) -> Result<String, OpError> {
    let answer = run(screen, place, text)?;
    for item in &answer.findings {
        *counts.entry(item.kind.to_lowercase()).or_default() += 1;
    }
    Ok(answer.text.into_string())
}

/// What is stored for `place` must pass once more, whole: then it is a text that
/// sinks take.
pub fn safe(screen: &Screen, place: &str, file: &str) -> Result<Redacted, OpError> {
    let answer = run(screen, place, file)?;
    match answer.findings.first() {
        None => Ok(answer.text),
        Some(item) => Err(OpError::Waiting {
            message: format!(
                "the redacted file still holds a {} ({}) in line {}, column {}",
                item.kind, item.rule, item.line, item.column
            ),
            hint: "take it out of what is added, and add it again".to_owned(),
        }),
    }
}

/// Why `what` cannot be read. The words may repeat a value of it, which was not
/// looked at yet.
pub fn unreadable(screen: &Screen, what: &str, error: &(impl Display + Helpful)) -> OpError {
    let message = run(screen, NOWHERE, &error.to_string()).map(|it| it.text.into_string());
    OpError::Invalid {
        message: message.unwrap_or_else(|_| format!("{what} cannot be read")),
        hint: error.hints().into_iter().next().unwrap_or_default(),
    }
}
