//! `approvals init`: enters the first signer, in the work tree.
//!
//! The person commits the file and has it land on the trunk; from then on
//! changes of it need an approval by those whom it lists.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::approval::{NAMESPACE, Signers};
use crate::edits::FileChange;
use crate::git::WriteError;
use crate::ops::OpError;
use crate::ops::ledger::SIGNERS;
use crate::ops::ledger::own_key;
use crate::ops::ledger::repository;
use crate::repo_path::RepoPath;
use crate::workspace::{Workspace, WorkspaceError};

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InitAnswer {
    /// `prode.approvals_init/v1`.
    pub schema: String,
    /// The file that was written.
    pub path: String,
    /// The name that the signer has there.
    pub principal: String,
    /// Their key.
    pub fingerprint: String,
    /// True for a hardware key.
    pub hardware: bool,
}

/// Enters `principal`, else Git's `user.email`, with the key of `file`, else
/// Git's `user.signingkey`.
///
/// # Errors
/// Where the trunk lists signers already: a further one is a change like any
/// other, approved by them.
pub fn init(
    workspace: &Workspace,
    principal: Option<&str>,
    file: Option<&Path>,
) -> Result<InitAnswer, OpError> {
    let git = repository(workspace)?;
    let key = own_key(workspace, file)?;
    let principal = principal.map(str::to_owned).or_else(|| git.git_setting("user.email"));
    let principal = principal.ok_or(WriteError::NoIdentity("user.email"))?;
    let path = RepoPath::from_git(SIGNERS);
    let listed = match workspace.reviewed() {
        Ok(reviewed) => git.file_at(reviewed.commit, &path)?,
        Err(WorkspaceError::NoReviewedTrunk) => None,
        Err(error) => return Err(error.into()),
    };
    if listed.is_some_and(|bytes| !Signers::parse(&bytes).0.lines.is_empty()) {
        return Err(OpError::Conflict {
            message: format!("the trunk lists signers already in {SIGNERS}"),
            hint:
                "add a line on a branch and have it approved: prode approve BRANCH --action policy"
                    .to_owned(),
        });
    }
    let line = format!("{principal} namespaces=\"{NAMESPACE}\" {}\n", key.text());
    let (signers, problems) = Signers::parse(line.as_bytes());
    if !problems.is_empty() || signers.principals() != [principal.as_str()] {
        return Err(OpError::Usage {
            message: format!("'{principal}' cannot name a signer"),
            hint: "name a person, such as an address: --as you@example.org".to_owned(),
        });
    }
    let after = Some(line.into_bytes());
    workspace.edits()?.apply(&[FileChange { path, before: None, after }])?;
    Ok(InitAnswer {
        schema: "prode.approvals_init/v1".to_owned(),
        path: SIGNERS.to_owned(),
        principal,
        fingerprint: key.fingerprint(),
        hardware: key.is_hardware(),
    })
}
