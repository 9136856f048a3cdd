//! `prode init`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::init::{self, Answer, CLIENTS, Client, Intent, Options, STARTERS};
use crate::ops::{PagesOfRoot, counted};
use crate::rendering::visible_line;

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
    let format = context.format(&["text", "json"])?;
    let workspace = context.workspace()?;
    let intent = init::intend(&workspace, &options(args)?)?;
    let asks = intent.needs_consent() && !args.dry_run && !args.yes;
    if asks && !agreed(context, &intent, format)? {
        context.ui.note("nothing was written");
        return Ok(Outcome::Done);
    }
    let answer = intent.carry_out(&workspace, args.dry_run)?;
    if format == "json" {
        context.ui.json(&answer);
    } else {
        print(context, &answer, asks);
    }
    Ok(Outcome::Done)
}

fn options(args: &Args) -> Result<Options, Failure> {
    let from = args.from.as_deref().map(init::starter).transpose()?;
    let is_asked = |client: &&Client| args.agent.iter().any(|name| name == client.name);
    Ok(Options { from, clients: CLIENTS.iter().filter(is_asked).copied().collect() })
}

/// Shows the changes and asks; where nobody can answer, says how to agree.
fn agreed(context: &mut Context<'_>, intent: &Intent, format: &str) -> Result<bool, Failure> {
    if format == "text" {
        print_diff(context, &intent.diff());
        context.ui.flush().map_err(Failure::Output)?;
    }
    context.ui.ask("Write these changes?").ok_or_else(|| Failure::Usage {
        message: "the changes for clients need a yes, and nobody is at a terminal".to_owned(),
        hint: "add --yes to agree to them, or --dry-run to see them alone".to_owned(),
    })
}

fn print_diff(context: &mut Context<'_>, diff: &str) {
    for line in diff.lines() {
        let look = match line.as_bytes().first() {
            Some(b'+') => style::HINT,
            Some(b'-') => style::ERROR,
            Some(b'@') => style::PATH,
            _ => Style::new(),
        };
        context.ui.line(styled(look, visible_line(line)));
    }
}

fn print(context: &mut Context<'_>, answer: &Answer, diff_was_shown: bool) {
    if !diff_was_shown && !answer.diff.is_empty() {
        print_diff(context, &answer.diff);
        context.ui.line("");
    }
    files(context, answer);
    context.ui.line("");
    memory(context, answer);
    for note in &answer.notes {
        context.ui.line(format!("\n{}", visible_line(note)));
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
        add("kept", format!("{} as they should be", counted(same, "file")));
    }
    for line in columns::lines(&rows) {
        context.ui.line(line);
    }
    if answer.created.is_empty() && answer.changed.is_empty() {
        context.ui.line("Nothing to write: everything is in place.");
    }
}

/// Paths, with more than three files of one folder as one line.
fn folded(paths: &[String]) -> Vec<String> {
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let mut lines: Vec<String> = Vec::new();
    for path in paths {
        let alike = paths.iter().filter(|other| folder(other) == folder(path)).count();
        let line = match folder(path) {
            Some(folder) if alike > 3 => format!("{folder}/ ({alike} files)"),
            _ => path.clone(),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn memory(context: &mut Context<'_>, answer: &Answer) {
    let roots: Vec<String> = answer.roots.iter().map(PagesOfRoot::text).collect();
    let owners = match answer.owners_missing {
        0 => "every page has one".to_owned(),
        missing => format!(
            "{missing} of {} have none; CODEOWNERS or owner: names one",
            counted_pages(answer.pages)
        ),
    };
    let dead = &answer.dead_links;
    let links = match dead.count {
        0 => "none is dead".to_owned(),
        count => format!("{count} lead nowhere, on {}", counted(dead.pages, "page")),
    };
    let mut rows = vec![("pages", roots.join(", ")), ("owners", owners), ("links", links)];
    rows.extend(dead.worst.iter().map(|it| ("", format!("{:>4} on {}", it.count, it.path))));
    let mut tries = answer.queries.iter();
    rows.extend(tries.next().map(|query| ("try", query.clone())));
    rows.extend(tries.map(|query| ("", query.clone())));
    let cell =
        |(name, text): (&str, String)| vec![(style::TITLE, name.to_owned()), (Style::new(), text)];
    for line in columns::lines(&rows.into_iter().map(cell).collect::<Vec<_>>()) {
        context.ui.line(line);
    }
}

fn counted_pages(pages: u64) -> String {
    counted(usize::try_from(pages).unwrap_or(usize::MAX), "page")
}
