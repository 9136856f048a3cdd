//! `prode approvals verify`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::approvals::{self, Chain, Verified};
use crate::ops::counted;

/// What `approvals verify` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode approvals verify\n  \
    prode approvals verify --head 3f2a9c…   # noted in a pull request")]
pub struct Args {
    /// A chain's head that was noted elsewhere and must still be there; may be repeated
    #[arg(long, value_name = "COMMIT")]
    head: Vec<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let verified = approvals::verify(&context.workspace()?, &args.head)?;
    context.give(form, &verified, print);
    Ok(if verified.is_sound() { Outcome::Done } else { Outcome::Found })
}

fn print(context: &mut Context<'_>, verified: &Verified) {
    let broken = |state: &str, name: &str| {
        vec![(style::ERROR, state.to_owned()), (style::TITLE, name.to_owned())]
    };
    let mut rows: Vec<_> = verified.chains.iter().map(chain).collect();
    rows.extend(verified.tampered.iter().map(|(id, state)| broken(state, id)));
    rows.extend(verified.lost.iter().map(|head| broken("lost", head)));
    columns::print(context, rows);
    context.ui.note(format!(
        "{}, {}",
        counted(verified.chains.len(), "chain"),
        counted(verified.statements, "statement")
    ));
}

fn chain(chain: &Chain) -> Vec<columns::Cell> {
    let (look, state) = match &chain.broken {
        None => (style::HINT, "whole".to_owned()),
        Some(_) => (style::ERROR, "broken".to_owned()),
    };
    let entries = match chain.entries {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    vec![
        (look, state),
        (style::TITLE, chain.writer.clone()),
        (style::FAINT, chain.head.clone()),
        (Style::new(), chain.broken.clone().unwrap_or(entries)),
    ]
}
