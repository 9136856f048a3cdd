//! `prode links`

use std::fmt::Write as _;

use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::links::{self, Incoming, Links, Outgoing, State};
use crate::rendering::visible_line;

/// What `links` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode links adr/1\n  \
    prode links wiki/index.md --external\n  \
    prode links adr/1 --json")]
pub struct Args {
    /// A page or a section: as for show
    #[arg(value_name = "REF")]
    reference: String,
    /// List links out of the repository too
    #[arg(long)]
    external: bool,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options =
        links::Options { reference: args.reference.clone(), asked: args.revision.asked() };
    let (links, memory) = links::run(&workspace, &options)?;
    context.give(form, &links, |context, links| print(context, links, args.external));
    context.flush()?;
    context.notes(&workspace, &memory);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, links: &Links, external: bool) {
    let title = styled(style::TITLE, visible_line(&links.title));
    context.ui.line(format!("{title}  {}", styled(style::PATH, visible_line(&links.cite))));
    let is_broken = |link: &&Outgoing| !matches!(link.state, State::Page | State::File);
    let broken = links.outgoing.iter().filter(is_broken).count();
    let some_broken = if broken > 0 { format!(", {broken} broken") } else { String::new() };
    heading(context, &format!("Links to ({}{some_broken})", links.outgoing.len()));
    for link in &links.outgoing {
        let line = outgoing(link);
        context.ui.line(line);
    }
    heading(context, &format!("Linked from ({})", links.incoming.len()));
    for link in &links.incoming {
        let line = incoming(link);
        context.ui.line(line);
    }
    let more = if external || links.external.is_empty() { "" } else { "; list them: --external" };
    heading(context, &format!("Out of the repository ({}{more})", links.external.len()));
    for link in links.external.iter().filter(|_| external) {
        context.ui.line(format!("  {:>5}  {}", link.line, visible_line(&link.target)));
    }
    if !links.supersedes.is_empty() || !links.superseded_by.is_empty() {
        heading(context, "Replacements, oldest first");
        let this = std::slice::from_ref(&links.path);
        for path in links.supersedes.iter().chain(this).chain(&links.superseded_by) {
            let mark = if *path == links.path { "*" } else { " " };
            context.ui.line(format!("  {mark} {}", styled(style::PATH, visible_line(path))));
        }
    }
}

fn heading(context: &mut Context<'_>, text: &str) {
    context.ui.line("");
    context.ui.line(styled(style::TITLE, text));
}

fn outgoing(link: &Outgoing) -> String {
    let path = link.path.as_deref().unwrap_or(&link.target);
    let place = match &link.anchor {
        Some(anchor) => format!("{path}#{anchor}"),
        None => path.to_owned(),
    };
    let mut text = format!("  {:>5}  {}", link.line, styled(style::PATH, visible_line(&place)));
    if let Some(reason) = &link.reason {
        let reason = styled(style::WARNING, reason);
        let _ = write!(text, "  {reason}");
    }
    if !link.near.is_empty() {
        let near = link.near.join(", ");
        let _ = write!(text, "; did you mean {}?", visible_line(&near));
    }
    text
}

fn incoming(link: &Incoming) -> String {
    let place = format!("{}:{}", visible_line(&link.path), link.line);
    let anchor = link.anchor.as_deref().map(|it| format!(" to #{it}")).unwrap_or_default();
    format!(
        "  {}{}  {}",
        styled(style::PATH, place),
        visible_line(&anchor),
        visible_line(&link.text)
    )
}
