//! A person's own key: the one that is named, else Git's `user.signingkey`.

use std::path::{Path, PathBuf};

use super::repository;
use crate::ops::OpError;
use crate::signing::Key;
use crate::workspace::Workspace;

/// The key to sign with.
pub(super) fn own_key(workspace: &Workspace, file: Option<&Path>) -> Result<Key, OpError> {
    if let Some(file) = file {
        return Ok(Key::of_file(file)?);
    }
    let said = repository(workspace)?.git_setting("user.signingkey");
    let said = said.ok_or_else(|| OpError::Usage {
        message: "no key is named to sign with".to_owned(),
        hint: "git config --global user.signingkey ~/.ssh/id_ed25519.pub, or --key FILE".to_owned(),
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
