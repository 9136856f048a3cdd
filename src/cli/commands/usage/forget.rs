//! `prode usage forget`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::usage;

pub(super) fn run(context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let format = context.format(&["text", "json"])?;
    let workspace = context.workspace()?;
    let answer = usage::forget(&workspace)?;
    if format == "json" {
        context.ui.json(&answer);
    } else if answer.forgotten {
        context.ui.line("everything that was counted is deleted");
    } else {
        context.ui.line("nothing was counted");
    }
    Ok(Outcome::Done)
}
