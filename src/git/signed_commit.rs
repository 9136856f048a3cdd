//! A commit that is signed as Git's settings say.
//!
//! Git itself makes it (`git commit-tree -S`), so that `gpg.format`,
//! `gpg.program`, `user.signingkey` and `gpg.ssh.defaultKeyCommand` mean here
//! what they mean everywhere. It may ask a person for a touch or a passphrase.

use git2::Oid;
use jiff::Timestamp;

use super::Repository;
use super::edit::Identity;
use super::program::git;
use super::write_error::WriteError;
use crate::ids::{CommitId, TreeId};
use crate::program::Ended;

/// `who` is author and committer.
pub(super) fn make(
    repository: &Repository,
    who: [&Identity; 2],
    time: Timestamp,
    tree: TreeId,
    parents: &[CommitId],
    message: &str,
) -> Result<Oid, WriteError> {
    let mut args = vec!["commit-tree".to_owned(), "-S".to_owned()];
    args.extend(parents.iter().flat_map(|parent| ["-p".to_owned(), parent.to_string()]));
    args.push(tree.to_string());
    let mut run = git(repository, ["-c", "core.fsync=all"]).with(args).input(message);
    for (role, identity) in ["AUTHOR", "COMMITTER"].into_iter().zip(who) {
        run = run
            .variable(format!("GIT_{role}_NAME"), &identity.name)
            .variable(format!("GIT_{role}_EMAIL"), &identity.email)
            .variable(format!("GIT_{role}_DATE"), format!("@{} +0000", time.as_second()));
    }
    let failed = |why: &str| WriteError::Signing(why.trim().to_owned());
    match run.wait() {
        Ended::Done { success: true, stdout, .. } => {
            Oid::from_str(stdout.trim()).map_err(|_| failed("git printed no commit"))
        }
        Ended::Done { stderr, .. } => Err(failed(&last_line(&stderr))),
        Ended::TooLate => Err(failed("nobody answered in time")),
        Ended::NotStarted(why) => Err(failed(&format!("git does not start: {why}"))),
    }
}

fn last_line(text: &str) -> String {
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("git failed").to_owned()
}
