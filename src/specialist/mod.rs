//! Runs programs that answer questions about a ticket.
//!
//! A program is started directly, never through a shell, in an empty folder of
//! its own, with no variables but those that are named, and is ended as a whole
//! when its time is over. What it says is a text that nobody has believed yet.
//! So is what a tool of an MCP server says, which is asked by the same rules.

mod command;
mod mcp;
mod sandbox;

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::program::{Ended, Run};

pub use command::{BadCommand, Command, Printed};
pub use mcp::{McpError, McpTool, REQUEST, Seen};
pub use sandbox::{Ran, Sandbox};

/// Variables that every program may see: where programs and their files are.
pub const USUAL: &[&str] = &["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"];

/// A program of the user's side.
#[derive(Clone, PartialEq, Eq)]
pub struct Program {
    /// A name found through `PATH`, or an absolute path.
    pub program: String,
    /// Its arguments.
    pub words: Vec<String>,
    /// The variables that it sees, with their values.
    pub variables: Vec<(String, OsString)>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// What it printed.
    Said(String),
    /// Why nothing of it counts.
    Failed(String),
}

/// Why nothing of what a program printed counts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It cannot be started as the settings name it.
    #[error("{0}")]
    Missing(String),
    /// There is nowhere for it to run in.
    #[error("no empty folder could be made for it")]
    NoFolder,
    /// It printed too much.
    #[error("'{0}' printed more than {1} bytes")]
    TooMuch(String, usize),
    /// It failed without a word.
    #[error("'{0}' failed and said nothing")]
    Silent(String),
    /// It failed, with its own last line.
    #[error("'{0}' failed: {1}")]
    Failed(String, String),
    /// It took too long.
    #[error("'{name}' took longer than {} s", .1.as_secs_f64(), name = .0)]
    TooLate(String, Duration),
    /// The system does not start it.
    #[error("'{0}' cannot be started: {1}")]
    NotStarted(String, String),
}

impl Program {
    /// What it is called, wherever it lies on this machine: what is kept of a
    /// run is the same on every one.
    pub fn called(&self) -> Cow<'_, str> {
        let name = Path::new(&self.program).file_name();
        name.map_or(Cow::Borrowed(self.program.as_str()), OsStr::to_string_lossy)
    }

    /// The same, with one more variable.
    #[must_use]
    pub fn told(mut self, variable: &str, value: &impl ToString) -> Self {
        self.variables.retain(|(name, _)| name != variable);
        self.variables.push((variable.to_owned(), value.to_string().into()));
        self
    }

    /// Why it cannot be started, where that can be told.
    pub fn missing(&self) -> Option<String> {
        let path = Path::new(&self.program);
        let is_relative = path.components().count() > 1 && path.is_relative();
        if is_relative {
            return Some(format!("'{}' is relative; name it in PATH or absolutely", self.program));
        }
        let gone = path.is_absolute() && !path.is_file();
        gone.then(|| format!("there is no '{}' where the settings name it", self.called()))
    }

    /// Asks with `input` on its standard input; it may take `limit` and print
    /// `most` bytes.
    pub fn ask(&self, input: Vec<u8>, limit: Duration, most: usize) -> Asked {
        self.answer(input, limit, most).into()
    }

    /// The same in a folder that it may change.
    pub fn ask_in(&self, folder: &Path, input: Vec<u8>, limit: Duration, most: usize) -> Asked {
        self.answer_in(folder, input, limit, most).into()
    }

    /// The same in an empty folder, for whoever must not show what it said when it failed.
    ///
    /// # Errors
    /// Nothing of what it printed counts.
    pub fn answer(&self, input: Vec<u8>, limit: Duration, most: usize) -> Result<String, Fault> {
        if let Some(why) = self.missing() {
            return Err(Fault::Missing(why));
        }
        let folder = tempfile::tempdir().map_err(|_| Fault::NoFolder)?;
        self.answer_in(folder.path(), input, limit, most)
    }

    fn answer_in(
        &self,
        folder: &Path,
        input: Vec<u8>,
        limit: Duration,
        most: usize,
    ) -> Result<String, Fault> {
        if let Some(why) = self.missing() {
            return Err(Fault::Missing(why));
        }
        let run = self.run(folder).input(input).printing_at_most(most).apart(limit);
        let name = || self.called().into_owned();
        match run.wait() {
            Ended::Done { stdout, .. } if stdout.len() > most => Err(Fault::TooMuch(name(), most)),
            Ended::Done { success: true, stdout, .. } => Ok(stdout),
            Ended::Done { stderr, .. } => Err(match last_line(&stderr) {
                "" => Fault::Silent(name()),
                line => Fault::Failed(name(), line.to_owned()),
            }),
            Ended::TooLate => Err(Fault::TooLate(name(), limit)),
            Ended::NotStarted(error) => Err(Fault::NotStarted(name(), error.to_string())),
        }
    }
}

impl From<Result<String, Fault>> for Asked {
    fn from(said: Result<String, Fault>) -> Self {
        said.map_or_else(|fault| Self::Failed(fault.to_string()), Self::Said)
    }
}

impl Program {
    /// A run of it in a folder, with its variables and no others.
    fn run(&self, folder: &Path) -> Run {
        Run::new(&self.program)
            .with(self.words.iter().map(PathBuf::from))
            .in_folder(folder)
            .seeing_only(self.variables.iter().map(|(name, value)| (name, value)))
    }
}

fn last_line(text: &str) -> &str {
    text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default()
}
