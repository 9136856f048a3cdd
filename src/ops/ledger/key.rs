//! A person's own key: the one that is named, else Git's `user.signingkey`;
//! and how its owner stands with the trunk.

use std::path::{Path, PathBuf};

use super::repository;
use super::trunk::TrunkPolicy;
use crate::ops::OpError;
use crate::signing::Key;
use crate::workspace::Workspace;

/// How whoever runs prode stands with the trunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How many names the trunk lists.
    pub signers: usize,
    /// The name that it gives to the own key, and whether that is a hardware
    /// key; `None` where no key is set or the trunk does not list it.
    pub own: Option<(String, bool)>,
    /// What of the trunk's word does not act, one line each.
    pub problems: Vec<String>,
}

/// Works it out; nothing is signed.
pub fn standing(workspace: &Workspace) -> Result<Standing, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let signers = &trunk.trust.signers;
    let own = own_key(workspace, None).ok().and_then(|key| {
        let text = key.text();
        let line = signers.with_key(&text).find(|line| line.is_trusted())?;
        Some((line.principals.first()?.clone(), key.is_hardware()))
    });
    Ok(Standing { signers: signers.principals().len(), own, problems: trunk.problems })
}

/// The key to sign with.
pub(in crate::ops) fn own_key(workspace: &Workspace, file: Option<&Path>) -> Result<Key, OpError> {
    if let Some(file) = file {
        return Ok(Key::of_file(file)?);
    }
    let said = repository(workspace)?.git_setting("user.signingkey");
    let said = said.ok_or_else(|| OpError::Usage {
        message: "no key is named to sign with".to_owned(),
        hint: "name it: git config --global user.signingkey ~/.ssh/id_ed25519.pub, or --key FILE"
            .to_owned(),
    })?;
    if said.starts_with("key::") || said.starts_with("ssh-") || said.starts_with("sk-") {
        return Ok(Key::of_text(&said)?);
    }
    Ok(Key::of_file(&expanded(&said, workspace.environment().home.as_deref()))?)
}

/// A path in Git's settings may begin with the home folder's `~/`.
fn expanded(path: &str, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}
