//! `prode inbox list`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::inbox::State;
use crate::ops::inbox::{ListOptions, Row, list};
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
    let format = context.format(&["text", "json"])?;
    let named = |name: &String| {
        State::named(name).ok_or_else(|| Failure::Usage {
            message: format!("there is no state '{name}'"),
            hint: "use one of: new, accepted, promoted, rejected".to_owned(),
        })
    };
    let states = args.state.iter().map(named).collect::<Result<_, _>>()?;
    let options = ListOptions {
        states,
        all: args.all,
        owner: args.owner.clone(),
        target: args.target.clone(),
    };
    let listing = list(&context.workspace()?, &options)?;
    if format == "json" {
        context.ui.json(&listing);
        return Ok(Outcome::Done);
    }
    for line in columns::lines(&listing.learnings.iter().map(row).collect::<Vec<_>>()) {
        context.ui.line(line);
    }
    context.ui.flush().map_err(Failure::Output)?;
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
    Ok(Outcome::Done)
}

fn row(row: &Row) -> Vec<columns::Cell> {
    let look = if row.state == "new" { style::HINT } else { Style::new() };
    let confidence = row.confidence.map(|it| format!("{it} %")).unwrap_or_default();
    let runs = if row.runs == 1 { "1 run".to_owned() } else { format!("{} runs", row.runs) };
    let cell = |text: &str| (Style::new(), visible_line(text).into_owned());
    vec![
        (style::TITLE, row.id.clone()),
        (look, row.state.clone()),
        cell(&row.action),
        (style::PATH, visible_line(&row.target).into_owned()),
        cell(&confidence),
        cell(&runs),
        cell(&row.owner.join(" ")),
        (style::FAINT, visible_line(&row.summary).into_owned()),
    ]
}
