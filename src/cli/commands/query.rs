//! `prode query`

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::cli::context::Context;
use crate::cli::filter::FilterArgs;
use crate::cli::form::Form;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::{Hit, Include, OpError, batch, query, usage};
use crate::rendering::visible_line;

/// What `query` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Repositories that your own settings name under memories: are asked too, and \
    cited name:path#anchor@commit.\n\nExample:\n  prode query queue backlog kind:runbook -windows\n  \
    prode query '\"connection refused\"' --as-of 2026-09-30\n  \
    prode query seven minutes timeout --include inbox\n  \
    prode query --batch questions.jsonl > ranked.jsonl\n  \
    prode query disk full --config 'memories=[]'"
)]
pub struct Args {
    /// Words; "phrases" must stand as they are, kind: owner: service: tag: status: filter, -word
    /// excludes (a word that is an option, such as -n, -q, -v or -h, behind --)
    #[arg(required_unless_present = "batch")]
    text: Vec<String>,
    /// How many pages [default: 10, or 50 in a batch]
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<usize>,
    /// Only pages of this kind; may be repeated
    #[arg(long, value_name = "K")]
    kind: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// Let in what is left out: archived, drafts, inbox (learnings that nobody reviewed yet)
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    include: Vec<Included>,
    /// Answer many questions: JSON lines {"qid","query"} from a file, or - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    batch: Option<PathBuf>,
    /// Say what matched
    #[arg(long)]
    explain: bool,
    /// Exit with 1 if nothing is found
    #[arg(long)]
    fail_empty: bool,
    #[command(flatten)]
    revision: RevisionArgs,
}

/// What `--include` lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Included {
    /// Learnings that nobody reviewed yet.
    Inbox,
    /// Archived pages.
    Archived,
    /// Drafts.
    Drafts,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.batch {
        Some(file) => run_batch(context, args, file),
        None => run_one(context, args),
    }
}

fn run_one(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let (answer, memory) = query::run(&workspace, &options(args, 10, form == Form::Json))?;
    context.give(form, &answer, |context, answer| {
        answer.hits.iter().for_each(|hit| print(context, hit, args.explain));
    });
    for it in &answer.corrections {
        let (typed, meant) = (visible_line(&it.typed), visible_line(&it.meant));
        context.ui.note(format!("no page holds '{typed}'; looked for '{meant}'"));
    }
    if answer.hits.is_empty() && form == Form::Text {
        context.ui.note("nothing was found; try fewer or other words");
    }
    context.flush()?;
    usage::found(&workspace, &answer);
    context.close(workspace, memory);
    Ok(if args.fail_empty && answer.hits.is_empty() { Outcome::Found } else { Outcome::Done })
}

fn options(args: &Args, limit: usize, explain: bool) -> query::Options {
    query::Options {
        text: args.text.join(" "),
        asked: args.revision.asked(),
        limit: args.limit.unwrap_or(limit),
        filters: args.filters.with_kinds(args.kind.clone()),
        include: Include {
            archived: args.include.contains(&Included::Archived),
            drafts: args.include.contains(&Included::Drafts),
            inbox: args.include.contains(&Included::Inbox),
        },
        why: args.explain || explain,
    }
}

/// Three lines: what it is and where, what to know of it, why it was found.
pub(super) fn print(context: &mut Context<'_>, hit: &Hit, explain: bool) {
    let place = if is_unreviewed(hit) { hit.cite.clone() } else { hit.section_place() };
    let rank = styled(style::FAINT, format!("{:>2}", hit.rank));
    context.ui.line(format!(
        "{rank} {}  {}",
        styled(style::TITLE, visible_line(&hit.title)),
        styled(style::PATH, visible_line(&place))
    ));
    context.ui.line(format!("   {}", labels(hit)));
    if !hit.snippet.is_empty() {
        context.ui.brief(3, &hit.snippet);
    }
    if explain {
        for why in &hit.why {
            let line = format!("   {:>6.3} {} {}", why.score, why.field, visible_line(&why.term));
            context.ui.line(styled(style::FAINT, line));
        }
    }
}

/// Kind, owners and whatever a reader must not miss.
pub(super) fn labels(hit: &Hit) -> String {
    let mut labels = vec![hit.kind.clone()];
    if hit.status != "active" && !is_unreviewed(hit) {
        labels.push(visible_line(&hit.status).into_owned());
    }
    if !hit.owner.is_empty() {
        labels.push(visible_line(&hit.owner.join(", ")).into_owned());
    }
    let mut text = styled(style::FAINT, labels.join(" \u{b7} "));
    if is_unreviewed(hit) {
        text = format!("{text} {}", styled(style::WARNING, "unreviewed"));
    }
    if hit.stale {
        text = format!("{text} {}", styled(style::WARNING, "stale"));
    }
    if let Some(newer) = &hit.superseded_by {
        text = format!("{text} {} {newer}", styled(style::WARNING, "superseded by"));
    }
    for copy in &hit.also {
        let place = copy.rsplit_once('@').map_or(copy.as_str(), |(place, _)| place);
        text = format!("{text} {}", styled(style::FAINT, format!("also {}", visible_line(place))));
    }
    text
}

/// True for a learning: nobody agreed to it.
fn is_unreviewed(hit: &Hit) -> bool {
    hit.status == "unreviewed"
}

fn run_batch(context: &mut Context<'_>, args: &Args, file: &Path) -> Result<Outcome, Failure> {
    context.format(&["jsonl", "json"])?;
    let text = read(file)?;
    let workspace = context.workspace()?;
    let (lines, memory) = batch::run(&workspace, &text, &options(args, 50, false))?;
    for line in &lines {
        context.ui.line(serde_json::to_string(line).unwrap_or_default());
    }
    context.flush()?;
    context.close(workspace, memory);
    Ok(Outcome::Done)
}

/// A file's text, or standard input's for `-`.
pub(super) fn read(file: &Path) -> Result<String, OpError> {
    Ok(String::from_utf8_lossy(&bytes(file)?).into_owned())
}

/// A file's bytes, or standard input's for `-`.
pub(super) fn bytes(file: &Path) -> Result<Vec<u8>, OpError> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(file).map(|all| bytes = all)
    };
    let path = file.display().to_string();
    read.map_err(|error| OpError::File { path, reason: error.to_string() })?;
    Ok(bytes)
}
