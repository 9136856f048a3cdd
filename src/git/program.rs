//! The `git` program: run without a prompt, within a time, ended as a whole.
//!
//! For what the library does not do as Git does: network, leases, hooks,
//! signatures. Variables that would point Git at another repository are taken
//! away, since prode may itself run in a hook.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::Repository;

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

/// How long a person may take to touch a key or type a passphrase.
const A_PERSON: Duration = Duration::from_mins(2);

/// How often it is looked whether the program ended.
const LOOK: Duration = Duration::from_millis(10);

/// How long a pipe may say nothing after the program ended.
const SILENCE: Duration = Duration::from_secs(1);

/// How a run ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// By itself.
    Done { success: bool, stdout: String, stderr: String },
    /// It was ended, with everything it started.
    TooLate,
    /// There is no such program, or it may not be run.
    NotStarted(io::Error),
}

/// A run of `git` to be.
pub(super) struct GitRun {
    command: Command,
    input: Vec<u8>,
    limit: Duration,
    apart: bool,
}

impl GitRun {
    pub(super) fn new<const N: usize>(repository: &Repository, args: [&str; N]) -> Self {
        let mut command = Command::new("git");
        for name in LOCAL {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        command.arg("--git-dir").arg(repository.git_dir()).args(args);
        command.current_dir(repository.common_dir());
        Self { command, input: Vec::new(), limit: A_PERSON, apart: false }
    }

    pub(super) fn with(mut self, args: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.command.args(args.into_iter().map(Into::into));
        self
    }

    pub(super) fn variable(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.command.env(name.as_ref(), value.as_ref());
        self
    }

    pub(super) fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// Within `limit`, and nobody is asked: whoever would ask fails at once.
    pub(super) fn unattended(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self.apart = true;
        let asks_nobody = [
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GCM_INTERACTIVE", "never"),
            ("GIT_ASKPASS", "false"),
            ("SSH_ASKPASS", "false"),
            ("SSH_ASKPASS_REQUIRE", "force"),
        ];
        self.command.envs(asks_nobody);
        self
    }

    /// Runs it to its end or its limit.
    pub(super) fn wait(mut self) -> Ended {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        if self.apart {
            std::os::unix::process::CommandExt::process_group(&mut self.command, 0);
        }
        let mut child = match self.command.spawn() {
            Ok(child) => child,
            Err(error) => return Ended::NotStarted(error),
        };
        feed(&mut child, std::mem::take(&mut self.input));
        let stdout = child.stdout.take().map(gather);
        let stderr = child.stderr.take().map(gather);
        let Some(success) = ended_within(&mut child, self.limit) else {
            end(&mut child, self.apart);
            return Ended::TooLate;
        };
        Ended::Done { success, stdout: text(stdout), stderr: text(stderr) }
    }
}

/// Hands over the input; a program that does not read it is its own business.
fn feed(child: &mut Child, input: Vec<u8>) {
    let Some(mut pipe) = child.stdin.take() else { return };
    thread::spawn(move || drop(pipe.write_all(&input)));
}

fn gather(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut chunk = vec![0; 8_192];
        while let Ok(read @ 1..) = pipe.read(&mut chunk) {
            if sender.send(chunk[..read].to_vec()).is_err() {
                return;
            }
        }
    });
    receiver
}

/// What the program wrote. Something that outlives it (a shared ssh
/// connection) may hold the pipe open, so silence ends it too.
fn text(gathered: Option<Receiver<Vec<u8>>>) -> String {
    let mut bytes = Vec::new();
    if let Some(chunks) = gathered {
        while let Ok(chunk) = chunks.recv_timeout(SILENCE) {
            bytes.extend(chunk);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether it succeeded; `None` where it still runs after `limit`.
fn ended_within(child: &mut Child, limit: Duration) -> Option<bool> {
    let mut waited = Duration::ZERO;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if waited < limit => thread::sleep(LOOK),
            Ok(None) => return None,
            Err(_) => return Some(false),
        }
        waited += LOOK;
    }
}

/// Ends it and what it started: ssh, a remote helper, a credential helper.
fn end(child: &mut Child, apart: bool) {
    #[cfg(unix)]
    if apart && let Some(group) = rustix::process::Pid::from_raw(child.id().cast_signed()) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}
