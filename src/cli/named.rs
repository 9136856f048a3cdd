//! What a command is about, where an id names it.
//!
//! What was typed is read when a command asks for it: a form that does not
//! exist is refused before.

use clap::Args;

use super::failure::Failure;
use crate::hint::Helpful as _;
use crate::inbox::{FindingId, LearningId};
use crate::run_id::{BadRunId, RunId};

/// A learning by its name.
#[derive(Debug, Args)]
pub struct LearningArg {
    /// The learning
    #[arg(value_name = "L-…")]
    id: String,
}

/// A learning that is not wanted, and why.
#[derive(Debug, Args)]
pub struct Refusal {
    #[command(flatten)]
    pub(super) learning: LearningArg,
    /// Why, for whoever finds it again
    #[arg(long, value_name = "WORDS")]
    pub(super) why: String,
}

/// A finding by its name.
#[derive(Debug, Args)]
pub struct FindingArg {
    /// The finding
    #[arg(value_name = "F-…")]
    id: String,
}

/// A run by its name.
#[derive(Debug, Args)]
pub struct RunArg {
    /// The run
    #[arg(value_name = "R-…")]
    run: String,
}

impl LearningArg {
    /// The id; an error of the inbox where what was typed is none.
    pub(super) fn id(&self) -> Result<LearningId, Failure> {
        Ok(self.id.parse()?)
    }
}

impl FindingArg {
    /// The id; an error of the inbox where what was typed is none.
    pub(super) fn id(&self) -> Result<FindingId, Failure> {
        Ok(self.id.parse()?)
    }
}

impl RunArg {
    /// The id; a wrong command line where what was typed is none.
    pub(super) fn id(&self) -> Result<RunId, Failure> {
        run_id(&self.run)
    }
}

/// A run's name as it was typed.
pub(super) fn run_id(typed: &str) -> Result<RunId, Failure> {
    typed.parse().map_err(|error: BadRunId| Failure::Usage {
        message: error.to_string(),
        hint: error.hints().into_iter().next().unwrap_or_default(),
    })
}
