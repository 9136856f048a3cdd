//! `prode mv`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::diff;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::mv::{self, Answer, Options};
use crate::rendering::visible_line;

/// Files that are listed one by one, and paths that a command to type holds.
const SHOWN: usize = 10;

/// What `mv` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode mv wiki/queue.md wiki/runbooks/\n  \
    prode mv wiki/old-name.md wiki/new-name.md --dry-run\n  \
    prode mv wiki/billing wiki/payments\n\n\
    Links, wikilinks, front matter, route tests and settings follow; code and citations of a commit \
    stay. Nothing is staged: the last line says what to hand to git add.")]
pub struct Args {
    /// A file or folder, or a page by its title, alias or number
    #[arg(value_name = "OLD")]
    old: String,
    /// Its new path, or a folder that takes it in
    #[arg(value_name = "NEW")]
    new: String,
    /// Print the change as a patch, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not keep the old name: no alias, no line in a site's redirects
    #[arg(long)]
    no_redirect: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = Options {
        old: args.old.clone(),
        new: args.new.clone(),
        current: context.current.clone(),
        dry_run: args.dry_run,
        redirects: !args.no_redirect,
    };
    let answer = mv::run(&workspace, &options)?;
    context.give(form, &answer, print);
    if form == Form::Text {
        context.flush()?;
        for note in &answer.notes {
            context.ui.note(visible_line(note));
        }
    }
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    if answer.dry_run {
        diff::print(context, &answer.diff);
        left(context, answer);
    } else {
        done(context, answer);
    }
}

fn done(context: &mut Context<'_>, answer: &Answer) {
    let mut rows = Vec::new();
    let mut add = |verb: &str, what: String, more: String| {
        rows.push(vec![(style::TITLE, verb.to_owned()), (style::PATH, what), (Style::new(), more)]);
    };
    match answer.moved.len() {
        0 => {}
        1 => add("moved", format!("{} -> {}", answer.old, answer.new), String::new()),
        files => add("moved", format!("{} -> {}", answer.old, answer.new), counted(files, "file")),
    }
    for file in answer.edited.iter().take(SHOWN) {
        add("edited", file.path.clone(), counted(file.changes.len(), "place"));
    }
    let more = answer.edited.len().saturating_sub(SHOWN);
    if more > 0 {
        add("edited", format!("and {}", counted(more, "more file")), String::new());
    }
    for redirect in answer.redirects.iter().take(SHOWN) {
        add("kept", redirect.path.clone(), redirect.line.clone());
    }
    columns::print(context, rows);
    left(context, answer);
    context.ui.line("");
    context.ui.line(format!("{} {}", styled(style::TITLE, "next:"), staging(answer)));
}

/// What names the old path still, the last thing that a reader sees.
fn left(context: &mut Context<'_>, answer: &Answer) {
    if answer.left.is_empty() {
        return;
    }
    context.ui.line("");
    let count = counted(answer.left.len(), "mention");
    context.ui.line(styled(style::WARNING, format!("{count} left for you to look at")));
    for it in &answer.left {
        let place = format!("{}:{}", visible_line(&it.path), it.line);
        let text = if it.text.is_empty() { String::new() } else { format!("{}  ", it.text) };
        let text =
            format!("{}{}", visible_line(&text), styled(style::FAINT, visible_line(&it.why)));
        context.ui.line(format!("  {}  {text}", styled(style::PATH, place)));
    }
}

fn staging(answer: &Answer) -> String {
    if answer.stage.len() > SHOWN {
        return format!("git add --all   # {}", counted(answer.stage.len(), "path"));
    }
    let words = answer.stage.iter().map(|path| shell_word(path));
    format!("git add --all -- {}", words.collect::<Vec<_>>().join(" "))
}

fn shell_word(path: &str) -> String {
    let plain = path.chars().all(|c| c.is_alphanumeric() || "/._-+@".contains(c));
    if plain { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
