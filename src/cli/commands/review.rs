//! `prode review`

use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::review::{
    self, Answer, ChangedFile, ElsewhereSeen, Last, Looked, Options, SourcesSeen,
};
use crate::rendering::visible_line;

/// Files of one page that are shown.
const SHOWN: usize = 10;

/// What `review` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "REF is a path, path#anchor, adr/12, skill:name, or a title or alias that one page has.\n\
    What is written: who, the day, and the hash of the body and of the files that 'sources' names, as\n\
    they lie in the work tree; with --commit, as they are on the branch that is checked out. It goes into\n\
    the page's front matter, or where there is none into .prode/reviews.yaml. All pages, or none.\n\n\
    Example:\n  prode review wiki/runbooks/queue.md\n  prode review adr/12 'Queue is full' --yes --commit"
)]
pub struct Args {
    /// What was reviewed
    #[arg(value_name = "REF", required = true)]
    pages: Vec<String>,
    /// Who reviewed it; else the person of Git's settings
    #[arg(long = "as", value_name = "NAME")]
    by: Option<String>,
    /// Stamp it without being asked
    #[arg(long)]
    yes: bool,
    /// Commit the stamps, and nothing else, on the branch that is checked out
    #[arg(long)]
    commit: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = Options { pages: args.pages.clone(), by: args.by.clone(), commit: args.commit };
    let plan = review::plan(&workspace, &options)?;
    if form == Form::Text {
        for page in plan.pages() {
            show(context, page);
        }
        context.flush()?;
    }
    if !args.yes {
        let question = format!("{} read it and found it true?", visible_line(plan.by()));
        let agreed = context.ui.ask(question).ok_or_else(|| Failure::Usage {
            message: "a review is a person's word, and nobody is at a terminal".to_owned(),
            hint: "let a person type it at a terminal, or say their word with --yes".to_owned(),
        })?;
        if !agreed {
            context.ui.note("nothing was stamped");
            return Ok(Outcome::Done);
        }
    }
    let answer = plan.write()?;
    context.give(form, &answer, print);
    context.flush()?;
    if answer.changed.is_empty() {
        context.ui.note("everything was stamped so already; no file changed");
    }
    for note in &answer.notes {
        context.ui.note(visible_line(note));
    }
    Ok(Outcome::Done)
}

fn show(context: &mut Context<'_>, page: &Looked) {
    let title = styled(style::TITLE, visible_line(&page.title));
    context.ui.line(format!("{title}  {}", styled(style::PATH, visible_line(&page.path))));
    let owner = if page.owner.is_empty() { "nobody".to_owned() } else { page.owner.join(", ") };
    let mut rows = vec![("owner", owner), ("last", last(page.last.as_ref()))];
    if page.last.is_some() {
        rows.push(("body", changed(page.body_changed).to_owned()));
    }
    if let Some(sources) = &page.sources {
        rows.push(("sources", described(sources, page.last.is_some())));
    }
    for there in &page.elsewhere {
        rows.push(("in", abroad(there, page.last.is_some())));
    }
    for (name, value) in rows {
        context.ui.line(format!("  {name:<8} {}", visible_line(&value)));
    }
    let files = page.sources.iter().flat_map(|it| &it.changes);
    for file in files.clone().take(SHOWN) {
        context.ui.line(format!("    {}", visible_line(&stat(file))));
    }
    let more = files.count().saturating_sub(SHOWN);
    if more > 0 {
        context.ui.line(styled(style::FAINT, format!("    and {more} more")));
    }
}

fn last(last: Option<&Last>) -> String {
    match last {
        None => "never reviewed".to_owned(),
        Some(Last { by: Some(by), at, .. }) => format!("{at} by {by}"),
        Some(Last { by: None, at, .. }) => at.clone(),
    }
}

fn changed(changed: Option<bool>) -> &'static str {
    match changed {
        Some(true) => "changed since",
        Some(false) => "as it was",
        None => "nobody can tell whether it changed",
    }
}

fn described(sources: &SourcesSeen, was_reviewed: bool) -> String {
    let files = counted(sources.files, "file");
    match (was_reviewed, sources.changes.len()) {
        (false, _) => files,
        (true, 0) => format!("{files}, {}", changed(sources.changed)),
        (true, many) => format!("{files}, {many} changed since"),
    }
}

fn abroad(there: &ElsewhereSeen, was_reviewed: bool) -> String {
    let Some(commit) = &there.commit else {
        return format!("{}, which is not at hand", there.repository);
    };
    let commit: String = commit.chars().take(12).collect();
    let files = counted(there.files, "file");
    let since = if was_reviewed { format!(", {}", changed(there.changed)) } else { String::new() };
    format!("{} at {commit}: {files}{since}", there.repository)
}

fn stat(file: &ChangedFile) -> String {
    match (file.added, file.removed) {
        (Some(added), Some(removed)) => format!("{} +{added} -{removed}", file.path),
        _ => file.path.clone(),
    }
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    for path in &answer.changed {
        context.ui.line(format!("stamped  {}", styled(style::PATH, visible_line(path))));
    }
    if let (Some(branch), Some(commit)) = (&answer.branch, &answer.commit) {
        let commit: String = commit.chars().take(12).collect();
        context.ui.line(format!("commit   {commit} on {}", visible_line(branch)));
    }
}
