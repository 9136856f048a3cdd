//! `prode triage stats`

use std::collections::BTreeMap;

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::triage::{self, Stats};

/// What `triage stats` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage stats --since 2026-11-01")]
pub struct Args {
    /// Count runs that were opened since this day or time
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let stats = triage::stats(&context.workspace()?, args.since.as_deref())?;
    context.give(form, &stats, told);
    Ok(Outcome::Done)
}

fn told(context: &mut Context<'_>, stats: &Stats) {
    context.ui.line(styled(style::TITLE, format!("{} runs", stats.runs)));
    row(context, "phases", &counts(&stats.phases));
    row(context, "decisions", &counts(&stats.decisions));
    row(context, "tickets were", &counts(&stats.classifications));
    row(context, "reasons", &counts(&stats.reasons));
    row(context, "pull requests", &counts(&stats.pull_requests));
    row(context, "after the merge", &counts(&stats.monitored));
    row(context, "questions", &format!("{} answered, {} not", stats.answered, stats.unanswered));
    let seconds = |it: Option<i64>| it.map(|it| format!("{it} s (median)")).unwrap_or_default();
    row(context, "to the bundle", &seconds(stats.seconds_to_bundle));
    row(context, "to an approval", &seconds(stats.seconds_to_approval));
    for (name, number) in [
        ("changes given up", stats.turned_back),
        ("cut short", stats.budget_stops),
        ("wait for a person", stats.waiting),
        ("taken over", stats.taken_over),
        ("unreadable", stats.unreadable),
    ] {
        if number > 0 {
            row(context, name, &number.to_string());
        }
    }
}

fn row(context: &mut Context<'_>, name: &str, value: &str) {
    if !value.is_empty() {
        context.ui.line(format!("{name:<18} {value}"));
    }
}

fn counts(all: &BTreeMap<String, usize>) -> String {
    let parts = all.iter().map(|(name, count)| format!("{count} {name}"));
    parts.collect::<Vec<_>>().join(", ")
}
