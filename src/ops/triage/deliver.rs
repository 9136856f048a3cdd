//! Makes one effect outside, so that there is one of it whatever is killed.
//!
//! First it is written down that it will be made, then it is looked for outside
//! by its key, then made, then written down where it stands. Whoever goes on
//! after a kill begins with looking.

use jiff::Timestamp;

use super::decided::decided;
use super::journal::Journal;
use super::limits::Limits;
use super::moving;
use super::sop::checklists;
use crate::allowance::NOWHERE;
use crate::forge::{Forge, Kind, Merge, Proposed, Pull, State, Wanted, marker};
use crate::ops::OpError;
use crate::ops::inbox;
use crate::ops::proposal::{push_branch, team_template};
use crate::ops::redact::safe;
use crate::redaction::Redacted;
use crate::tracker::{TicketName, Tracker};
use crate::triage::bundle::names;
use crate::triage::delivery::{Pull as Told, pull};
use crate::triage::effect::{Effect, Sort};
use crate::triage::event::Event;
use crate::triage::rebuild::{self, Artifacts};
use crate::triage::run::Run;
use crate::triage::state::Stage;
use crate::workspace::Workspace;

/// Characters of a hand-off that a comment holds; trackers take at least this.
const LONGEST: usize = 60_000;

/// What can be reached outside.
pub(super) struct Outside<'a> {
    pub(super) workspace: &'a Workspace,
    /// The tracker with the ticket's name there, where it came from one.
    ticket: Option<(Tracker, TicketName)>,
    /// Where pull requests are opened.
    forge: Option<Forge>,
}

impl<'a> Outside<'a> {
    /// What is set up here.
    pub(super) fn of(
        workspace: &'a Workspace,
        ticket: Option<(Tracker, TicketName)>,
    ) -> Result<Self, OpError> {
        Ok(Self { workspace, ticket, forge: workspace.forge()? })
    }

