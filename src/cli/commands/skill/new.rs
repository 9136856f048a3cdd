//! `prode skill new`

use std::collections::BTreeMap;

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::new::{self, Options};
use crate::rendering::visible_line;

/// What `skill new` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode skill new sort-tickets \\\n    --description \"Sorts tickets. Use it when one comes in.\""
)]
pub struct Args {
    /// Its name: a-z, 0-9 and single - between them
    #[arg(value_name = "NAME")]
    name: String,
    /// What it does and when to use it
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let mut values: BTreeMap<String, String> = [("name".to_owned(), args.name.clone())].into();
    values.extend(args.description.clone().map(|text| ("description".to_owned(), text)));
    let options = Options {
        template: "skill".to_owned(),
        title: Some(title(&args.name)),
        values,
        output: None,
    };
    new::skill_name(&args.name)?;
    let mut draft = new::draft(&workspace, options)?;
    if args.description.is_none()
        && let Some(said) = context.ui.ask_text("description: what it does and when to use it")
    {
        draft.say("description", said);
    }
    let answer = draft.write(&workspace, &context.current)?;
    context.give(form, &answer, |context, answer| context.ui.line(visible_line(&answer.path)));
    Ok(Outcome::Done)
}

/// `sort-tickets` as a heading: `Sort tickets`.
fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}
