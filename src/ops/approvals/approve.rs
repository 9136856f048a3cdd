//! `approve`: a person reads the subject, says yes on a terminal, and signs.
//!
//! The only maker of statements. Nothing but a [`Person`] says yes: there is no
//! option, variable or setting that does it for them.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::subject::{Named, resolve};
use crate::approval::{Demand, Refusal, Signed, Statement, Strength, decide};
use crate::ops::ledger::Asked;
use crate::ops::ledger::audit_log::{self, Event};
use crate::ops::ledger::counted;
use crate::ops::ledger::eligible;
use crate::ops::ledger::judged;
use crate::ops::ledger::own_key;
use crate::ops::ledger::store::{self, Stored};
use crate::ops::ledger::{SIGNERS, TrunkPolicy};
use crate::ops::ledger::{now, repository, short};
use crate::ops::{OpError, random};
use crate::signing::{Key, sign};
use crate::workspace::Workspace;

/// What a person is asked.
#[derive(Debug)]
pub struct Ask<'a> {
    /// The subject, its action, who asks, why, and the subject itself.
    pub asked: &'a Asked,
    /// Who would sign, as the trunk's signers name them.
    pub approver: &'a str,
    /// Whether their key is a hardware key.
    pub is_hardware: bool,
    /// What the action demands.
    pub demand: &'a Demand,
    /// When the approval would end.
    pub until: Timestamp,
    /// True where whoever asks is the approver.
    pub own: bool,
}

/// Somebody at a terminal.
pub trait Person {
    /// Shows everything and asks; true only for a yes.
    ///
    /// # Errors
    /// Where nobody is there to be asked.
    fn agrees(&mut self, ask: &Ask<'_>) -> Result<bool, OpError>;
}

/// The answer of `prode approve --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.approve/v1`.
    pub schema: String,
    /// The statement's id.
    pub id: String,
    /// For which action.
    pub action: String,
    /// The subject's name.
    pub subject: String,
    /// Its digest.
    pub digest: String,
    /// Who approved.
    pub approver: String,
    /// `strong` or `weak`.
    pub strength: Strength,
    /// True where whoever asked approved.
    #[serde(rename = "self")]
    pub own: bool,
    /// The end of its time.
    #[schemars(with = "String")]
    pub until: Timestamp,
    /// Approvals that count now.
    pub found: usize,
    /// How many it takes.
    pub needed: u32,
    /// True if nothing is missing.
    pub approved: bool,
    /// What is missing, in words.
    pub missing: Vec<String>,
}

/// Has `person` approve what is `named`, for `action` where one was typed,
/// with the key of the file `key`, else Git's `user.signingkey`.
pub fn approve(
    workspace: &Workspace,
    named: Named<'_>,
    action: Option<&str>,
    key: Option<&Path>,
    person: &mut dyn Person,
) -> Result<Answer, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let asked = resolve(workspace, &trunk.reviewed, named, action)?;
    let key = own_key(workspace, key)?;
    approved_by(workspace, &trunk, &asked, &key, person)
}

fn approved_by(
    workspace: &Workspace,
    trunk: &TrunkPolicy,
    asked: &Asked,
    key: &Key,
    person: &mut dyn Person,
) -> Result<Answer, OpError> {
    let demand = trunk.demand(&asked.action);
    let approver = approver(trunk, key)?;
    let issued = now(workspace);
    let until = issued.checked_add(SignedDuration::from_secs(demand.max_age)).unwrap_or(issued);
    let who = trunk.person(&approver);
    let own = asked.requesters.iter().any(|name| trunk.person(name) == who);
    let would = |refusal: &Refusal| refused(asked, refusal);
    if own && !demand.own {
        return Err(would(&Refusal::RequesterApproves(who)));
    }
    if demand.strength == Strength::Strong && !key.is_hardware() {
        return Err(would(&Refusal::TooWeak));
    }
    let ask = Ask {
        asked,
        approver: &approver,
        is_hardware: key.is_hardware(),
        demand: &demand,
        until,
        own,
    };
    if !person.agrees(&ask)? {
        audit_log::record(workspace, trunk, &Event::about("decline", "declined", asked))?;
        return Err(OpError::Waiting {
            message: format!("'{}' was not approved", asked.subject.name),
            hint: "nothing was signed".to_owned(),
        });
    }
    let signed = signed(trunk, asked, key, &approver, [issued, until])?;
    keep(workspace, trunk, asked, &signed, &demand)
}

