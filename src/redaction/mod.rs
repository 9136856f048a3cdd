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
//! - work is linear in the text, whatever it says, and is done only where a
//!   word, a sign or a run of bytes says that something can be.
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
mod open;
mod pattern;
mod placeholder;
mod randomness;
mod redacted;
mod repeated;
mod rules;
mod scan;
mod settings;
mod signs;
mod sought;
mod span;
mod stop;
mod table;
mod text;
mod unmistakable;

pub use blocked::{Blocked, Reason};
pub use finding::{Finding, LengthBucket, Sort};
pub use redacted::Redacted;
pub use settings::{Settings, SettingsError};
pub use unmistakable::unmistakable;

use draft::Draft;
use lines::Lines;
use scan::Scanner;
use span::Match;
use stop::Stop;

/// The version of the rules: year, month, and a number within it. It is
/// stored with what was redacted, so that newer rules can look again.
pub const RULESET: &str = "2026.11-4";

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
    /// What a rule found and whoever asked let stand; it reads as it was.
    pub allowed: Vec<Finding>,
}

/// Asked of each finding with its rule and its value: may it stand? Of what
/// cannot be bounded the rule is the reason's name, and nothing else is found in
/// its value.
pub type Stays<'a> = &'a mut dyn FnMut(&str, &str) -> bool;

impl Redactor {
    /// Rules with a team's additions.
    pub fn new(settings: &Settings) -> Result<Self, SettingsError> {
        Ok(Self { scanner: Scanner::new(settings)? })
    }

    /// The text that `bytes` are. What is no text cannot be judged.
    pub fn text_of(bytes: Vec<u8>) -> Result<String, Blocked> {
        String::from_utf8(bytes).map_err(|error| {
            let start = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            Lines::of(&text).blocked(&text, Stop::at(Reason::NoText, start))
        })
    }

    /// Names of hosts in domains that a team told of as private: for who publishes a text as
    /// it is.
    pub fn private_hosts(&self, text: &str) -> Result<Vec<Finding>, Blocked> {
        let lines = Lines::of(text);
        let found = self.scanner.look_by(text, &["team"]);
        let mut found = found.map_err(|stop| lines.blocked(text, stop))?;
        found.retain(|it| it.rule == "private-host");
        Ok(lines.findings(text, &found))
    }

    /// Finds and replaces. Also the check of text that was redacted before:
    /// no findings means that nothing changes.
    pub fn redact(&self, text: &str) -> Result<Redaction, Blocked> {
        self.redact_but(text, &mut |_, _| false)
    }

    /// The same, where some findings may stand. They do so in every round, so
    /// that redacting twice changes nothing then either.
    pub fn redact_but(&self, text: &str, stays: Stays<'_>) -> Result<Redaction, Blocked> {
        let lines = Lines::of(text);
        self.settle(text, &lines, stays).map_err(|stop| lines.blocked(text, stop))
    }

    fn settle(&self, text: &str, lines: &Lines, stays: Stays<'_>) -> Result<Redaction, Stop> {
        if text.len() > MAX_TEXT {
            return Err(Stop::at(Reason::TooLarge, 0));
        }
        let mut may_stay = |it: &Match, text: &str| {
            it.may_be_asked_about() && stays(&it.rule, &text[it.span.clone()])
        };
        let mut found = self.scanner.scan(text)?;
        let allowed: Vec<Match> = found.extract_if(.., |it| may_stay(it, text)).collect();
        if let Some(stop) = found.iter().find_map(Match::stop) {
            return Err(stop);
        }
        for _ in 0..ROUNDS {
            let draft = Draft::of(text, &found);
            let mut again = self.look_again(&draft, &found)?;
            again.retain(|it| !draft.is_cut_of(it, &allowed, text) && !may_stay(it, &draft.text));
            if let Some(stop) = again.iter().find_map(Match::stop) {
                return Err(draft.stop(stop));
            }
            if again.is_empty() {
                let stands = |it: &&Match| found.iter().all(|other| !it.overlaps(other));
                let allowed: Vec<Match> = allowed.iter().filter(stands).cloned().collect();
                let (findings, allowed) =
                    (lines.findings(text, &found), lines.findings(text, &allowed));
                return Ok(Redaction { text: Redacted::new(draft.text), findings, allowed });
            }
            found = draft.with(found, again, text);
        }
        let start = found.first().map_or(0, |it| it.span.start);
        Err(Stop::at(Reason::Unsettled, start))
    }
}

/// Larger texts are looked at again only around what was replaced.
const SMALL: usize = 64 << 10;

impl Redactor {
    /// What redacted text still holds.
    fn look_again(&self, draft: &Draft, found: &[Match]) -> Result<Vec<Match>, Stop> {
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
                .map_err(|stop| draft.stop(Stop::at(stop.reason, window.start + stop.start)))?;
            again.extend(inner.into_iter().map(|it| it.moved(window.start)));
        }
        Ok(again)
    }
}

#[cfg(test)]
mod tests;
