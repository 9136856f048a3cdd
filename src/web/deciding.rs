//! A learning for whoever decides on it, and what came of the decision.

use maud::Markup;
use sha2::{Digest as _, Sha256};

use super::address::{Addresses, Place, When};
use super::answer::{Asking, failure, name, reply};
use super::decision::{Decision, Typed, Verb};
use super::done::Done;
use super::layout::Shell;
use super::pages;
use super::pages::learning::{Decider, Failed, Whole};
use super::reply::{Reply, status};
use crate::hint::Helpful as _;
use crate::inbox::{LearningId, normalised};
use crate::ops::OpError;
use crate::ops::inbox::{self, EditOptions, Shown};
use crate::ops::proposal::{self, Change, PromoteOptions};
use crate::workspace::Workspace;

/// States in which something can be decided.
const OPEN: [&str; 2] = ["new", "accepted"];

/// Does what a person decided in a form, as the commands `promote`, `inbox edit` and
/// `inbox reject` do it. What went wrong is told above what was typed.
pub fn decide(workspace: &Workspace, path: &str, form: &[u8]) -> Reply {
    let shell = Shell { memory: name(workspace), ..Shell::default() };
    let decision = match Decision::read(path, form) {
        Ok(decision) => decision,
        Err(error) => return failure(&shell.memory, &error, path),
    };
    let error = match carry_out(workspace, &decision) {
        Ok(done) => {
            let place = Place::Learning(decision.id.as_str());
            return Reply::seen_at(Addresses::default().with(place, &[("done", done.name())]));
        }
        Err(error) => error,
    };
    let (message, hints) = (error.to_string(), error.hints());
    let failed =
        Failed { verb: decision.verb, typed: &decision.typed, message: &message, hints: &hints };
    let asking = Asking { workspace, when: When::Now, may_decide: true };
    match asking.decided(&shell, &decision.id, None, Some(&failed)) {
        Ok(page) => Reply { status: status(&error), ..page },
        // There is no such learning: that is what is wrong.
        Err(_) => failure(&shell.memory, &error, path),
    }
}

fn carry_out(workspace: &Workspace, decision: &Decision) -> Result<Done, OpError> {
    let Decision { id, verb, typed, seen } = decision;
    let shown = inbox::show(workspace, id)?;
    let options = edition(typed, &shown);
    let changes = options.body.is_some() || options.target.is_some() || options.action.is_some();
    let is_as_seen = *seen == digest(&shown);
    match verb {
        // Sent twice: it is done already.
        Verb::Edit if !changes && !is_as_seen => return Ok(Done::Edited),
        _ if !is_as_seen => {
            return Err(OpError::Conflict {
                message: format!("'{id}' was changed since you read it"),
                hint: "read what it says now, and decide again; what you typed is kept".to_owned(),
            });
        }
        Verb::Propose => {
            let answer = proposal::promote(workspace, id, &PromoteOptions::default())?;
            return Ok(match answer.status.as_str() {
                "said" => Done::Said,
                "unchanged" => Done::Unchanged,
                "updated" => Done::Updated,
                _ => Done::Proposed,
            });
        }
        Verb::Edit => inbox::edit(workspace, id, &options).map(drop)?,
        Verb::Reject => inbox::reject(workspace, id, &typed.why).map(drop)?,
    }
    Ok(if *verb == Verb::Edit { Done::Edited } else { Done::Rejected })
}

/// What a form changes: the fields that say something else than the learning.
fn edition(typed: &Typed, shown: &Shown) -> EditOptions {
    let other = |typed: &str, now: &str| (typed != now && !typed.is_empty()).then(|| typed.into());
    EditOptions {
        body: (normalised(&typed.body) != shown.body).then(|| typed.body.clone()),
        target: other(&typed.target, &shown.row.target),
        action: other(&typed.action, &shown.row.action),
        why: (!typed.why.is_empty()).then(|| typed.why.clone()),
    }
}

/// Names what a person reads and decides by.
fn digest(shown: &Shown) -> String {
    let text = [&shown.row.target, &shown.row.action, &shown.body].map(String::as_str).join("\0");
    crate::ids::hex(&Sha256::digest(text)[..8])
}

impl Asking<'_> {
    /// A learning, with what it would change and the forms that decide.
    pub(super) fn decided(
        &self,
        shell: &Shell,
        id: &LearningId,
        done: Option<Done>,
        failed: Option<&Failed<'_>>,
    ) -> Result<Reply, OpError> {
        let shown = inbox::show(self.workspace, id)?;
        let memory = self.workspace.memory(&self.when.asked())?;
        let is_open = OPEN.contains(&shown.row.state.as_str());
        let change: Option<Result<Change, OpError>> =
            is_open.then(|| proposal::change(self.workspace, id));
        let whole = Whole {
            shown: &shown,
            change: change.as_ref().map(Result::as_ref),
            seen: &digest(&shown),
            decider: is_open.then(|| self.decider()),
            done,
            failed,
        };
        let main: Markup = pages::learning::learning(shell, &whole);
        Ok(reply(shell, (&shown.row.id, Place::Learning(&shown.row.id)), &memory, &main))
    }

    fn decider(&self) -> Decider {
        if self.when != When::Now {
            return Decider::Nobody("it is decided on as it is now, not as it was".to_owned());
        }
        if !self.may_decide {
            return Decider::Nobody("this token may read and not decide".to_owned());
        }
        match inbox::person(self.workspace) {
            Ok(person) => Decider::Person(person),
            Err(error) => {
                let told = [error.to_string()].into_iter().chain(error.hints());
                Decider::Nobody(told.collect::<Vec<_>>().join("; "))
            }
        }
    }
}
