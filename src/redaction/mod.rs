//! The one engine that finds what must not leave a team, and hides it.
//!
//! Pure: text in, text out. A [`Redactor`] holds the rules and what a team
//! added; [`Redactor::redact`] gives the text with a placeholder for every
//! value, and findings that say where and what, never the value. What holds:
//!
//! - redacting twice changes nothing: the result is judged again by the same
//!   rules until they are silent;
//! - no rule covers a placeholder;
//! - what cannot be bounded, or judged, is [`Blocked`], never let through;
//! - work is linear in the text, whatever it says.
//!
//! Where settings and allowances are kept, and what a finding means for a
//! command, is the business of `ops`.

mod blocked;
mod decode;
mod draft;
mod exempt;
mod finding;
mod layers;
mod lines;
mod placeholder;
mod randomness;
mod redacted;
mod repeated;
mod rules;
mod scan;
mod settings;
mod signs;
mod span;
mod text;

pub use blocked::{Blocked, Reason};
pub use finding::{Finding, LengthBucket};
pub use redacted::Redacted;
pub use settings::{Settings, SettingsError};

use draft::Draft;
use lines::Lines;
use scan::{Scanner, Stop};

/// The version of the rules: year, month, and a number within it. It is
/// stored with what was redacted, so that newer rules can look again.
pub const RULESET: &str = "2026.11-1";

/// The largest text that is looked at, in bytes.
pub const MAX_TEXT: usize = 64 << 20;

/// Rounds until redacted text must hold nothing more.
const ROUNDS: usize = 6;

/// The rules and what a team added to them.
#[derive(Debug)]
pub struct Redactor {
    scanner: Scanner,
}

/// A redacted text and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// The text with placeholders.
    pub text: Redacted,
    /// What they stand for, in the order of the text; none overlap.
    pub findings: Vec<Finding>,
}

impl Redactor {
    /// Rules with a team's additions.
    pub fn new(settings: &Settings) -> Result<Self, SettingsError> {
        Ok(Self { scanner: Scanner::new(settings)? })
    }

    /// Finds and replaces. Also the check of text that was redacted before:
    /// no findings means that nothing changes.
    pub fn redact(&self, text: &str) -> Result<Redaction, Blocked> {
        let lines = Lines::of(text);
        self.settle(text, &lines).map_err(|stop| lines.blocked(text, stop))
    }

    fn settle(&self, text: &str, lines: &Lines) -> Result<Redaction, Stop> {
        if text.len() > MAX_TEXT {
            return Err(Stop { reason: Reason::TooLarge, start: 0 });
        }
        let mut found = self.scanner.scan(text)?;
        for _ in 0..ROUNDS {
            let draft = Draft::of(text, &found);
            let again = self.look_again(&draft, &found)?;
            if again.is_empty() {
                let findings = found.iter().map(|it| lines.finding(text, it)).collect();
                return Ok(Redaction { text: Redacted::new(draft.text), findings });
            }
            found = draft.with(found, again, text);
        }
        let start = found.first().map_or(0, |it| it.span.start);
        Err(Stop { reason: Reason::Unsettled, start })
    }
}

/// Larger texts are looked at again only around what was replaced.
const SMALL: usize = 64 << 10;

impl Redactor {
    /// What redacted text still holds.
    fn look_again(&self, draft: &Draft, found: &[span::Match]) -> Result<Vec<span::Match>, Stop> {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        if draft.text.len() <= SMALL {
            return self.scanner.scan(&draft.text).map_err(|stop| draft.stop(stop));
        }
        let mut again = Vec::new();
        for window in draft.windows() {
            let inner = self.scanner.scan(&draft.text[window.clone()]);
            let inner = inner
                .map_err(|stop| draft.stop(Stop { start: window.start + stop.start, ..stop }))?;
            again.extend(inner.into_iter().map(|it| it.moved(window.start)));
        }
        Ok(again)
    }
}

#[cfg(test)]
mod tests;
