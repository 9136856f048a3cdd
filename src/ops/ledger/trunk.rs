//! The trunk's word on approvals: signers, revoked keys, policy, people, owners.

use serde_json::Value;

use super::repository;
use crate::approval::{Action, Demand, Policy, Signers};
use crate::git::Repository;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::signing::Trust;
use crate::workspace::{Reviewed, Workspace, forge_name};

/// Where the trunk lists whose key is whose.
pub(in crate::ops) const SIGNERS: &str = ".prode/allowed_signers";

/// Where it lists keys that were lost or stolen.
pub(in crate::ops) const REVOKED: &str = ".prode/revoked_keys";

/// What the trunk says of approvals at its commit.
pub struct TrunkPolicy {
    /// The trunk: its commit, people, owners.
    pub reviewed: Reviewed,
    /// What each action demands, the user's side included where it is stricter.
    pub policy: Policy,
    /// Whose keys count.
    pub trust: Trust,
    /// What in all of it does not act, one line each.
    pub problems: Vec<String>,
    /// Which repository this is, in every clone: its first commit, and the
    /// forge's name for it where the trunk says one.
    pub repository: String,
}

impl TrunkPolicy {
    /// Reads it.
    pub fn read(workspace: &Workspace) -> Result<Self, OpError> {
        let reviewed = workspace.reviewed()?;
        let git = repository(workspace)?;
        let (signers, wrong) = match file(git, &reviewed, SIGNERS)? {
            Some(bytes) => Signers::parse(&bytes),
            None => (Signers::default(), Vec::new()),
        };
        let trunk = reviewed.settings.section("approvals").merged();
        let own = workspace.own_settings().section("approvals");
        let narrower: Vec<&Value> = own.layers().map(|(_, value)| value).collect();
        let (policy, mut problems) = Policy::read(Some(&trunk), &narrower);
        problems.extend(wrong.iter().map(|it| format!("{SIGNERS}:{}: {}", it.line, it.message)));
        let trust = Trust { signers, revoked: file(git, &reviewed, REVOKED)? };
        let repository = identity(git, &reviewed)?;
        Ok(Self { reviewed, policy, trust, problems, repository })
    }

    /// What `action` demands.
    pub fn demand(&self, action: &Action) -> Demand {
        self.policy.demand(action)
    }

    /// The one name under which somebody counts.
    pub fn person(&self, name: &str) -> String {
        self.reviewed.rules.people.person(name)
    }
}

fn file(git: &Repository, reviewed: &Reviewed, path: &str) -> Result<Option<Vec<u8>>, OpError> {
    Ok(git.file_at(reviewed.commit, &RepoPath::from_git(path))?)
}

fn identity(git: &Repository, reviewed: &Reviewed) -> Result<String, OpError> {
    let first = git.first_commit(reviewed.commit)?;
    Ok(match forge_name(&reviewed.settings) {
        Some(name) => format!("git:{first} {name}"),
        None => format!("git:{first}"),
    })
}
