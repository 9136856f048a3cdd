//! `prode inbox list`

use anstyle::Style;

use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::inbox::State;
use crate::ops::counted;
use crate::ops::inbox::{ListOptions, Listing, Row, list};
use crate::rendering::visible_line;

/// What `inbox list` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode inbox list\n  prode inbox list --owner team-payments\n  \
    prode inbox list --state rejected --json"
)]
pub struct Args {
    /// Those that were decided too
    #[arg(long)]
    all: bool,
    /// Only this state: new, accepted, promoted, rejected
    #[arg(long, value_name = "STATE")]
    state: Vec<String>,
    /// Only those whose page this one owns
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// Only those for this page or section
    #[arg(long, value_name = "PATH#SECTION")]
    target: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let options = options(args)?;
    let listing = list(&context.workspace()?, &options)?;
    context.give(form, &listing, |context, listing| {
        listing.learnings.iter().for_each(|row| line(context, row));
    });
    if form == Form::Text {
        context.flush()?;
        notes(context, &listing);
    }
    Ok(Outcome::Done)
}

fn options(args: &Args) -> Result<ListOptions, Failure> {
    let named = |name: &String| {
        State::named(name).ok_or_else(|| Failure::Usage {
            message: format!("there is no state '{name}'"),
            hint: "use one of: new, accepted, promoted, rejected".to_owned(),
        })
    };
    Ok(ListOptions {
        states: args.state.iter().map(named).collect::<Result<_, _>>()?,
        all: args.all,
        owner: args.owner.clone(),
        target: args.target.clone(),
    })
}

/// One learning, and below it the first words of what it says.
fn line(context: &mut Context<'_>, row: &Row) {
    let look = if row.state == "new" { style::HINT } else { Style::new() };
    let confidence = row.confidence.map(|it| format!("{it} %"));
    let told = [Some(row.owner.join(" ")), confidence, Some(counted(row.runs, "run"))];
    let told = told.into_iter().flatten().filter(|it| !it.is_empty()).collect::<Vec<_>>();
    context.ui.line(format!(
        "{}  {}  {} {}  {}",
        styled(style::TITLE, &row.id),
        styled(look, &row.state),
        row.action,
        styled(style::PATH, visible_line(&row.target)),
        visible_line(&told.join("  "))
    ));
    context.ui.brief(2, &visible_line(&row.summary));
}

fn notes(context: &mut Context<'_>, listing: &Listing) {
    for problem in &listing.problems {
        context.ui.note(visible_line(problem));
    }
    if listing.learnings.is_empty() {
        context.ui.note(match (listing.commit.is_some(), listing.total) {
            (false, _) => "there is no inbox yet; add to it: prode inbox add --help".to_owned(),
            (true, 0) => "the inbox is empty".to_owned(),
            (true, total) => format!("none of {total} waits for that; see them: --all"),
        });
    }
}
