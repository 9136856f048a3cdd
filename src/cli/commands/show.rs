//! `prode show`

use super::{finding, inbox};
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::show::{self, Part, Shown};
use crate::ops::usage;
use crate::rendering::{Look, terminal, visible, visible_line};

/// What `show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "REF is a path, path#anchor, path#anchor@commit, adr/12, skill:name, \
    template:name, L-… or F-… of the inbox, or a title or alias that one page has; \
    NAME: before it asks the memory that your own settings call so.\n\n\
    Example:\n  prode show adr/1\n  \
    prode show wiki/index.md --format md\n  \
    prode show skill:prode-triage --as-of 2026-09-30")]
pub struct Args {
    /// What to show
    #[arg(value_name = "REF")]
    reference: String,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    if let Ok(id) = args.reference.parse() {
        return inbox::show(context, &id);
    }
    if let Ok(id) = args.reference.parse() {
        return finding::show(context, &id);
    }
    let options = show::Options { reference: args.reference.clone(), asked: args.revision.asked() };
    show(context, &options)
}

/// Shows what `options` name.
pub(super) fn show(context: &mut Context<'_>, options: &show::Options) -> Result<Outcome, Failure> {
    let format = context.format(&["text", "md", "html", "json"])?;
    let workspace = context.workspace()?;
    let (shown, memory) = show::run(&workspace, options)?;
    match format {
        "json" => context.ui.json(&shown),
        "md" => {
            shown.expect_read()?;
            verbatim(context, &shown.bytes);
        }
        "html" => {
            shown.expect_read()?;
            verbatim(context, shown.html().as_bytes());
        }
        _ => print(context, &shown),
    }
    context.flush()?;
    usage::opened(&workspace, &shown);
    context.notes(&workspace, &memory);
    Ok(Outcome::Done)
}

/// Byte by byte for another program; on a terminal no control character passes.
fn verbatim(context: &mut Context<'_>, bytes: &[u8]) {
    if context.ui.is_terminal() {
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        context.ui.text(visible(&text).as_bytes());
    } else {
        context.ui.raw(bytes);
    }
}

fn print(context: &mut Context<'_>, shown: &Shown) {
    for banner in banners(shown) {
        context.ui.line(styled(style::WARNING, visible_line(&banner)));
    }
    context.ui.line(header(shown));
    context.ui.line("");
    match shown.expect_read() {
        Ok(()) => {
            let width = context.ui.text_width();
            context.ui.text(terminal(&shown.body(), Look { width }));
        }
        Err(error) => context.ui.line(visible_line(&error.to_string())),
    }
    if !shown.anchor.is_empty() && !shown.sections.is_empty() {
        let names: Vec<String> = shown.sections.iter().map(part).collect();
        context.ui.line("");
        context.ui.line(styled(style::FAINT, format!("below: {}", names.join("  "))));
    }
    if !shown.files.is_empty() {
        context.ui.line("");
        context.ui.line(styled(style::TITLE, "Files of the package"));
        for file in &shown.files {
            context.ui.line(format!("  {}", styled(style::PATH, visible_line(file))));
        }
    }
}

fn part(part: &Part) -> String {
    format!("#{}", visible_line(&part.anchor))
}

/// What a reader must know before the first word.
fn banners(shown: &Shown) -> Vec<String> {
    let mut banners = Vec::new();
    if let Some(newer) = &shown.superseded_by {
        banners.push(format!("SUPERSEDED by {newer}"));
    }
    if shown.status == "archived" {
        let why = shown.archived.as_deref().unwrap_or("no reason is given");
        banners.push(format!("ARCHIVED: {why}"));
    } else if shown.stale {
        let due = shown.due.as_deref().unwrap_or("an earlier day");
        let reviewed = shown.reviewed.as_deref().unwrap_or("no day");
        banners.push(format!("STALE: reviewed {reviewed}, due again {due}"));
    }
    if shown.status == "draft" {
        banners.push("DRAFT: nobody has agreed to this yet".to_owned());
    }
    banners
}

/// Kind, owner, status, review and citation on one line.
fn header(shown: &Shown) -> String {
    let owner = match shown.owner.as_slice() {
        [] => "no owner".to_owned(),
        owners => owners.join(", "),
    };
    let review = match &shown.reviewed {
        Some(day) => format!("reviewed {day}"),
        None => "never reviewed".to_owned(),
    };
    let labels = [shown.kind.as_str(), &owner, &shown.status, &review].join(" \u{b7} ");
    let labels = styled(style::FAINT, visible_line(&labels));
    format!("{labels} \u{b7} {}", styled(style::PATH, visible_line(&shown.cite)))
}
