//! `prode approvals show`

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::approvals::{self, Shown};
use crate::rendering::visible;

/// What `approvals show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode approvals show A-0123456789ab")]
pub struct Args {
    /// Its id, or six digits of it or more
    #[arg(value_name = "ID")]
    id: String,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let shown = approvals::show(&context.workspace()?, &args.id)?;
    context.give(form, &shown, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, shown: &Shown) {
    let standing = &shown.standing;
    let strength = standing.strength.map(|it| it.to_string()).unwrap_or_default();
    let own = if standing.own { "self" } else { "" };
    let rows = vec![
        ("id", standing.id.clone()),
        ("state", standing.state.clone()),
        ("strength", [strength.as_str(), own].join(" ").trim().to_owned()),
    ];
    columns::print_named(context, rows);
    let text = serde_json::to_string_pretty(&shown.statement).unwrap_or_default();
    context.ui.line(visible(&text));
    context.ui.line(visible(shown.signature.trim_end()));
}
