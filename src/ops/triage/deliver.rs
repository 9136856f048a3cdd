//! Makes one effect outside, so that there is one of it whatever is killed.
//!
//! First it is written down that it will be made, then it is looked for outside
//! by its key, then made, then written down where it stands. Whoever goes on
//! after a kill begins with looking.

use super::journal::Journal;
use crate::allowance::NOWHERE;
use crate::ops::OpError;
use crate::ops::inbox;
use crate::ops::redact::safe;
use crate::redaction::Redacted;
use crate::tracker::{TicketName, Tracker};
use crate::triage::bundle::names;
use crate::triage::effect::{Effect, Sort};
use crate::triage::event::Event;
use crate::triage::rebuild::{self, Artifacts};
use crate::triage::state::Stage;
use crate::workspace::Workspace;

/// Characters of a hand-off that a comment holds; trackers take at least this.
const LONGEST: usize = 60_000;

/// What can be reached outside.
pub(super) struct Outside<'a> {
    pub(super) workspace: &'a Workspace,
    /// The tracker with the ticket's name there, where it came from one.
    pub(super) ticket: Option<(Tracker, TicketName)>,
}

impl Outside<'_> {
    /// Makes an effect, or finds it made.
    pub(super) fn make(&self, journal: &mut Journal<'_>, effect: &Effect) -> Result<(), OpError> {
        let is_intended = journal
            .state()
            .effects
            .iter()
            .flatten()
            .any(|step| step.effect.key == effect.key && step.stage == Stage::Intended);
        let key = effect.key.clone();
        if !is_intended {
            journal.record(&Event::Intended { key: key.clone() }, None)?;
        }
        journal.hold(self.patience())?;
        let reference = match effect.sort {
            Sort::Comment => self.comment(journal, effect)?,
            Sort::Learning => self.learn(journal)?,
            Sort::ApprovalRequest => request(journal, effect)?,
            Sort::Branch | Sort::PullRequest => return Err(unmakeable(journal, effect)),
        };
        journal.record(&Event::Done { key, reference }, None)
    }

    /// As long as an effect may take: several answers, each at its limit. Whoever
    /// is killed meanwhile is waited for as long.
    fn patience(&self) -> jiff::SignedDuration {
        let section = self.workspace.own_settings().section("tracker").merged();
        let seconds = section["timeout"].as_i64().unwrap_or(30);
        jiff::SignedDuration::from_secs(seconds.saturating_mul(4))
    }

    fn comment(&self, journal: &Journal<'_>, effect: &Effect) -> Result<String, OpError> {
        let Some((tracker, name)) = &self.ticket else { return Err(unmakeable(journal, effect)) };
        let digest = journal.state().handoff.clone().unwrap_or_default();
        let text = kept_text(journal, &digest)?;
        let text = match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}\n\n(cut; the rest is in the run)", &text[..end]),
            None => text,
        };
        let posted = tracker.comment(name, &effect.key, &passed(journal, &text)?)?;
        Ok(posted.reference)
    }

    /// The same learning again is the same one: its name is made of its words.
    fn learn(&self, journal: &Journal<'_>) -> Result<String, OpError> {
        let digest = journal.state().learning.as_ref().map(|(it, _)| it.clone());
        let text = kept_text(journal, &digest.unwrap_or_default())?;
        let options = inbox::AddOptions { text, ..inbox::AddOptions::default() };
        Ok(inbox::add(self.workspace, &options)?.id)
    }
}

/// What a person is asked stands in the run itself; its name is all it takes.
fn request(journal: &Journal<'_>, effect: &Effect) -> Result<String, OpError> {
    let run = journal.document(journal.state())?;
    let all = names(&run.run, &run.waiting);
    let named = run.waiting.iter().zip(all).find(|(it, _)| it.digest == effect.target);
    Ok(named.map(|(_, name)| name).unwrap_or_default())
}

fn kept_text(journal: &Journal<'_>, digest: &str) -> Result<String, OpError> {
    let missing = || rebuild::Unbuildable::Missing { what: "text", digest: digest.to_owned() };
    let bytes = journal.kept().artifact(digest).ok_or_else(missing)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What leaves goes through redaction once more.
fn passed(journal: &Journal<'_>, text: &str) -> Result<Redacted, OpError> {
    safe(journal.screen(), NOWHERE, text)
}

fn unmakeable(journal: &Journal<'_>, effect: &Effect) -> OpError {
    OpError::Invalid {
        message: format!(
            "there is nowhere to make the {:?} of run '{}'",
            effect.sort,
            journal.run()
        ),
        hint: "name the ticket by its tracker, such as linear:ENG-12, and set the tracker up"
            .to_owned(),
    }
}
