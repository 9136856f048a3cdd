//! `prode redact allow`

use std::path::Path;

use super::read_text;
use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::allow::{Allowed, Options, allow};
use crate::ops::redact::{self, Listing, Named, Row};
use crate::rendering::visible_line;

/// What `redact allow` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "An allowance is for one value, found by one rule, in one file. It is a \
    branch;\nit counts once it is on the trunk, where a change of allowances is approved\n\
    as redaction-allow. Of the value it keeps a digest that is slow to try.\n\n\
    Example:\n  prode redact --check wiki/queue.md\n  \
    prode redact allow wiki/queue.md:12:7 --why 'a published test key' --until 2027-01-31\n  \
    prode redact allow --list")]
pub struct Args {
    /// The finding, as `redact --check` prints it; - for standard input
    #[arg(value_name = "FILE:LINE:COLUMN", required_unless_present = "list")]
    finding: Option<Named>,
    /// Why it may stand
    #[arg(long, value_name = "WORDS", required_unless_present = "list")]
    why: Option<String>,
    /// The last day on which it may; at most a year ahead
    #[arg(long, value_name = "DAY", required_unless_present = "list")]
    until: Option<String>,
    /// Show what the trunk allows
    #[arg(long, conflicts_with_all = ["finding", "why", "until"])]
    list: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let (Some(named), Some(why), Some(until)) = (&args.finding, &args.why, &args.until) else {
        return list(context, form);
    };
    let file = Path::new(&named.file);
    let text = read_text(file)?;
    let workspace = context.workspace()?;
    let options = Options {
        named: named.clone(),
        text,
        place: redact::place(&workspace, file),
        why: why.clone(),
        until: until.clone(),
    };
    let answer = allow(&workspace, &options)?;
    context.give(form, &answer, tell);
    Ok(Outcome::Done)
}

fn tell(context: &mut Context<'_>, answer: &Allowed) {
    let mut rows = vec![
        ("asked for", answer.id.clone()),
        ("finding", format!("{} in {}", answer.rule, visible_line(&answer.path))),
        ("lines", lines(answer.lines)),
        ("because", visible_line(&answer.why).into_owned()),
        ("by", visible_line(&answer.by).into_owned()),
        ("until", answer.until.clone()),
        ("branch", answer.branch.clone()),
    ];
    rows.extend(answer.replaces.iter().map(|id| ("replaces", id.clone())));
    columns::print_named(context, rows);
    for next in &answer.next {
        context.ui.line(format!("{} {}", styled(style::TITLE, "next:"), visible_line(next)));
    }
}

/// What exactly is asked about: a block goes over many.
fn lines([first, last]: [u32; 2]) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

fn list(context: &mut Context<'_>, form: Form) -> Result<Outcome, Failure> {
    let listing = redact::list(&context.workspace()?)?;
    context.give(form, &listing, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, listing: &Listing) {
    let text = |text: &str| visible_line(text).into_owned();
    let row = |it: &Row| {
        vec![
            (style::TITLE, it.id.clone()),
            (style::PATH, text(&it.path)),
            (anstyle::Style::new(), text(&it.rule)),
            (anstyle::Style::new(), format!("{} {}", it.state, it.until)),
            (anstyle::Style::new(), text(&it.by)),
            (anstyle::Style::new(), text(&it.why)),
        ]
    };
    columns::print(context, listing.allowances.iter().map(row));
    if listing.allowances.is_empty() {
        context
            .ui
            .note("the trunk allows nothing; ask for it: prode redact allow FILE:LINE:COLUMN");
    }
}
