//! Arguments that are described only for the command that was typed.
//!
//! To describe the arguments of all commands takes as long as to answer a
//! short question.

use clap::builder::{Resettable, StyledStr};
use clap::{ArgMatches, Command, Error, FromArgMatches};

/// The arguments `T` of one command, described when they are needed.
#[derive(Debug)]
pub struct Deferred<T>(pub T);

impl<T: clap::Args> clap::Args for Deferred<T> {
    fn augment_args(command: Command) -> Command {
        command.defer(describe::<T>)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// What the command says of itself stands; `T` says something of its own too.
fn describe<T: clap::Args>(command: Command) -> Command {
    let said =
        |text: Option<&StyledStr>| text.cloned().map_or(Resettable::Reset, Resettable::Value);
    let (about, long) = (said(command.get_about()), said(command.get_long_about()));
    T::augment_args(command).about(about).long_about(long)
}

impl<T: FromArgMatches> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}
