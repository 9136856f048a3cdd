//! `approvals verify`: are the chains whole, and every statement what was signed?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{row, unreadable};
use crate::git::Repository;
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::ops::ledger::TrunkPolicy;
use crate::ops::ledger::audit_log::{AuditEntry, CHAINS, entries};
use crate::ops::ledger::store::Stored;
use crate::ops::ledger::{repository, short};
use crate::workspace::Workspace;

/// States of a statement that say that somebody tampered with it, or that it
/// never was one; a statement that is merely over is no finding.
const TAMPERED: &[&str] =
    &["edited-statement", "bad-signature", "wrong-repository", "wrong-namespace", "other-person"];

/// One chain of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Chain {
    /// Its writer.
    pub writer: String,
    /// The commit that it ends with.
    pub head: String,
    /// How many entries it has.
    pub entries: usize,
    /// The last one.
    pub last: Option<AuditEntry>,
    /// Where it is broken; null where it is whole.
    pub broken: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verified {
    /// `prode.approvals_verify/v1`.
    pub schema: String,
    /// Every chain, by its writer.
    pub chains: Vec<Chain>,
    /// Statements that were looked at.
    pub statements: usize,
    /// Those that are not what was signed here: id and the reason's code.
    pub tampered: Vec<(String, String)>,
    /// Heads that were named and that no chain holds.
    pub lost: Vec<String>,
}

impl Verified {
    /// True if nothing was found.
    pub fn is_sound(&self) -> bool {
        let whole = self.chains.iter().all(|chain| chain.broken.is_none());
        whole && self.tampered.is_empty() && self.lost.is_empty()
    }
}

/// Looks at everything. `heads` are heads of chains that were noted elsewhere:
/// each must still be part of one.
pub fn verify(workspace: &Workspace, heads: &[String]) -> Result<Verified, OpError> {
    let git = repository(workspace)?;
    let trunk = TrunkPolicy::read(workspace)?;
    let mut chains = Vec::new();
    let mut tips = Vec::new();
    for (reference, tip) in git.refs_below(CHAINS)? {
        chains.push(chain(git, &reference, tip)?);
        tips.push(tip);
    }
    let stored = Stored::read(git)?;
    let mut tampered = Vec::new();
    for (id, signed) in &stored.statements {
        let row = match signed {
            Ok(signed) => row(workspace, &trunk, &stored, id, signed)?,
            Err(_) => unreadable(id),
        };
        if TAMPERED.contains(&row.state.as_str()) {
            tampered.push((short(id), row.state));
        }
    }
    let lost = heads.iter().filter(|head| !is_held(git, head, &tips)).cloned().collect();
    Ok(Verified {
        schema: "prode.approvals_verify/v1".to_owned(),
        chains,
        statements: stored.statements.len(),
        tampered,
        lost,
    })
}

fn chain(git: &Repository, reference: &str, tip: CommitId) -> Result<Chain, OpError> {
    let found = entries(git, tip)?;
    let broken = match &found {
        Ok(entries) => rewritten(git, tip, entries)?,
        Err(broken) => Some(broken.clone()),
    };
    let entries = found.unwrap_or_default();
    Ok(Chain {
        writer: reference.trim_start_matches(CHAINS).to_owned(),
        head: tip.to_string(),
        entries: entries.len(),
        last: entries.last().cloned(),
        broken,
    })
}

/// Each commit adds one entry: as many commits as entries, in one line.
fn rewritten(
    git: &Repository,
    tip: CommitId,
    entries: &[AuditEntry],
) -> Result<Option<String>, OpError> {
    let mut commits = 0;
    let mut at = Some(tip);
    while let Some(commit) = at {
        let info = git.commit(commit)?;
        commits += 1;
        at = info.parents.first().copied();
    }
    let said = format!("{} entries in {commits} commits: history was rewritten", entries.len());
    Ok((commits != entries.len()).then_some(said))
}

fn is_held(git: &Repository, head: &str, tips: &[CommitId]) -> bool {
    let Ok(head) = head.parse::<CommitId>() else { return false };
    tips.iter().any(|tip| git.is_ancestor(head, *tip).unwrap_or(false))
}
