//! The `git` program, for what the library does not do as Git does: network,
//! leases, hooks, signatures.
//!
//! Variables that would point Git at another repository are taken away, since
//! prode may itself run in a hook.

use std::path::Path;
use std::time::Duration;

use super::Repository;
use crate::program::Run;

/// What names another repository, index or setting, as
/// `git rev-parse --local-env-vars` lists them.
const LOCAL: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
    "GIT_QUARANTINE_PATH",
];

/// Whoever would ask fails at once.
const ASKS_NOBODY: &[(&str, &str)] = &[
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GCM_INTERACTIVE", "never"),
    ("GIT_ASKPASS", "false"),
    ("SSH_ASKPASS", "false"),
    ("SSH_ASKPASS_REQUIRE", "force"),
];

/// A run of `git` on `repository`, which may ask a person.
pub(super) fn git<const N: usize>(repository: &Repository, args: [&str; N]) -> Run {
    Run::new("git")
        .without(LOCAL)
        .variable("LC_ALL", "C")
        .variable("GIT_OPTIONAL_LOCKS", "0")
        .in_folder(folder(repository))
        .with(["--git-dir".as_ref(), repository.git_dir().as_os_str()])
        .with(args)
}

/// Where Git itself would stand: a remote such as `../shared.git`, and the
/// hooks, are seen from there.
fn folder(repository: &Repository) -> &Path {
    repository.workdir().filter(|top| top.is_dir()).unwrap_or(repository.git_dir())
}

/// A run of `git` in a work tree, whose own index it may write.
pub(super) fn of_folder<const N: usize>(folder: &Path, args: [&str; N]) -> Run {
    Run::new("git").without(LOCAL).variable("LC_ALL", "C").in_folder(folder).with(args)
}

/// The same within `limit`, and nobody is asked.
pub(super) fn unattended<const N: usize>(
    repository: &Repository,
    args: [&str; N],
    limit: Duration,
) -> Run {
    let run = git(repository, args).apart(limit);
    ASKS_NOBODY.iter().fold(run, |run, (name, value)| run.variable(name, value))
}
