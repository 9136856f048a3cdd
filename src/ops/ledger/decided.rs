//! Whether something may be done now, and that its approvals count once.

use super::asked::Asked;
use super::audit_log::{self, Event};
use super::eligible::eligible;
use super::reviews::Reviews;
use super::statements::judged;
use super::store::{self, Mark, Stored};
use super::trunk::TrunkPolicy;
use super::{now, repository, short};
use crate::approval::{Action, Approval, Decision, Refusal, decide};
use crate::ops::{OpError, random};
use crate::promotion::id_of;
use crate::workspace::Workspace;

/// The answer to "may this be done now?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Who approved, how strongly, what is missing.
    pub decision: Decision,
    /// Statements about it that do not count, by id.
    pub refused: Vec<(String, Refusal)>,
}

impl Decided {
    /// `strong`, `weak`, `weak, self`; `not approved`.
    pub fn label(&self) -> String {
        let own = if self.decision.own() { ", self" } else { "" };
        match self.decision.strength() {
            Some(strength) if self.decision.is_approved() => format!("{strength}{own}"),
            _ => "not approved".to_owned(),
        }
    }

    /// An error where something is missing.
    pub fn approved(self, asked: &Asked) -> Result<Self, OpError> {
        if self.decision.is_approved() {
            return Ok(self);
        }
        let missing: Vec<String> = self.decision.missing.iter().map(ToString::to_string).collect();
        let refused = self.refused.iter().chain(&self.decision.surplus);
        let refused: Vec<String> =
            refused.map(|(id, why)| format!("{}: {why} ({})", short(id), why.code())).collect();
        let mut message = format!(
            "'{}' is not approved for '{}': {}",
            asked.subject.name,
            asked.action,
            missing.join("; ")
        );
        if !refused.is_empty() {
            message = format!("{message}; {}", refused.join("; "));
        }
        Err(OpError::Waiting { message, hint: to_approve(asked) })
    }
}

/// What to type. A merge is what a change is approved for if nothing else is
/// said, and a proposal is known by its learning.
fn to_approve(asked: &Asked) -> String {
    let name = &asked.subject.name;
    let name = id_of(name).map_or_else(|| name.clone(), |id| id.to_string());
    if asked.action.name() == Action::MERGE {
        return format!("prode approve {name}");
    }
    format!("prode approve {name} --action {}", asked.action)
}

/// Whether `asked` may be done now, by the trunk's word as it is now.
pub fn decided(workspace: &Workspace, asked: &Asked) -> Result<Decided, OpError> {
    decided_with(workspace, asked, None)
}

/// The same where reviews of the change's pull request count too. They are as
/// the forge just gave them: nothing that is stored here stands for them.
pub fn decided_with(
    workspace: &Workspace,
    asked: &Asked,
    reviews: Option<&Reviews>,
) -> Result<Decided, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let stored = Stored::read(repository(workspace)?)?;
    with_reviews(workspace, &trunk, &stored, asked, reviews)
}

pub(in crate::ops) fn counted(
    workspace: &Workspace,
    trunk: &TrunkPolicy,
    stored: &Stored,
    asked: &Asked,
) -> Result<Decided, OpError> {
    with_reviews(workspace, trunk, stored, asked, None)
}

fn with_reviews(
    workspace: &Workspace,
    trunk: &TrunkPolicy,
    stored: &Stored,
    asked: &Asked,
    reviews: Option<&Reviews>,
) -> Result<Decided, OpError> {
    let demand = trunk.demand(&asked.action);
    let expected = asked.expected(&trunk.repository);
    let (mut approvals, mut refused): (Vec<Approval>, _) = (Vec::new(), Vec::new());
    for (id, signed) in &stored.statements {
        let Ok(signed) = signed else {
            // Whose it was cannot be told any more; it counts for nothing.
            refused.push((id.clone(), Refusal::EditedStatement));
            continue;
        };
        let subject = &signed.statement.subject;
        if subject.digest != asked.subject.digest && subject.name != asked.subject.name {
            continue;
        }
        match judged(stored, id, signed, trunk, &expected, &demand, now(workspace))? {
            Ok(approval) => approvals.push(approval),
            Err(refusal) => refused.push((id.clone(), refusal)),
        }
    }
    for (id, judged) in
        reviews.into_iter().flat_map(|it| it.judged(trunk, asked, &demand, now(workspace)))
    {
        match judged {
            Ok(approval) => approvals.push(approval),
            Err(refusal) => refused.push((id, refusal)),
        }
    }
    let eligible = eligible(repository(workspace)?, trunk, &asked.paths, &demand)?;
    // The strongest first, so that a weak second one of a person is the surplus.
    approvals.sort_by(|a, b| b.strength.cmp(&a.strength).then_with(|| a.id.cmp(&b.id)));
    Ok(Decided { decision: decide(approvals, &eligible, &demand), refused })
}

/// Whether [`use_up_once`] would find all approvals of a request, used for it before or
/// not.
pub fn is_given(workspace: &Workspace, asked: &Asked) -> Result<bool, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let mut stored = Stored::read(repository(workspace)?)?;
    stored.used.clear();
    Ok(counted(workspace, &trunk, &stored, asked)?.decision.is_approved())
}

/// Uses the approvals of one request up, or finds that they were used up for it
/// before: nothing else has its digest, so whoever was killed between the mark
/// and its own record goes on. `None` while some are missing. A mark alone gives
/// nothing: without it the approvals must be as good as any.
pub fn use_up_once(
    workspace: &Workspace,
    asked: &Asked,
    effect: &str,
) -> Result<Option<Decided>, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let mut stored = Stored::read(repository(workspace)?)?;
    if counted(workspace, &trunk, &stored, asked)?.decision.is_approved() {
        return Ok(use_up(workspace, std::slice::from_ref(asked), effect)?.pop());
    }
    stored.used.clear();
    let before = counted(workspace, &trunk, &stored, asked)?;
    Ok(before.decision.is_approved().then_some(before))
}

/// Marks the approvals of everything in `asked` as used by `effect`, once for
/// all: of two that try at the same time one fails, and of several subjects
/// all are used or none. Call it before the effect.
pub fn use_up(
    workspace: &Workspace,
    asked: &[Asked],
    effect: &str,
) -> Result<Vec<Decided>, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let git = repository(workspace)?;
    let writer = store::writer(workspace, &trunk.reviewed)?;
    let mut done = Vec::new();
    let used = writer.append(store::REFERENCE, |tip| -> Result<_, OpError> {
        let mut stored = Stored::read(git)?;
        stored.add(Stored::at(git, tip)?);
        done.clear();
        for asked in asked {
            done.push(counted(workspace, &trunk, &stored, asked)?.approved(asked)?);
        }
        let approvals = done.iter().flat_map(|decided| &decided.decision.approvals);
        let marks = approvals.map(|approval| {
            let mark = Mark {
                schema: "prode.approval_used/v1",
                id: approval.id.clone(),
                at: now(workspace),
                why: effect.to_owned(),
                nonce: random::hex::<16>()?,
            };
            store::mark("used", &mark)
        });
        Ok(Some(store::draft(effect.to_owned(), marks.collect::<Result<Vec<_>, _>>()?)))
    });
    let result = used.as_ref().map_or_else(|_| "refused", |_| "used");
    for asked in asked {
        audit_log::record(workspace, &trunk, &Event::about("use", result, asked))?;
    }
    used?;
    Ok(done)
}
