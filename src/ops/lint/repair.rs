//! Writing what `--fix` mends: whole files, by a rename, never over a change
//! that somebody else made since they were read.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::git::plain_read;
use crate::lint::{Finding, mended};
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// Fixes that overlap, or that only then become one, take more than one round.
pub(super) const ROUNDS: usize = 5;

/// What each page held when it was looked at.
#[derive(Default)]
pub(super) struct Seen(HashMap<RepoPath, [u8; 32]>);

impl Seen {
    pub(super) fn remember(&mut self, path: &RepoPath, bytes: &[u8]) {
        self.0.insert(path.clone(), Sha256::digest(bytes).into());
    }

    fn is_unchanged(&self, path: &RepoPath, bytes: &[u8]) -> bool {
        let digest: [u8; 32] = Sha256::digest(bytes).into();
        self.0.get(path) == Some(&digest)
    }
}

/// What was written.
#[derive(Default)]
pub(super) struct Done {
    pub(super) findings: usize,
    pub(super) files: Vec<RepoPath>,
}

/// Applies the fixes of `findings` to files on disk.
pub(super) fn write(
    workspace: &Workspace,
    findings: &[Finding],
    seen: &Seen,
) -> Result<Done, OpError> {
    let mut done = Done::default();
    let Some(top) = workspace.folder() else { return Ok(done) };
    let mut by_path: BTreeMap<&RepoPath, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|it| it.fix.is_some()) {
        by_path.entry(&finding.path).or_default().push(finding);
    }
    for (path, findings) in by_path {
        let bytes = plain_read(top, path)?;
        if !seen.is_unchanged(path, &bytes) {
            return Err(changed(path));
        }
        let (after, applied) = mended(&bytes, findings);
        if applied == 0 || after == bytes {
            continue;
        }
        replace(top, path, &after, seen)?;
        done.findings += applied;
        done.files.push(path.clone());
    }
    Ok(done)
}

fn replace(top: &Path, path: &RepoPath, after: &[u8], seen: &Seen) -> Result<(), OpError> {
    let full = top.join(&*path.text());
    let failed = |error: std::io::Error| OpError::File {
        path: path.text().into_owned(),
        reason: error.to_string(),
    };
    let folder = full.parent().unwrap_or(top);
    let mut temporary = NamedTempFile::new_in(folder).map_err(failed)?;
    temporary.write_all(after).map_err(failed)?;
    let mode = full.symlink_metadata().map_err(failed)?.permissions();
    temporary.as_file().set_permissions(mode).map_err(failed)?;
    // As late as can be: what somebody wrote since is not lost.
    if !seen.is_unchanged(path, &plain_read(top, path)?) {
        return Err(changed(path));
    }
    temporary.persist(&full).map_err(|error| failed(error.error))?;
    Ok(())
}

fn changed(path: &RepoPath) -> OpError {
    OpError::Conflict {
        message: format!("'{path}' changed while it was looked at; nothing of it was written"),
        hint: "run it again: prode lint --fix".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hint::{ErrorKind, Helpful};

    #[test]
    fn a_file_that_changed_since_is_a_conflict() {
        let path = RepoPath::from_git("wiki/a.md");
        let mut seen = Seen::default();
        seen.remember(&path, b"a");
        assert!(seen.is_unchanged(&path, b"a") && !seen.is_unchanged(&path, b"b"));
        assert!(!seen.is_unchanged(&RepoPath::from_git("wiki/b.md"), b"a"));
        assert_eq!(changed(&path).kind(), ErrorKind::Conflict);
    }
}
