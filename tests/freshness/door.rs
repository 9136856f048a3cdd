//! The program as a thread of a test runs it, beside the test's own thread.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use crate::support::{TestRepo, hermetic};

/// Where to run, and whose home it is.
#[derive(Clone)]
pub(super) struct Door {
    path: PathBuf,
    home: PathBuf,
}

impl Door {
    pub(super) fn of(repo: &TestRepo) -> Self {
        Self { path: repo.path().to_owned(), home: repo.home() }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = hermetic(env!("CARGO_BIN_EXE_prode"), &self.home);
        command.current_dir(&self.path).args(args);
        command
    }

    /// Runs to its end.
    pub(super) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program starts")
    }

    /// Begins, unheard.
    pub(super) fn begin(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    }

    /// Runs `script` as a shell script in mounts of its own, with `prode` as
    /// `$PRODE`; `None` where this user may not mount.
    pub(super) fn mounted(&self, script: &str) -> Option<Output> {
        let allowed = |script: &str| {
            let mut command = hermetic("unshare", &self.home);
            command.current_dir(&self.path).args(["--mount", "sh", "-euc", script]);
            command.env("PRODE", env!("CARGO_BIN_EXE_prode")).output()
        };
        let probe = allowed("mount -t tmpfs none /mnt");
        probe.ok().filter(|probe| probe.status.success())?;
        allowed(script).ok()
    }
}
