//! `prode usage forget`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::usage;

pub(super) fn run(context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let answer = usage::forget(&workspace)?;
    context.give(form, &answer, |context, answer| {
        let was = answer.forgotten;
        let words =
            if was { "everything that was counted is deleted" } else { "nothing was counted" };
        context.ui.line(words);
    });
    Ok(Outcome::Done)
}
