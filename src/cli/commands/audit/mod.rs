//! `prode audit`

mod csv;
mod html;
mod markdown;
mod propose;
mod text;

use crate::audit::{LOCAL, SIGNALS, signal};
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::hint::nearest;
use crate::ops::audit::{self, Quarters, Report};
use crate::rendering::visible_line;
use crate::workspace::Asked;

/// What `audit` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode audit\n  prode audit --quarter 2026Q4 --owner team-payments\n  \
    prode audit --as-of 2026-09-30 --format md\n  \
    prode audit --against main --fail-on drifted\n  prode audit --trend 8q\n  prode audit --local\n  \
    prode audit --propose --owner team-payments"
)]
pub struct Args {
    /// As on the last day of a quarter, or today where it has not ended
    #[arg(long, value_name = "QUARTER", group = "time")]
    quarter: Option<String>,
    /// As of the last trunk commit before the end of a day, with that day as today
    #[arg(long, value_name = "DATE", group = "time")]
    as_of: Option<String>,
    /// Look at any commit-ish
    #[arg(long, value_name = "REV", group = "time")]
    rev: Option<String>,
    /// Only pages of this owner (`nobody` for those without one); may be repeated
    #[arg(long, value_name = "OWNER")]
    owner: Vec<String>,
    /// Only pages whose sources the change since this revision touches
    #[arg(long, value_name = "REV", conflicts_with_all = ["quarter", "as_of", "trend"])]
    against: Option<String>,
    /// Past quarters to look at too, and what became of their findings: 8q
    #[arg(long, value_name = "N", value_parser = quarters)]
    trend: Option<usize>,
    /// Exit with 1 if this signal is found, or any with `any`; may be repeated
    #[arg(long, value_name = "SIGNAL")]
    fail_on: Vec<String>,
    /// Count in what only this machine knows: which pages answers led to
    #[arg(long, conflicts_with_all = ["against", "propose"])]
    local: bool,
    /// Show every finding, however many an owner has
    #[arg(long)]
    all: bool,
    /// Open one branch and pull request per owner with what settles their findings
    #[arg(long, conflicts_with_all = ["as_of", "rev", "against", "trend", "all"])]
    propose: bool,
}

/// Past quarters that the page of HTML draws where nothing is said.
const PAST_ON_A_PAGE: usize = 8;

/// More quarters than any wiki has.
const MOST_QUARTERS: usize = 40;

fn quarters(text: &str) -> Result<usize, String> {
    let number = text.strip_suffix(['q', 'Q']).unwrap_or(text).parse().ok();
    let number = number.filter(|number| (1..=MOST_QUARTERS).contains(number));
    number.ok_or_else(|| format!("write how many quarters, up to {MOST_QUARTERS}: 8q"))
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let formats: &[&str] =
        if args.propose { &["text", "json"] } else { &["text", "json", "md", "csv", "html"] };
    let format = context.format(formats)?;
    let fail_on = fail_on(args)?;
    let workspace = context.workspace()?;
    let asked = match (&args.rev, &args.as_of) {
        (Some(rev), _) => Asked::Rev(rev.clone()),
        (_, Some(day)) => Asked::AsOf(day.clone()),
        _ => Asked::Trunk,
    };
    let options = audit::Options {
        asked,
        quarter: args.quarter.clone(),
        owners: args.owner.clone(),
        against: args.against.clone(),
        local: args.local,
        past: match (args.trend, format) {
            (Some(count), _) => Quarters::Last(count),
            // A page of charts without its past would leave one out.
            (None, "html") => Quarters::Last(PAST_ON_A_PAGE),
            (None, _) => Quarters::IfCheap,
        },
    };
    let told = context.reading_history();
    if args.propose {
        let (report, memory, answer) = audit::propose(&workspace, &options, &told)?;
        match format {
            "json" => context.ui.json(&answer),
            _ => propose::print(context, &answer),
        }
        let found = is_found(&report, &fail_on);
        context.close_committed(workspace, memory);
        return Ok(if found { Outcome::Found } else { Outcome::Done });
    }
    let (report, memory) = audit::run(&workspace, &options, &told)?;
    match format {
        "json" => context.ui.json(&report.answer),
        "md" => context.ui.text(markdown::page(&report, args.all)),
        "csv" => context.ui.text(csv::table(&report.answer)),
        "html" => context.ui.text(html::page(&report, args.all)),
        _ => text::print(context, &report, args.all),
    }
    context.ui.flush().map_err(Failure::Output)?;
    if !args.owner.is_empty() && args.against.is_none() && report.states.is_empty() {
        let names = args.owner.join(" or ");
        let names = visible_line(&names);
        context.ui.note(format!("no page is owned by {names}; who owns what: prode list --json"));
    }
    let found = is_found(&report, &fail_on);
    context.close_committed(workspace, memory);
    Ok(if found { Outcome::Found } else { Outcome::Done })
}

/// Names of signals that were typed.
fn fail_on(args: &Args) -> Result<Vec<&'static str>, Failure> {
    let mut names = Vec::new();
    for name in &args.fail_on {
        let written = name.replace('-', "_");
        match signal(&written) {
            Some(signal) if LOCAL.contains(&signal.name) && !args.local => {
                return Err(Failure::Usage {
                    message: format!("'{name}' is found with --local alone"),
                    hint: format!("write it so: prode audit --local --fail-on {name}"),
                });
            }
            Some(signal) => names.push(signal.name),
            None if written == "any" => names.extend(SIGNALS.iter().map(|it| it.name)),
            None => {
                let all = || SIGNALS.iter().map(|it| it.name);
                let near = nearest(&written, all());
                return Err(Failure::Usage {
                    message: format!("there is no signal '{name}'"),
                    hint: near.map_or_else(
                        || format!("signals are: {}", all().collect::<Vec<_>>().join(", ")),
                        |near| format!("did you mean '{near}'?"),
                    ),
                });
            }
        }
    }
    Ok(names)
}

fn is_found(report: &Report, fail_on: &[&str]) -> bool {
    report.findings.iter().any(|finding| fail_on.contains(&finding.signal))
}

/// Findings that one owner is shown.
fn cap(report: &Report, all: bool) -> usize {
    if all { usize::MAX } else { report.cap }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_counted() {
        assert_eq!((quarters("8q"), quarters("2"), quarters("40Q")), (Ok(8), Ok(2), Ok(40)));
        assert!(quarters("0").is_err() && quarters("41").is_err() && quarters("soon").is_err());
    }
}
