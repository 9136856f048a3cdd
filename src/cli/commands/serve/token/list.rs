//! `prode serve token list`

use crate::cli::columns::{self, Cell};
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::token::{self, Listing, Row};

/// What `serve token list` takes: nothing of its own.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode serve token list\n  prode serve token list --json")]
pub struct Args {}

pub(super) fn run(context: &mut Context<'_>, _: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let listing = token::list(&workspace)?;
    context.give(form, &listing, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, listing: &Listing) {
    if !listing.demanded {
        context.ui.line("no token was made: whoever asks from this machine is let in");
        return;
    }
    let row = |row: &Row| -> Vec<Cell> {
        let plain = |text: &str| (anstyle::Style::new(), text.to_owned());
        let state = if row.state == "holds" { anstyle::Style::new() } else { style::FAINT };
        let scopes = row.scopes.join(",");
        vec![plain(&row.name), (state, row.state.clone()), plain(&row.expires), plain(&scopes)]
    };
    columns::print(context, listing.tokens.iter().map(row));
}
