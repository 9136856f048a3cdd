//! `prode triage freeze`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::triage::freeze::{self, Frozen};
use crate::rendering::visible_line;

/// What `triage freeze` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode triage freeze on --why 'the tracker answers with stale data'\n  prode triage freeze off"
)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Action>,
}

/// How it shall be.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Begin and go on with nothing
    #[command(
        after_help = "Example:\n  prode triage freeze on --why 'the tracker answers with stale data'"
    )]
    On {
        /// Why
        #[arg(long)]
        why: String,
        /// Who says so [default: a person]
        #[arg(long = "as", value_name = "NAME")]
        who: Option<String>,
    },
    /// Lift it
    #[command(after_help = "Example:\n  prode triage freeze off")]
    Off,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let frozen = match &args.command {
        None => freeze::status(&workspace)?,
        Some(Action::Off) => freeze::off(&workspace)?,
        Some(Action::On { why, who }) => {
            freeze::on(&workspace, who.as_deref().unwrap_or("a person"), why)?
        }
    };
    context.give(form, &frozen, |context, frozen| context.ui.line(words(frozen)));
    Ok(Outcome::Done)
}

fn words(frozen: &Frozen) -> String {
    match (&frozen.why, &frozen.by, &frozen.at) {
        (Some(why), Some(by), Some(at)) => {
            visible_line(&format!("frozen by {by} since {at}: {why}")).into_owned()
        }
        _ => "not frozen".to_owned(),
    }
}
