//! A program at a pseudo-terminal, and who sits before it.

use std::process::{Command, Stdio};

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

/// How long anything is waited for, in milliseconds.
const PATIENCE: u64 = 30_000;

/// A run of a program. Whatever does not come is not waited for without end: a test
/// that has seen enough drops it, and the program with it.
pub(crate) struct Sitting(PtySession);

impl Sitting {
    pub(crate) fn at(mut command: Command) -> Self {
        command.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit());
        Self(spawn_command(command, Some(PATIENCE)).expect("a program on a terminal"))
    }

    /// What is shown before the question, which is waited for.
    pub(crate) fn sees(&mut self, question: &str) -> String {
        self.may_see(question).unwrap_or_else(|shown| panic!("no {question:?} in {shown}"))
    }

    /// The same; what was shown instead where it does not come.
    pub(crate) fn may_see(&mut self, question: &str) -> Result<String, String> {
        self.0.exp_string(question).map_err(|error| error.to_string())
    }

    pub(crate) fn types(&mut self, line: &str) {
        self.0.send_line(line).expect("the program reads");
    }

    /// The rest of what is shown, once it has ended, and its exit code.
    pub(crate) fn ended(mut self) -> (String, i32) {
        let rest = self.0.exp_eof().unwrap_or_else(|error| panic!("it goes on: {error}"));
        match self.0.process().wait() {
            Ok(WaitStatus::Exited(_, code)) => (rest, code),
            other => panic!("it ended as {other:?}: {rest}"),
        }
    }

    /// Ends it at once.
    pub(crate) fn killed(mut self) {
        let kill = "SIGKILL".parse().expect("a signal");
        self.0.process_mut().signal(kill).expect("it is there");
    }
}
