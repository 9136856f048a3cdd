//! `prode skill validate`

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::skill::validate::{self, Answer, Finding, Verdict};
use crate::rendering::visible_line;

/// What `skill validate` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The verdict is that of the format's reference validators; what they dispute, and \
    what they do not look at, is a warning.\n\n\
    Example:\n  prode skill validate\n  prode skill validate .agents/skills/pdf --deny-warnings"
)]
pub struct Args {
    /// Folders of packages, or their SKILL.md [default: every skill]
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Exit 1 on warnings, too
    #[arg(long)]
    deny_warnings: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let answer = if args.paths.is_empty() {
        validate::of_work_tree(&context.workspace()?)?
    } else {
        validate::of_folders(&args.paths)?
    };
    context.give(form, &answer, print);
    if answer.checked == 0 {
        context.ui.note("no skill root holds a folder; name one: prode skill validate PATH");
    }
    let is_found = answer.invalid > 0 || (args.deny_warnings && answer.warnings > 0);
    Ok(if is_found { Outcome::Found } else { Outcome::Done })
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    for skill in &answer.skills {
        print_verdict(context, skill);
        for finding in &skill.findings {
            print_finding(context, finding);
        }
    }
    let checked = counted(answer.checked, "skill");
    let warnings = counted(answer.warnings, "warning");
    context.ui.line(format!("{checked} checked, {} invalid, {warnings}", answer.invalid));
}

fn print_verdict(context: &mut Context<'_>, skill: &Verdict) {
    let (style, word) =
        if skill.valid { (style::HINT, "valid") } else { (style::ERROR, "invalid") };
    let path = styled(style::PATH, visible_line(&skill.path));
    context.ui.line(format!("{} {path}", styled(style, format!("{word:<8}"))));
}

/// Place, rule and message; then what to do.
pub(super) fn print_finding(context: &mut Context<'_>, finding: &Finding) {
    let style = if finding.severity == "error" { style::ERROR } else { style::WARNING };
    let place = match finding.line {
        0 => finding.path.clone(),
        line => format!("{}:{line}", finding.path),
    };
    let label = styled(style, format!("{} {}", finding.severity, finding.rule));
    context.ui.line(format!(
        "  {}: {label}: {}",
        visible_line(&place),
        visible_line(&finding.message)
    ));
    context.ui.line(format!("    {} {}", styled(style::HINT, "->"), visible_line(&finding.repair)));
}