    /// Where the ticket stands on its tracker, where moves of it are listed.
    pub(super) fn stood(&self) -> Result<Option<Event>, OpError> {
        let Some((tracker, name)) = &self.ticket else { return Ok(None) };
        moving::stood(self.workspace, tracker, name)
    }

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
            Sort::Branch => self.branch(journal, effect)?,
            Sort::PullRequest => self.pull(journal, effect)?,
            Sort::Move => {
                let there = self.ticket.as_ref().ok_or_else(|| unmakeable(journal, effect))?;
                let there = (&there.0, &there.1);
                let event = moving::shifted(self.workspace, there, journal, effect)?;
                return journal.record(&event, None);
            }
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
        let text = match journal.document(journal.state())?.pr {
            Some(pull) => format!("Proposed: {pull}\n\n{text}"),
            None => text,
        };
        let text = match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}\n\n(cut; the rest is in the run)", &text[..end]),
            None => text,
        };
        let posted = tracker.comment(name, &effect.key, &passed(journal, &text)?)?;
        Ok(posted.reference)
    }

    /// The commit is named by the run, so that pushing it again changes nothing.
    fn branch(&self, journal: &Journal<'_>, effect: &Effect) -> Result<String, OpError> {
        let unmakeable = || unmakeable(journal, effect);
        let git = self.workspace.repository().ok_or_else(unmakeable)?;
        let remote = git.usual_remote().ok_or_else(|| OpError::Usage {
            message: "there is no remote to push the run's branch to".to_owned(),
            hint: "add the one that the forge holds: git remote add origin URL".to_owned(),
        })?;
        let made = journal.state().work.as_ref().and_then(|it| it.made.as_ref());
        let commit = made.and_then(|it| it.commit.parse().ok()).ok_or_else(unmakeable)?;
        push_branch(git, &remote, &effect.target, Some(commit))?;
        Ok(effect.target.clone())
    }

    /// One for the branch, whatever was lost; one that people closed stays closed.
    fn pull(&self, journal: &Journal<'_>, effect: &Effect) -> Result<String, OpError> {
        let forge = self.forge.as_ref().ok_or_else(|| unmakeable(journal, effect))?;
        let (title, body) = proposed(self.workspace, journal)?;
        let title = passed(journal, &title)?;
        let (begin, end) = marker(journal.run().as_str(), &title);
        let kind = forge.place().kind;
        let body = kind.inert(body);
        let body = passed(journal, &format!("{begin}\n{}\n{end}", body.trim()))?;
        let before = self.template(journal, effect, kind)?;
        let opening = self.workspace.opening()?;
        let base = self.workspace.reviewed()?.name;
        let (branch, base) = (effect.target.as_str(), base.as_str());
        let (before, draft) = (before.as_ref(), opening.draft);
        let wanted = Wanted { branch, base, title: &title, body: &body, before, draft };
        let proposed = forge.propose(&wanted)?;
        let pull = proposed.pull();
        if matches!(proposed, Proposed::Opened(_)) {
            forge.label(pull.number, &opening.labels)?;
        }
        Ok(forge.place().name_of(pull.number))
    }

    /// The team's own template, as it stood where the change begins.
    fn template(
        &self,
        journal: &Journal<'_>,
        effect: &Effect,
        kind: Kind,
    ) -> Result<Option<Redacted>, OpError> {
        let unmakeable = || unmakeable(journal, effect);
        let git = self.workspace.repository().ok_or_else(unmakeable)?;
        let base = journal.state().work.as_ref().and_then(|it| it.base.parse().ok());
        team_template(git, journal.screen(), kind, base.ok_or_else(unmakeable)?)
    }

    /// The pull request of a run, as it is now; `None` for one that has none.
    fn pull_of(&self, run: &Run) -> Result<Option<Pull>, OpError> {
        let forge = self.forge.as_ref().ok_or_else(|| OpError::Usage {
            message: format!("no forge is set up to look for the pull request of '{}'", run.run),
            hint: "set forge.kind, forge.endpoint and forge.token on your side; see prode doctor"
                .to_owned(),
        })?;
        let number = run.pr.as_deref().and_then(|it| forge.place().number_in(it));
        Ok(number.map(|it| forge.pull(it)).transpose()?)
    }

    /// True if people decided on the pull request of a run that waits for them.
    pub(super) fn is_decided(&self, run: &Run) -> Result<bool, OpError> {
        Ok(self.pull_of(run)?.is_some_and(|it| it.state != State::Open))
    }

    /// Looks whether people decided on the pull request; true where they did.
    pub(super) fn look(&self, journal: &mut Journal<'_>, limits: &Limits) -> Result<bool, OpError> {
        let run = journal.document(journal.state())?;
        let Some(pull) = self.pull_of(&run)? else { return Ok(false) };
        let seconds = |at: Timestamp| Timestamp::from_second(at.as_second()).unwrap_or(at);
        match pull.state {
            State::Open => return Ok(false),
            State::Merged(Merge { commit, at, .. }) => {
                let at = seconds(at);
                let until = at.checked_add(limits.after).unwrap_or(Timestamp::MAX);
                journal.record(&Event::Merged { commit, at, until }, None)?;
            }
            State::Closed(closing) => {
                journal.record(&Event::Dropped { at: seconds(closing.at) }, None)?;
            }
        }
        Ok(true)
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

/// Title and description of the pull request, from what the run keeps.
fn proposed(workspace: &Workspace, journal: &Journal<'_>) -> Result<(String, String), OpError> {
    let (bundle, digest) = decided(journal)?;
    let sops = checklists(workspace, bundle.memory.iter().map(|it| it.cite.as_str()));
    let kept = journal.kept();
    let missing = || rebuild::Unbuildable::TooEarly("change that may be proposed");
    let work = journal.state().work.as_ref().ok_or_else(missing)?;
    let made = work.made.as_ref().ok_or_else(missing)?;
    let verified = work.verified.as_ref().ok_or_else(missing)?;
    let reviewed = work.reviewed.as_ref().ok_or_else(missing)?;
    let told = Told {
        run: journal.run().as_str(),
        bundle: &bundle,
        digest: &digest,
        change: &rebuild::document(&kept, "change", &made.artifact)?,
        verification: &rebuild::document(&kept, "verification", verified)?,
        review: &rebuild::document(&kept, "review", reviewed)?,
        sops: &sops,
    };
    Ok(pull(&told))
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
            "there is nowhere to make the {} of run '{}'",
            effect.sort.words(),
            journal.run()
        ),
        hint: "name the ticket by its tracker, such as linear:ENG-12, and set the tracker up"
            .to_owned(),
    }
}
