//! `prode skill show`

use super::validate::print_finding;
use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::skill::show::{self, Answer};
use crate::rendering::{Look, terminal, visible_line};

/// What `skill show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode skill show prode-triage")]
pub struct Args {
    /// Its name, or its folder where several have one name
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let asked = args.revision.asked_or_work_tree();
    let (answer, memory) = show::run(&workspace, args.name.trim_end_matches('/'), &asked)?;
    context.give(form, &answer, print);
    context.flush()?;
    context.notes(&workspace, &memory);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    let mut rows = vec![
        ("name", answer.name.clone()),
        ("description", answer.description.split_whitespace().collect::<Vec<_>>().join(" ")),
        ("folder", answer.path.clone()),
    ];
    rows.extend(answer.license.clone().map(|text| ("license", text)));
    rows.extend(answer.compatibility.clone().map(|text| ("needs", text)));
    rows.extend((!answer.owner.is_empty()).then(|| ("owner", answer.owner.join(", "))));
    rows.extend(answer.computed_hash.clone().map(|text| ("hash", text)));
    columns::print_named(context, rows);
    context.ui.line("");
    for file in &answer.files {
        let size = format!("{:>8}", file.size);
        let path = styled(style::PATH, visible_line(&file.path));
        context.ui.line(format!("{}  {path}", styled(style::FAINT, size)));
    }
    for finding in &answer.findings {
        print_finding(context, finding);
    }
    context.ui.line("");
    let width = context.ui.text_width();
    context.ui.text(terminal(&answer.body, Look { width }));
}
