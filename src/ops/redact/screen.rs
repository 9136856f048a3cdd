//! The engine with everything that settings add to it, and what people let
//! stand.
//!
//! What adds is read from every layer, on disk and on the trunk; what takes
//! away is read from the trunk alone, as the repository itself names it.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Mutex;

use super::redactor::unreadable;
use crate::allowance::{Allowance, Allowances, FOLDER, NOWHERE, Sight};
use crate::ops::OpError;
use crate::redaction::{Blocked, Finding, Redacted, Redactor, Settings};
use crate::workspace::Workspace;

/// The engine, and what people let stand.
#[derive(Debug)]
pub struct Screen {
    redactor: Redactor,
    /// What the engine was made with beside its own rules.
    additions: Settings,
    allowances: Allowances,
    /// Texts of no place in which nothing was found: a run writes the same ones
    /// in many documents, and what they are does not change.
    clean: Mutex<HashSet<String>>,
}

/// Texts that are remembered as clean, and the longest of them in bytes.
const MOST_CLEAN: (usize, usize) = (10_000, 4_096);

/// A text that went through.
#[derive(Debug)]
pub struct Screened<'a> {
    /// With placeholders.
    pub text: Redacted,
    /// What they stand for, in the order of the text.
    pub findings: Vec<Finding>,
    /// What was found and stays, each with its allowance.
    pub allowed: Vec<(Finding, &'a Allowance)>,
}

/// The engine as settings and the trunk want it.
///
/// # Errors
/// Settings and allowances that cannot be understood let nothing through.
pub fn screen(workspace: &Workspace) -> Result<Screen, OpError> {
    let additions = super::redactor::additions(workspace)?;
    Screen::of(additions, allowances(workspace)?)
}

/// What people let stand, as the trunk has it today.
pub fn allowances(workspace: &Workspace) -> Result<Allowances, OpError> {
    Ok(Allowances::on(workspace.clock().today(), on_the_trunk(workspace)?))
}

/// Every allowance of the trunk. One that cannot be read may be the one that
/// a person relies on: it is said, and nothing goes on.
pub(super) fn on_the_trunk(workspace: &Workspace) -> Result<Vec<Allowance>, OpError> {
    let files = workspace.reviewed_files(FOLDER).map_err(|error| unreadable(&error))?;
    files.into_iter().map(|(path, bytes)| Ok(Allowance::read(&path.text(), &bytes)?)).collect()
}

impl Screen {
    fn of(additions: Settings, allowances: Allowances) -> Result<Self, OpError> {
        let redactor = Redactor::new(&additions)?;
        Ok(Self { redactor, additions, allowances, clean: Mutex::default() })
    }

    /// This screen, if settings and the trunk still want it like this, else the one
    /// that they want now.
    ///
    /// # Errors
    /// As [`screen`] has them.
    pub fn current(self, workspace: &Workspace) -> Result<Self, OpError> {
        let additions = super::redactor::additions(workspace)?;
        let allowances = allowances(workspace)?;
        if additions == self.additions && allowances == self.allowances {
            return Ok(self);
        }
        Self::of(additions, allowances)
    }

    /// An engine that lets nothing stand.
    pub fn strict(redactor: Redactor) -> Self {
        let allowances = Allowances::on(jiff::civil::Date::ZERO, Vec::new());
        Self { redactor, additions: Settings::default(), allowances, clean: Mutex::default() }
    }

    /// The engine alone, with nothing let stand.
    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// What people let stand.
    pub fn allowances(&self) -> &Allowances {
        &self.allowances
    }

    /// True for a text of no place in which nothing was found before.
    pub fn was_clean(&self, text: &str) -> bool {
        self.clean.lock().is_ok_and(|clean| clean.contains(text))
    }

    /// Remembers a text of no place in which nothing was found.
    pub fn remember_clean(&self, text: String) {
        let (most, longest) = MOST_CLEAN;
        if let Ok(mut clean) = self.clean.lock()
            && text.len() <= longest
            && clean.len() < most
        {
            clean.insert(text);
        }
    }

    /// Finds and replaces in a text of `place`: a path from the top of the
    /// repository, else [`NOWHERE`](crate::allowance::NOWHERE).
    ///
    /// # Errors
    /// Where the engine cannot decide, and where something is found that was
    /// let stand and is no longer: somebody has to say which it shall be.
    pub fn redact<'a>(&'a self, place: &'a str, text: &str) -> Result<Screened<'a>, OpError> {
        let sight = RefCell::new(self.allowances.sight(place));
        let stays = &mut |rule: &str, value: &str| sight.borrow_mut().stays(rule, value);
        let redaction = self.redactor.redact_but(text, stays);
        let mut sight = sight.into_inner();
        let named = |blocked: Blocked| if place == NOWHERE { blocked } else { blocked.of(place) };
        let redaction = redaction.map_err(|it| ended(&mut sight, text, named(it)))?;
        for it in &redaction.findings {
            let value = &text[it.start..it.end];
            if let Some(refusal) = sight.refusal([&it.rule, value], [it.line, it.column]) {
                return Err(refusal.into());
            }
        }
        let with = |it: Finding| {
            let allowance = sight.of(&it.rule, &text[it.start..it.end])?;
            Some((it, allowance))
        };
        let allowed = redaction.allowed.into_iter().filter_map(with).collect();
        Ok(Screened { text: redaction.text, findings: redaction.findings, allowed })
    }
}

/// A person may once have let stand what stops the text.
fn ended(sight: &mut Sight<'_>, text: &str, blocked: Blocked) -> OpError {
    let value = blocked.end.map(|end| &text[blocked.start..end]);
    let refusal = value.and_then(|value| {
        sight.refusal([blocked.reason.name(), value], [blocked.line, blocked.column])
    });
    refusal.map_or_else(|| blocked.into(), OpError::from)
}

#[cfg(test)]
mod tests {
    use super::super::{Counts, hidden, line, run, safe};
    use super::*;
    use crate::hint::{ErrorKind, Helpful as _};

    /// Every way into the engine, where a rule of it panics.
    #[test]
    fn a_rule_that_panics_waits_for_a_person_at_every_way_in() {
        let screen = Screen::strict(Redactor::failing());
        let errors = [
            run(&screen, "-", "text").map(drop).unwrap_err(),
            hidden(&screen, "-", "text", &mut Counts::new()).map(drop).unwrap_err(),
            safe(&screen, "-", "text").map(drop).unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Waiting);
            assert!(error.to_string().ends_with("the rules of layer 'broken' failed"), "{error}");
        }
        let line = line(&screen, "{\"id\":\"1\",\"text\":\"text\"}").unwrap();
        let reason = line.blocked.map(|it| it.reason);
        assert_eq!((line.text.as_str(), reason.as_deref()), ("<BLOCKED_1>", Some("fault")));
    }
}
