//! `prode schema`

use anstyle::Style;
use serde_json::{Map, Value};

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::schema::{SCHEMAS, schema};

/// What `schema` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode schema\n  prode schema settings > prode.schema.json")]
pub struct Args {
    /// Which one; without it the list, or under --json all of them
    name: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let format = context.format(&["text", "json"])?;
    if let Some(name) = &args.name {
        let text = serde_json::to_string_pretty(&schema(name)?).unwrap_or_default();
        context.ui.line(text);
    } else if format == "json" {
        let all: Map<String, Value> =
            SCHEMAS.iter().map(|row| (row.name.to_owned(), (row.make)())).collect();
        context.ui.json(&all);
    } else {
        let row = |row: &crate::ops::schema::Row| {
            vec![(style::TITLE, row.name.to_owned()), (Style::new(), row.about.to_owned())]
        };
        for line in columns::lines(&SCHEMAS.iter().map(row).collect::<Vec<_>>()) {
            context.ui.line(line);
        }
    }
    Ok(Outcome::Done)
}
