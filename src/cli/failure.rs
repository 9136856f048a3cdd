//! From an error to what a person reads and the exit code that a script sees.

use std::io;

use super::Outcome;
use super::ui::Ui;
use crate::config::Environment;
use crate::hint::{ErrorKind, Helpful};
use crate::ops::{ErrorDocument, OpError};
use crate::workspace::WorkspaceError;

/// Why a command did not do its job.
#[derive(Debug)]
pub enum Failure {
    /// The operation failed.
    Op(OpError),
    /// Writing the answer failed; a closed pipe is no failure.
    Output(io::Error),
    /// The arguments are wrong in a way that the parser cannot see.
    Usage {
        /// What is wrong with which value.
        message: String,
        /// What to type instead.
        hint: String,
    },
}

impl<E: Into<OpError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Op(error.into())
    }
}

/// The exit code of a kind of error.
fn exit_code(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::NotFound | ErrorKind::Invalid | ErrorKind::Io => 1,
        ErrorKind::Usage => 2,
        ErrorKind::Conflict => 3,
        ErrorKind::Waiting => 4,
        ErrorKind::Unavailable => 5,
        ErrorKind::Bug => 70,
    }
}

/// Says what failed; gives the exit code.
pub(super) fn code(result: Result<Outcome, Failure>, ui: &mut Ui) -> u8 {
    let (kind, message, hints) = match result {
        Ok(Outcome::Done) => return 0,
        Ok(Outcome::Found) => return 1,
        Ok(Outcome::Held) => return 3,
        Ok(Outcome::Undecided) => return 4,
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => return 0,
        Err(Failure::Output(error)) => {
            (ErrorKind::Io, format!("cannot write the answer: {error}"), Vec::new())
        }
        Err(Failure::Op(error)) => (error.kind(), error.to_string(), error.hints()),
        Err(Failure::Usage { message, hint }) => (ErrorKind::Usage, message, vec![hint]),
    };
    ui.error(&ErrorDocument::new(kind, message, hints));
    exit_code(kind)
}

/// Shows help and versions, and what is wrong with the command line.
pub(super) fn usage(error: &clap::Error, wants_json: bool, environment: &Environment) -> u8 {
    use clap::error::ErrorKind as Clap;
    let is_help = matches!(error.kind(), Clap::DisplayHelp | Clap::DisplayVersion);
    let mut ui = Ui::plain(environment, wants_json && !is_help);
    if is_help {
        ui.help(error);
        return ui.finish(0);
    }
    if wants_json {
        let text = error.render().to_string();
        let (message, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let message = message.trim_start_matches("error: ").to_owned();
        let hints = rest.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        ui.error(&ErrorDocument::new(ErrorKind::Usage, message, hints.collect()));
    } else {
        ui.help(error);
    }
    ui.finish(2)
}

/// A defect in prode itself: what panicked, and where to say so.
pub(super) fn bug(what: &str, wants_json: bool, environment: &Environment) -> u8 {
    let mut ui = Ui::plain(environment, wants_json);
    let hints = [
        "this is a defect in prode; report the command and this line",
        "see whether the index is sound: prode doctor",
    ];
    let hints = hints.map(str::to_owned).to_vec();
    ui.error(&ErrorDocument::new(ErrorKind::Bug, what.to_owned(), hints));
    ui.finish(exit_code(ErrorKind::Bug))
}

impl From<WorkspaceError> for Box<Failure> {
    fn from(error: WorkspaceError) -> Self {
        Box::new(Failure::from(error))
    }
}
