//! `prode triage sop start`

use std::path::PathBuf;

use super::gate;
use crate::cli::commands::query::read;
use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::named::run_id;
use crate::cli::{Failure, Outcome};
use crate::ops::triage::sop::{Act, StartOptions, start};
use crate::sop::event::Decision;
use crate::sop::run::SopRun;

/// What `triage sop start` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The same command goes on with the run that is open. prode carries out no command of the\n\
    procedure: you do, and hand in what came out. A decision that is typed is attested; one that a person\n\
    signed (prode approve R-…:sop-gate:1) is used with --approved, and says how strong it is.\n\n\
    Example:\n  prode triage sop start wiki/sops/release.md --ticket ENG-12\n  \
    make check > out.txt; prode triage sop start --run R-20261126-3f9a1c --done 1 --output out.txt\n  \
    prode triage sop start --run R-20261126-3f9a1c --decide go --why 'scope is complete' --by @lead\n  \
    prode triage sop start --run R-20261126-3f9a1c --stop-condition 1 --why 'a check fails'\n  \
    prode triage sop start --run R-20261126-3f9a1c --record >> body.md"
)]
pub struct Args {
    /// The procedure
    #[arg(value_name = "PAGE", required_unless_present = "run", conflicts_with = "run")]
    page: Option<String>,
    /// The run to go on with
    #[arg(long, value_name = "R-…")]
    run: Option<String>,
    /// What a new run is for: a ticket, a change
    #[arg(long, value_name = "T", conflicts_with = "run")]
    ticket: Option<String>,
    /// A step that was done
    #[arg(long, value_name = "STEP", requires = "output")]
    done: Option<u32>,
    /// What came out of it: a file, or - for standard input
    #[arg(long, value_name = "FILE", requires = "done")]
    output: Option<PathBuf>,
    /// A stop condition that is so
    #[arg(long, value_name = "N", requires = "why", conflicts_with = "clear_condition")]
    stop_condition: Option<u32>,
    /// A stop condition that is so no more
    #[arg(long, value_name = "N", requires = "why")]
    clear_condition: Option<u32>,
    /// Something that blocks gates is so, or is so no more
    #[arg(long, num_args = 2, value_names = ["WHAT", "on|off"])]
    blocked: Vec<String>,
    /// What a person decided: go on, or end here
    #[arg(long, value_name = "go|stop", requires = "why", requires = "by")]
    decide: Option<String>,
    /// Pass the gate by the approval that a person signed
    #[arg(long, conflicts_with = "decide")]
    approved: bool,
    /// Why it is so, or was decided so
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
    /// Who did it, said it or decided it [default: Git's user, for all but a decision]
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// Print the record for the pull request, and nothing else
    #[arg(long)]
    record: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let options = StartOptions {
        page: args.page.clone(),
        run: args.run.as_deref().map(run_id).transpose()?,
        ticket: args.ticket.clone(),
        by: args.by.clone(),
        acts: acts(args)?,
    };
    let workspace = context.workspace()?;
    let run = start(&workspace, &options)?;
    context.give(form, &run, |context, run| {
        if args.record { context.ui.raw(run.record.as_bytes()) } else { gate::told(context, run) }
    });
    if form == Form::Text && !args.record && options.acts.is_empty() {
        asked(context, &workspace, run)?;
    }
    Ok(Outcome::Done)
}

fn acts(args: &Args) -> Result<Vec<Act>, Failure> {
    let mut acts = Vec::new();
    let why = || args.why.clone().unwrap_or_default();
    if let (Some(step), Some(file)) = (args.done, &args.output) {
        acts.push(Act::Output { step, text: read(file)? });
    }
    let marks = [(args.stop_condition, true), (args.clear_condition, false)];
    for (condition, holds) in marks {
        acts.extend(condition.map(|condition| Act::Mark { condition, holds, why: why() }));
    }
    if let [what, on] = &args.blocked[..] {
        acts.push(Act::Block { what: what.clone(), on: switch(on)? });
    }
    if let Some(decision) = &args.decide {
        acts.push(Act::Decide { decision: decided(decision)?, why: why() });
    }
    acts.extend(args.approved.then_some(Act::Approved));
    Ok(acts)
}

fn switch(typed: &str) -> Result<bool, Failure> {
    match typed {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Failure::Usage {
            message: format!("'{typed}' is neither on nor off"),
            hint: "say whether it is so: --blocked incident on".to_owned(),
        }),
    }
}

fn decided(typed: &str) -> Result<Decision, Failure> {
    match typed {
        "go" => Ok(Decision::Go),
        "stop" => Ok(Decision::Stop),
        _ => Err(Failure::Usage {
            message: format!("there is no decision '{typed}'"),
            hint: "use one of: go, stop".to_owned(),
        }),
    }
}

/// Asks whoever sits at a terminal, gate by gate, until they leave it or it is over.
fn asked(
    context: &mut Context<'_>,
    workspace: &crate::workspace::Workspace,
    mut run: SopRun,
) -> Result<(), Failure> {
    while run.status == "open" {
        context.flush()?;
        let acts = gate::ask(context, &run);
        if acts.is_empty() {
            break;
        }
        let by = acts.iter().any(|it| matches!(it, Act::Decide { .. }));
        let by = by.then(|| context.ui.ask_text("who decided [you]")).flatten();
        let options = StartOptions {
            run: Some(run_id(&run.run)?),
            by: by.filter(|it| !it.is_empty()),
            acts,
            ..StartOptions::default()
        };
        run = start(workspace, &options)?;
        gate::told(context, &run);
    }
    Ok(())
}
