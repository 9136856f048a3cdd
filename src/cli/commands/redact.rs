//! `prode redact`

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::query::read;
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::OpError;
use crate::ops::redact::{self, Item};
use crate::redaction::MAX_TEXT;

/// What `redact` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Nothing is written when redaction cannot decide: exit 4 names the spot.\n\n\
    Example:\n  prode redact ticket.md > safe.md\n  \
    kubectl logs deploy/queue | prode redact -\n  \
    prode redact --check wiki/queue.md\n  \
    prode redact --batch tickets.jsonl > safe.jsonl"
)]
pub struct Args {
    /// The text [default: standard input]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Only say what would be hidden; exit 1 if anything is
    #[arg(long)]
    check: bool,
    /// Redact many: JSON lines {"id","text"} from a file, or - for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "check"])]
    batch: Option<PathBuf>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    if let Some(file) = &args.batch {
        return run_batch(context, file);
    }
    let format = context.format(&["text", "json"])?;
    let file = args.file.as_deref().unwrap_or(Path::new("-"));
    let text = read_text(file)?;
    let redactor = redact::redactor(&context.workspace()?)?;
    let answer = redact::run(&redactor, &text)?;
    if format == "json" {
        context.ui.json(&answer);
    } else if args.check {
        answer.findings.iter().for_each(|it| print(context, file, it));
    } else {
        context.ui.raw(answer.text.as_bytes());
    }
    let is_found = !answer.findings.is_empty();
    if is_found && format == "text" && !args.check {
        context
            .ui
            .note(format!("{} values are hidden; to see where: --json", answer.findings.len()));
    }
    Ok(if args.check && is_found { Outcome::Found } else { Outcome::Done })
}

fn print(context: &mut Context<'_>, file: &Path, it: &Item) {
    let name =
        if file == Path::new("-") { "standard input".into() } else { file.to_string_lossy() };
    let name = crate::rendering::visible_line(&name);
    let place = styled(style::PATH, format!("{name}:{}:{}", it.line, it.column));
    let Item { kind, rule, length, confidence, .. } = it;
    context.ui.line(format!("{place}  {kind} ({rule}, {length} bytes, confidence {confidence})"));
}

/// A text that is not UTF-8 cannot be redacted and given back as it was.
pub(super) fn read_text(file: &Path) -> Result<String, Failure> {
    let is_input = file == Path::new("-");
    let path = if is_input { "standard input".into() } else { file.to_string_lossy() };
    let path = path.into_owned();
    let failed = |reason: String| Failure::from(OpError::File { path: path.clone(), reason });
    let mut bytes = Vec::new();
    let limit = MAX_TEXT as u64 + 1;
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|it| it.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| failed("it is no UTF-8 text".to_owned()))
}

fn run_batch(context: &mut Context<'_>, file: &Path) -> Result<Outcome, Failure> {
    context.format(&["jsonl"])?;
    let questions = read(file)?;
    let redactor = redact::redactor(&context.workspace()?)?;
    for question in questions.lines().filter(|line| !line.trim().is_empty()) {
        let line = redact::line(&redactor, question)?;
        let json = serde_json::to_string(&line).unwrap_or_default();
        context.ui.raw(json.as_bytes());
        context.ui.raw(b"\n");
    }
    Ok(Outcome::Done)
}
