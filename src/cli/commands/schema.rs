//! `prode schema`

use anstyle::Style;
use serde_json::{Map, Value};

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::schema::{Row, SCHEMAS, schema};

/// What `schema` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode schema\n  prode schema settings > prode.schema.json")]
pub struct Args {
    /// Which one; without it the list, or under --json all of them
    name: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    match (&args.name, form) {
        (Some(name), _) => {
            let text = serde_json::to_string_pretty(&schema(name)?).unwrap_or_default();
            context.ui.line(text);
        }
        // Nothing but this needs all of them made.
        (None, Form::Json) => {
            let all: Map<String, Value> =
                SCHEMAS.iter().map(|row| (row.name.to_owned(), (row.make)())).collect();
            context.ui.json(&all);
        }
        (None, Form::Text) => list(context),
    }
    Ok(Outcome::Done)
}

fn list(context: &mut Context<'_>) {
    let row =
        |row: &Row| vec![(style::TITLE, row.name.to_owned()), (Style::new(), row.about.to_owned())];
    columns::print(context, SCHEMAS.iter().map(row));
}
