//! A program that is run: with an input, within a time, ended as a whole.
//!
//! It is started directly, never through a shell. Whoever runs it says what of
//! the environment it may not see, and whether it may ask a person.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// How long a person may take to touch a key or type a passphrase.
const A_PERSON: Duration = Duration::from_mins(2);

/// How often it is looked whether the program ended.
const LOOK: Duration = Duration::from_millis(10);

/// How long a pipe may say nothing after the program ended.
const SILENCE: Duration = Duration::from_secs(1);

/// How a run ended.
#[derive(Debug)]
pub enum Ended {
    /// By itself.
    Done {
        /// Its exit code was 0.
        success: bool,
        /// Its exit code; none where a signal ended it.
        code: Option<i32>,
        /// What it printed.
        stdout: String,
        /// What it said beside it.
        stderr: String,
    },
    /// It was ended, with everything it started.
    TooLate,
    /// There is no such program, or it may not be run.
    NotStarted(io::Error),
}

/// A run to be.
pub struct Run {
    command: Command,
    input: Vec<u8>,
    limit: Duration,
    apart: bool,
    tells: bool,
    most: usize,
}

impl Run {
    /// A run of `program`, found through `PATH`.
    pub fn new(program: &str) -> Self {
        let command = Command::new(program);
        let (input, limit, most) = (Vec::new(), A_PERSON, usize::MAX);
        Self { command, input, limit, apart: false, tells: false, most }
    }

    /// With these words more.
    #[must_use]
    pub fn with(mut self, args: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.command.args(args.into_iter().map(Into::into));
        self
    }

    /// In this folder.
    #[must_use]
    pub fn in_folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// With this variable.
    #[must_use]
    pub fn variable(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.command.env(name.as_ref(), value.as_ref());
        self
    }

    /// With these variables and no others.
    #[must_use]
    pub fn seeing_only(
        mut self,
        variables: impl IntoIterator<Item = (impl AsRef<OsStr>, impl AsRef<OsStr>)>,
    ) -> Self {
        self.command.env_clear().envs(variables);
        self
    }

    /// It is not listened to after one byte more than these; most programs end
    /// then.
    #[must_use]
    pub fn printing_at_most(mut self, bytes: usize) -> Self {
        self.most = bytes;
        self
    }

    /// Without these variables.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        for name in names {
            self.command.env_remove(name);
        }
        self
    }

    /// With these bytes on its standard input.
    #[must_use]
    pub fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// Within `limit`, in a group of its own, so that all of it can be ended.
    /// Such a program cannot ask on the terminal.
    #[must_use]
    pub fn apart(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self.apart = true;
        self
    }

    /// What it says beside its output goes where prode's own notes go, for the
    /// person whom it asks.
    #[must_use]
    pub fn telling(mut self) -> Self {
        self.tells = true;
        self
    }

    /// Starts it for somebody who talks with it, in a group of its own; its
    /// limits are theirs to hold. What it says beside its output is not heard.
    ///
    /// # Errors
    /// There is no such program, or it may not be run.
    pub fn talk(mut self) -> io::Result<Talking> {
        self.apart = true;
        Ok(Talking { child: self.spawn(Stdio::null())? })
    }

    fn spawn(&mut self, beside: Stdio) -> io::Result<Child> {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(beside);
        #[cfg(unix)]
        if self.apart {
            std::os::unix::process::CommandExt::process_group(&mut self.command, 0);
        }
        self.command.spawn()
    }

    /// Runs it to its end or its limit.
    pub fn wait(mut self) -> Ended {
        let beside = if self.tells { Stdio::inherit() } else { Stdio::piped() };
        let mut child = match self.spawn(beside) {
            Ok(child) => child,
            Err(error) => return Ended::NotStarted(error),
        };
        feed(&mut child, std::mem::take(&mut self.input));
        let most = self.most;
        let stdout = child.stdout.take().map(|pipe| gather(pipe, most));
        let stderr = child.stderr.take().map(|pipe| gather(pipe, most));
        let Ok(code) = ended_within(&mut child, self.limit) else {
            end(&mut child, self.apart);
            return Ended::TooLate;
        };
        let success = code == Some(0);
        Ended::Done { success, code, stdout: text(stdout), stderr: text(stderr) }
    }
}

/// A program that is talked with; ended, with everything it started, when
/// nobody does any more.
pub struct Talking {
    child: Child,
}

impl Talking {
    /// Where it listens, and where it speaks; once.
    pub fn pipes(&mut self) -> Option<(ChildStdin, ChildStdout)> {
        Some((self.child.stdin.take()?, self.child.stdout.take()?))
    }
}

impl Drop for Talking {
    fn drop(&mut self) {
        end(&mut self.child, true);
    }
}

/// Hands over the input; a program that does not read it is its own business.
fn feed(child: &mut Child, input: Vec<u8>) {
    let Some(mut pipe) = child.stdin.take() else { return };
    thread::spawn(move || drop(pipe.write_all(&input)));
}

fn gather(pipe: impl Read + Send + 'static, most: usize) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut chunk = vec![0; 8_192];
        let mut pipe = pipe.take(u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1));
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

/// A program that did not end within its time.
struct StillRuns;

/// Its exit code, where it has one.
fn ended_within(child: &mut Child, limit: Duration) -> Result<Option<i32>, StillRuns> {
    let mut waited = Duration::ZERO;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.code()),
            Ok(None) if waited < limit => thread::sleep(LOOK),
            Ok(None) => return Err(StillRuns),
            Err(_) => return Ok(None),
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
