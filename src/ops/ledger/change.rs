//! The exact change that a branch makes, as a subject of approvals.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::asked::{Asked, bad_action};
use super::trunk::{REVOKED, SIGNERS};
use crate::allowance::FOLDER;
use crate::approval::{Action, Subject};
use crate::canonical;
use crate::git::{ExactChange, Repository, Side};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Reviewed, settings_alone};

/// The settings of a repository.
const SETTINGS: &str = "prode.yaml";

/// What of them says who may approve what, or what the trunk is.
const POLICY_SECTIONS: [&str; 6] = ["approvals", "people", "forge", "codeowners", "trunk", "roots"];

/// More entries than this nobody reads before approving.
const MOST: usize = 5_000;

/// The change from where `head` left the trunk to `head`. It is void as soon
/// as either commit is another.
pub fn change_between(
    git: &Repository,
    reviewed: &Reviewed,
    name: &str,
    head: CommitId,
) -> Result<Asked, OpError> {
    let base = git.merge_base(reviewed.commit, head)?;
    if base == Some(head) {
        return Err(OpError::Invalid {
            message: format!("'{name}' changes nothing: the trunk has it already"),
            hint: format!("name a branch that is ahead of {}", reviewed.name),
        });
    }
    let old = base.map(|base| git.commit(base)).transpose()?.map(|it| it.tree);
    let info = git.commit(head)?;
    let changes = git.exact_changes(old, Some(info.tree))?;
    if changes.len() > MOST {
        return Err(OpError::Invalid {
            message: format!(
                "'{name}' changes {} files, and at most {MOST} are approved at once",
                changes.len()
            ),
            hint: format!("part it into changes of at most {MOST} files"),
        });
    }
    let digest = digest(git, base, head, &changes)?;
    let mut shown = overview(base, head, &changes);
    shown.push_str(&git.patch(old, Some(info.tree))?);
    let at = |commit: CommitId| commit.to_string();
    let mut preconditions = BTreeMap::from([("head".to_owned(), at(head))]);
    preconditions.extend(base.map(|base| ("base".to_owned(), at(base))));
    Ok(Asked {
        subject: Subject { kind: "change".to_owned(), name: name.to_owned(), digest },
        action: Action::new(Action::MERGE).map_err(bad_action)?,
        preconditions,
        requesters: git.authors(base, head)?,
        run: None,
        reason: info.summary,
        shown,
        paths: changes.iter().map(|it| it.path.clone()).collect(),
    })
}

/// What a change needs to be approved for: its merge; and a change of who may
/// approve what under its own name, by the policy that holds before it.
pub fn actions_of(
    git: &Repository,
    reviewed: &Reviewed,
    asked: &Asked,
) -> Result<Vec<Action>, OpError> {
    let action = |name| Action::new(name).map_err(bad_action);
    let mut actions = vec![action(Action::MERGE)?];
    for policy in POLICIES {
        if touches(git, reviewed, asked, policy)? {
            actions.push(action(policy)?);
        }
    }
    Ok(actions)
}

fn touches(
    git: &Repository,
    reviewed: &Reviewed,
    asked: &Asked,
    policy: &str,
) -> Result<bool, OpError> {
    let at = |name: &str| asked.preconditions.get(name).and_then(|it| it.parse().ok());
    let Some(head) = at("head") else { return Ok(false) };
    // From where it left the trunk, and from the trunk as it is: a branch that
    // lacks a newer policy must not bring the old one back unseen.
    let base: CommitId = at("base").unwrap_or(reviewed.commit);
    Ok(policy_differs(git, policy, [base, head])?
        || policy_differs(git, policy, [reviewed.commit, head])?)
}

/// What is changed only by an approval of its own: who may approve what, and
/// what redaction lets stand.
pub(in crate::ops) const POLICIES: [&str; 2] = [Action::POLICY, Action::REDACTION_ALLOW];

/// Whether two commits say different things of one of [`POLICIES`].
pub(in crate::ops) fn policy_differs(
    git: &Repository,
    policy: &str,
    [one, other]: [CommitId; 2],
) -> Result<bool, OpError> {
    let trees = [git.commit(one)?.tree, git.commit(other)?.tree];
    let changes = git.exact_changes(Some(trees[0]), Some(trees[1]))?;
    let names: Vec<_> = changes.iter().map(|it| it.path.text()).collect();
    if policy == Action::REDACTION_ALLOW {
        // The folder itself among them: a link there is a change too.
        return Ok(names.iter().any(|name| name.starts_with(FOLDER)));
    }
    let is_policy = |name: &str| {
        name == SIGNERS || name == REVOKED || name == "CODEOWNERS" || name.ends_with("/CODEOWNERS")
    };
    if names.iter().any(|name| is_policy(name)) {
        return Ok(true);
    }
    if !names.iter().any(|name| name == SETTINGS) {
        return Ok(false);
    }
    let path = RepoPath::from_git(SETTINGS);
    let said = |commit: CommitId| -> Result<_, OpError> {
        let settings = settings_alone(git.file_at(commit, &path)?.as_deref());
        Ok(POLICY_SECTIONS.map(|name| settings.section(name)))
    };
    Ok(said(one)? != said(other)?)
}

/// The digest covers both commits and, of every entry, mode and content.
fn digest(
    git: &Repository,
    base: Option<CommitId>,
    head: CommitId,
    changes: &[ExactChange],
) -> Result<String, OpError> {
    let side = |side: &Option<Side>| -> Result<Value, OpError> {
        let Some(side) = side else { return Ok(Value::Null) };
        let content = match side.blob {
            Some(blob) => canonical::digest(&git.blob(blob)?),
            None => side.id.clone(),
        };
        Ok(json!({"mode": side.mode, "content": content}))
    };
    let rows: Vec<Value> = changes
        .iter()
        .map(|it| Ok(json!({"path": it.path.text(), "old": side(&it.old)?, "new": side(&it.new)?})))
        .collect::<Result<_, OpError>>()?;
    let whole = json!({
        "schema": "prode.change/v1",
        "base": base.map(|it| it.to_string()),
        "head": head.to_string(),
        "changes": rows,
    });
    Ok(canonical::digest(&canonical::to_bytes(&whole).map_err(|it| super::not_canonical(&it))?))
}

/// Every entry on a line of its own: what a patch may not show (a mode, a
/// link, bytes) stands here.
fn overview(base: Option<CommitId>, head: CommitId, changes: &[ExactChange]) -> String {
    let from = base.map_or_else(|| "nothing".to_owned(), |base| base.to_string());
    let mut text = format!("from {from}\nto   {head}\n\n");
    let told = |side: &Option<Side>| {
        side.as_ref().map_or_else(|| "-".to_owned(), |it| format!("{} {}", it.mode, &it.id[..10]))
    };
    for change in changes {
        let (old, new) = (told(&change.old), told(&change.new));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{old:17}  ->  {new:17}  {}", change.path.text());
    }
    text + "\n"
}
