//! The command line: arguments in, an operation, text or JSON out.
//!
//! An adapter: what can be done stands in `ops`. Standard output is data,
//! standard error is everything else. `ui` is the only printer.

mod arguments;
mod columns;
mod commands;
mod completing;
mod context;
mod deferred;
mod diff;
mod drop_in;
mod excluding;
mod failure;
mod filter;
mod form;
mod named;
mod panics;
mod revision;
mod terminal;
mod ui;

use std::ffi::OsString;
use std::path::Path;

use clap::FromArgMatches;

use crate::config::Environment;

pub use arguments::{Cli, Color};
pub use commands::Command;
pub use excluding::matches;
pub use failure::Failure;

use context::Context;
use ui::Ui;

/// Exit codes that a command ends with when nothing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done; for checks: nothing found. Code 0.
    Done,
    /// A check found something. Code 1.
    Found,
    /// Somebody else changed it, and both sides were shown. Code 3.
    Held,
    /// Redaction could not decide, and what it found is shown. Code 4.
    Undecided,
}

/// Runs the program with `arguments` (the program's name first) in `current`;
/// gives the exit code. A panic is a defect in prode: it ends with 70.
pub fn run(arguments: &[OsString], current: &Path, environment: &Environment) -> u8 {
    panics::silence();
    let work = || {
        drop_in::answered(arguments, current, environment)
            .or_else(|| completing::answered(arguments, current, environment))
            .unwrap_or_else(|| perform(arguments, current, environment))
    };
    let wants_json = arguments::wants_json(arguments);
    panics::caught(work).unwrap_or_else(|what| failure::bug(&what, wants_json, environment))
}

fn perform(arguments: &[OsString], current: &Path, environment: &Environment) -> u8 {
    let cli = match matches(arguments).and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            return failure::usage(&error, arguments::wants_json(arguments), environment);
        }
    };
    let mut ui = Ui::new(&cli, environment);
    let mut context = Context::new(&cli, current.to_owned(), environment.clone(), &mut ui);
    let result = cli.command.run(&mut context);
    let code = failure::code(result, &mut ui);
    ui.finish(code)
}
