//! `prode index`

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::index::{self, Answer, Holdings};

/// What `index` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode index --stats\n  prode index --rebuild\n\n\
    Every reading command does this by itself; it is of use after a clone or in an image build.")]
pub struct Args {
    /// Drop everything and derive it again from Git
    #[arg(long)]
    rebuild: bool,
    /// Say what the whole index holds
    #[arg(long)]
    stats: bool,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let asked = args.revision.asked();
    let options = index::Options { asked, rebuild: args.rebuild, stats: args.stats };
    let (answer, memory) = index::run(&workspace, &options)?;
    context.give(form, &answer, print);
    context.flush()?;
    context.notes(&workspace, &memory);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    let commit = answer.commit.as_ref().map(|commit| format!(" at {}", &commit[..10]));
    let place = answer.folder.clone().unwrap_or_else(|| "in memory, for one command".to_owned());
    let mut rows = vec![
        ("revision", format!("{}{}", answer.revision, commit.unwrap_or_default())),
        ("pages", answer.pages.to_string()),
        ("indexed", indexed(answer)),
        ("lives in", place),
    ];
    if let Some(Holdings { shards, documents, views, bytes }) = answer.stats {
        rows.push(("shards", shards.to_string()));
        rows.push(("documents", format!("{documents} sections of all revisions")));
        rows.push(("views", format!("{} ready to answer", counted(views, "revision"))));
        rows.push(("size", size(bytes)));
    }
    columns::print_named(context, rows);
}

fn indexed(answer: &Answer) -> String {
    let took = match answer.took_ms {
        ms if ms < 1_000.0 => format!("{ms:.0} ms"),
        ms => format!("{:.1} s", ms / 1e3),
    };
    match answer.indexed {
        0 => format!("nothing new ({took})"),
        pages if answer.kept => format!("{} now ({took})", counted(pages, "page")),
        pages => format!("{} now, in memory for this command ({took})", counted(pages, "page")),
    }
}

/// Bytes for people.
#[expect(clippy::cast_precision_loss, reason = "one digit behind the point is shown")]
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
