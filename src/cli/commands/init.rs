//! `prode init`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::diff;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::init::{self, Answer, CLIENTS, Client, Intent, Options, STARTERS};
use crate::ops::{PagesOfRoot, counted};
use crate::rendering::visible_line;

/// Roots that are named before the rest is counted.
const ROOTS_SHOWN: usize = 6;

/// What `init` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode init --dry-run\n  prode init --agent claude --agent codex\n\n\
    No file is ever overwritten. A repository with documents gets prode.yaml and nothing else."
)]
pub struct Args {
    /// Make this starter, even where documents are: full, wiki, adr
    #[arg(long, value_name = "NAME", value_parser = STARTERS.iter().map(|(name, _)| *name).collect::<Vec<_>>())]
    from: Option<String>,
    /// Set up a client: its skill, AGENTS.md and its MCP entry; may be repeated
    #[arg(long, value_name = "CLIENT", value_parser = CLIENTS.iter().map(|it| it.name).collect::<Vec<_>>())]
    agent: Vec<String>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Agree to the changes for clients without being asked
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let intent = init::intend(&workspace, &options(args)?)?;
    let asks = intent.needs_consent() && !args.dry_run && !args.yes;
    if asks && !agreed(context, &intent, form)? {
        context.ui.note("nothing was written");
        return Ok(Outcome::Done);
    }
    let answer = intent.carry_out(&workspace, args.dry_run)?;
    context.give(form, &answer, |context, answer| print(context, answer, asks));
    Ok(Outcome::Done)
}

fn options(args: &Args) -> Result<Options, Failure> {
    let from = args.from.as_deref().map(init::starter).transpose()?;
    let is_asked = |client: &&Client| args.agent.iter().any(|name| name == client.name);
    Ok(Options { from, clients: CLIENTS.iter().filter(is_asked).copied().collect() })
}

/// Shows the changes and asks; where nobody can answer, says how to agree.
fn agreed(context: &mut Context<'_>, intent: &Intent, form: Form) -> Result<bool, Failure> {
    if form == Form::Text {
        diff::print(context, &intent.diff());
        context.flush()?;
    }
    context.ui.ask("Write these changes?").ok_or_else(|| Failure::Usage {
        message: "the changes for clients need a yes, and nobody is at a terminal".to_owned(),
        hint: "add --yes to agree to them, or --dry-run to see them alone".to_owned(),
    })
}

fn print(context: &mut Context<'_>, answer: &Answer, diff_was_shown: bool) {
    if !diff_was_shown && !answer.diff.is_empty() {
        diff::print(context, &answer.diff);
        context.ui.line("");
    }
    files(context, answer);
    context.ui.line("");
    memory(context, answer);
    if !answer.notes.is_empty() {
        context.ui.line("");
    }
    for note in &answer.notes {
        context.ui.line(format!("{} {}", styled(style::TITLE, "next:"), visible_line(note)));
    }
}

/// What happened to which file; a folder of many is one line.
fn files(context: &mut Context<'_>, answer: &Answer) {
    let (made, changed) =
        if answer.written { ("created", "changed") } else { ("would create", "would change") };
    let mut rows = Vec::new();
    let mut add = |verb: &str, what: String| {
        rows.push(vec![(style::TITLE, verb.to_owned()), (Style::new(), what)]);
    };
    for what in folded(&answer.created) {
        add(made, what);
    }
    for path in &answer.changed {
        add(changed, path.clone());
    }
    let kept: Vec<_> = answer.kept.iter().filter(|kept| kept.why != "as it should be").collect();
    for kept in &kept {
        add("kept", format!("{} ({})", kept.path, kept.why));
    }
    let same = answer.kept.len() - kept.len();
    if same > 0 {
        add("kept", format!("{} as prode makes it", counted(same, "file")));
    }
    if answer.created.is_empty() && answer.changed.is_empty() {
        context.ui.line("Nothing to write: everything is in place.");
    }
    columns::print(context, rows);
}

/// Paths, with more than three files below one folder as one line.
fn folded(paths: &[String]) -> Vec<String> {
    let below = |folder: &str| -> Vec<&String> {
        let is_below =
            |path: &&String| path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'));
        paths.iter().filter(is_below).collect()
    };
    let mut lines: Vec<String> = Vec::new();
    for path in paths {
        let folders = path.match_indices('/').map(|(at, _)| below(&path[..at]));
        let line = match folders.into_iter().find(|files| files.len() > 3) {
            Some(files) => format!("{} ({} files)", shared_folder(&files), files.len()),
            None => path.clone(),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// The deepest folder that holds all of `paths`, with a slash at its end.
fn shared_folder(paths: &[&String]) -> String {
    let first = paths.first().map_or("", |path| path.as_str());
    let ends = first.match_indices('/').map(|(at, _)| &first[..=at]);
    let shared = ends.filter(|folder| paths.iter().all(|path| path.starts_with(folder)));
    shared.max_by_key(|folder| folder.len()).unwrap_or_default().to_owned()
}

fn memory(context: &mut Context<'_>, answer: &Answer) {
    let owners = match usize::try_from(answer.pages).unwrap_or(usize::MAX) {
        _ if answer.owners_missing == 0 => "every page has one".to_owned(),
        pages if pages == answer.owners_missing => {
            format!(
                "none of {} has one; CODEOWNERS, or owner: in a page, names one",
                counted(pages, "page")
            )
        }
        pages => format!("{} of {} have none", answer.owners_missing, counted(pages, "page")),
    };
    let dead = &answer.dead_links;
    let links = match dead.count {
        0 => "none is dead".to_owned(),
        1 => "1 leads nowhere".to_owned(),
        count => format!("{count} lead nowhere, on {}", counted(dead.pages, "page")),
    };
    let mut rows = roots(answer);
    rows.extend([("owners", owners), ("links", links)]);
    rows.extend(dead.worst.iter().map(|it| ("", format!("{:>4} on {}", it.count, it.path))));
    let mut tries = answer.queries.iter();
    rows.extend(tries.next().map(|query| ("try", query.clone())));
    rows.extend(tries.map(|query| ("", query.clone())));
    let cell =
        |(name, text): (&str, String)| vec![(style::TITLE, name.to_owned()), (Style::new(), text)];
    columns::print(context, rows.into_iter().map(cell));
}

/// The roots with pages in them, those with most of them.
fn roots(answer: &Answer) -> Vec<(&'static str, String)> {
    let mut roots: Vec<&PagesOfRoot> = answer.roots.iter().filter(|root| root.pages > 0).collect();
    roots.sort_by_key(|root| std::cmp::Reverse(root.pages));
    let more = roots.len().saturating_sub(ROOTS_SHOWN);
    let mut lines: Vec<String> = roots.iter().take(ROOTS_SHOWN).map(|root| root.text()).collect();
    if more > 0 {
        lines.push(format!("and {more} more folders of pages"));
    }
    if lines.is_empty() {
        lines.push("none yet".to_owned());
    }
    let name = |at| if at == 0 { "pages" } else { "" };
    lines.into_iter().enumerate().map(|(at, line)| (name(at), line)).collect()
}
