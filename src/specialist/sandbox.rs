//! A command that is run in an empty folder, with limits of the system.
//!
//! What holds: its time, the bytes that are read of it, its variables, and for
//! each of its processes the memory and the size of a file. The shell sets the
//! latter two before the command begins, and begins nothing where it cannot. What
//! does not hold: that it stays in its folder, and off the network.

use std::path::PathBuf;
use std::time::Duration;

use super::{Program, last_line};
use crate::program::{Ended, Run};

/// The shell that sets limits; the command is never part of its text.
const SHELL: &str = "/bin/sh";

/// Memory in KiB and a file's size in blocks of 512 bytes, then the command.
const LIMITED: &str =
    "ulimit -c 0 && ulimit -v \"$1\" && ulimit -f \"$2\" || exit 125; shift 2; exec \"$@\"";

/// What the shell says where a limit cannot be set.
const UNLIMITED: i32 = 125;

/// The largest file that it may write, in blocks of 512 bytes: 64 MiB.
const FILE: u32 = 131_072;

/// A command with the memory that each of its processes may use.
#[derive(Clone, PartialEq, Eq)]
pub struct Sandbox {
    /// The command.
    pub program: Program,
    /// Bytes of memory.
    pub memory: u64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ran {
    /// It ended by itself.
    Ended {
        /// With this exit code.
        code: i32,
        /// What it printed.
        stdout: String,
    },
    /// Why nothing can be said of it.
    Failed(String),
}

impl Sandbox {
    /// The command as one line.
    pub fn line(&self) -> String {
        let words = self.program.words.iter().map(String::as_str);
        std::iter::once(self.program.called().as_ref()).chain(words).collect::<Vec<_>>().join(" ")
    }

    /// Runs it with `input` on its standard input; it may take `limit` and print
    /// `most` bytes.
    pub fn run(&self, input: Vec<u8>, limit: Duration, most: usize) -> Ran {
        if let Some(why) = self.program.missing() {
            return Ran::Failed(why);
        }
        if cfg!(not(unix)) {
            return Ran::Failed("no limits can be set here".to_owned());
        }
        let Ok(folder) = tempfile::tempdir() else {
            return Ran::Failed("no empty folder could be made for it".to_owned());
        };
        let run = Run::new(SHELL)
            .with(["-c", LIMITED, "limited"])
            .with([(self.memory / 1_024).to_string(), FILE.to_string()])
            .with([PathBuf::from(&self.program.program)])
            .with(self.program.words.iter().map(PathBuf::from))
            .in_folder(folder.path())
            .seeing_only(self.program.variables.iter().map(|(name, value)| (name, value)))
            .input(input)
            .printing_at_most(most)
            .apart(limit);
        self.told(run.wait(), limit, most)
    }

    fn told(&self, ended: Ended, limit: Duration, most: usize) -> Ran {
        let called = self.program.called();
        Ran::Failed(match ended {
            Ended::Done { stdout, .. } if stdout.len() > most => {
                format!("'{called}' printed more than {most} bytes")
            }
            Ended::Done { code: Some(UNLIMITED), .. } => {
                format!("'{called}' was not run: its limits could not be set, or it says so (125)")
            }
            Ended::Done { code: Some(code @ (126 | 127)), .. } => {
                format!("'{called}' cannot be started ({code})")
            }
            Ended::Done { code: Some(code), stdout, .. } => return Ran::Ended { code, stdout },
            Ended::Done { code: None, stderr, .. } => match last_line(&stderr) {
                "" => format!("a signal ended '{called}'"),
                line => format!("a signal ended '{called}': {line}"),
            },
            Ended::TooLate => format!("'{called}' took longer than {limit:?}"),
            Ended::NotStarted(error) => format!("'{called}' cannot be started: {error}"),
        })
    }
}
