//! Runs a command that a person allowed, in a work tree, and keeps what it
//! printed.
//!
//! No shell reads it: it is split into words by the rules of one, and nothing
//! in it is expanded.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use crate::program::{Ended, Run};

/// A command as settings write it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Command {
    text: String,
    words: Vec<String>,
}

/// A text that is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no command: it is empty, or a quote in it does not end")]
pub struct BadCommand(pub String);

/// What a command printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Its exit code was 0, and it ended in time.
    pub success: bool,
    /// What it printed, then what it said beside it.
    pub output: String,
}

impl Command {
    /// Reads a command.
    ///
    /// # Errors
    /// It has no words, or a quote does not end.
    pub fn read(text: &str) -> Result<Self, BadCommand> {
        let words = shlex::split(text).filter(|it| !it.is_empty());
        let words = words.ok_or_else(|| BadCommand(text.to_owned()))?;
        Ok(Self { text: text.to_owned(), words })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Runs it in a folder, with these variables and no others, for so long; more
    /// than `most` bytes of either output are not read.
    pub fn run(
        &self,
        folder: &Path,
        variables: &[(String, OsString)],
        limit: Duration,
        most: usize,
    ) -> Printed {
        let Some((program, words)) = self.words.split_first() else {
            return Printed { success: false, output: "there is no command".to_owned() };
        };
        let run = Run::new(program)
            .with(words)
            .in_folder(folder)
            .seeing_only(variables.iter().map(|(name, value)| (name, value)))
            .printing_at_most(most)
            .apart(limit);
        match run.wait() {
            Ended::Done { success, stdout, stderr, .. } => {
                let between = if stdout.is_empty() || stdout.ends_with('\n') { "" } else { "\n" };
                Printed { success, output: format!("{stdout}{between}{stderr}") }
            }
            Ended::TooLate => {
                Printed { success: false, output: format!("it took longer than {limit:?}") }
            }
            Ended::NotStarted(error) => {
                Printed { success: false, output: format!("it cannot be started: {error}") }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_words_and_no_shell_reads_them() {
        let command = Command::read("echo '$HOME  $(id)' ; true").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let variables = [("PATH".to_owned(), OsString::from("/usr/bin:/bin"))];
        let printed = command.run(folder.path(), &variables, Duration::from_secs(5), 1_000);
        assert_eq!(printed.output, "$HOME  $(id) ; true\n");
        assert!(printed.success);
        for bad in ["", "  ", "echo 'a"] {
            assert!(Command::read(bad).is_err(), "{bad}");
        }
    }
}