/// The name that the trunk gives to the key's owner.
fn approver(trunk: &TrunkPolicy, key: &Key) -> Result<String, OpError> {
    let signers = &trunk.trust.signers;
    if signers.lines.is_empty() {
        return Err(OpError::Waiting {
            message: format!("{} lists nobody who may approve", trunk.reviewed.name),
            hint: "enter the first signer: prode approvals init".to_owned(),
        });
    }
    let text = key.text();
    let trusted = signers.with_key(&text).find(|line| line.is_trusted());
    let name = trusted.and_then(|line| line.principals.first());
    name.cloned().ok_or_else(|| OpError::Waiting {
        message: format!(
            "the key {} is not in {} of {}",
            key.fingerprint(),
            SIGNERS,
            trunk.reviewed.name
        ),
        hint: "name another key with --key FILE, or have yours entered by a reviewed change"
            .to_owned(),
    })
}

fn signed(
    trunk: &TrunkPolicy,
    asked: &Asked,
    key: &Key,
    approver: &str,
    [issued, expires]: [Timestamp; 2],
) -> Result<Signed, OpError> {
    let statement = Statement {
        schema: Statement::schema(),
        action: asked.action.clone(),
        subject: asked.subject.clone(),
        preconditions: asked.preconditions.clone(),
        repository: trunk.repository.clone(),
        run: asked.run.clone(),
        requesters: asked.requesters.clone(),
        approver: approver.to_owned(),
        reason: asked.reason.clone(),
        nonce: random::hex::<16>()?,
        issued,
        expires,
    };
    let bytes = statement.bytes().map_err(|error| OpError::Invalid {
        message: error.to_string(),
        hint: "shorten the request's reason".to_owned(),
    })?;
    let signature = sign(key, &bytes)?;
    Ok(Signed { statement, bytes, signature })
}

/// Stores a statement if it counts by the rules that will be asked at its use.
fn keep(
    workspace: &Workspace,
    trunk: &TrunkPolicy,
    asked: &Asked,
    signed: &Signed,
    demand: &Demand,
) -> Result<Answer, OpError> {
    let git = repository(workspace)?;
    let stored = Stored::read(git)?;
    let id = signed.id();
    let expected = asked.expected(&trunk.repository);
    let eligible = eligible(git, trunk, &asked.paths, demand)?;
    let judged = judged(&stored, &id, signed, trunk, &expected, demand, now(workspace))?;
    let approval = judged.and_then(|approval| {
        let alone = decide(vec![approval.clone()], &eligible, demand);
        match alone.surplus.into_iter().next() {
            Some((_, refusal)) => Err(refusal),
            None => Ok(approval),
        }
    });
    let approval = match approval {
        Ok(approval) => approval,
        Err(refusal) => {
            audit_log::record(workspace, trunk, &Event::about("approve", refusal.code(), asked))?;
            return Err(refused(asked, &refusal));
        }
    };
    // The log first: nothing counts that it does not hold.
    let result = format!("approved, {}", approval.strength);
    audit_log::record(workspace, trunk, &Event::about("approve", result, asked))?;
    let subject =
        format!("{} approves {} of {}", approval.principal, asked.action, asked.subject.name);
    store::writer(workspace, &trunk.reviewed)?.append(store::REFERENCE, |_| {
        Ok::<_, OpError>(Some(store::draft(subject.clone(), vec![store::statement(signed)])))
    })?;
    let decided = counted(workspace, trunk, &Stored::read(git)?, asked)?;
    Ok(Answer {
        schema: "prode.approve/v1".to_owned(),
        id: short(&id),
        action: asked.action.name().to_owned(),
        subject: asked.subject.name.clone(),
        digest: asked.subject.digest.clone(),
        approver: approval.principal,
        strength: approval.strength,
        own: approval.own,
        until: approval.ends,
        found: decided.decision.approvals.len(),
        needed: decided.decision.needed,
        approved: decided.decision.is_approved(),
        missing: decided.decision.missing.iter().map(ToString::to_string).collect(),
    })
}

fn refused(asked: &Asked, refusal: &Refusal) -> OpError {
    OpError::Waiting {
        message: format!(
            "this would not count for '{}' of '{}': {refusal} ({})",
            asked.action,
            asked.subject.name,
            refusal.code()
        ),
        hint: "nothing was stored; who may approve what: prode.yaml and .prode/ of the trunk"
            .to_owned(),
    }
}
