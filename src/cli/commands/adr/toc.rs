//! `prode adr toc`

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::adr::toc::{self, Table};
use crate::rendering::{visible, visible_line};

/// What `adr toc` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --write the table is kept between <!-- adr-toc --> and <!-- /adr-toc --> \
    in the log's\nREADME.md or index.md, which is made where there is none.\n\n\
    Example:\n  prode adr toc\n  prode adr toc --write"
)]
pub(super) struct Args {
    /// Keep the table in the log's page
    #[arg(long)]
    write: bool,
    /// Only the log in this folder
    #[arg(long, value_name = "ROOT")]
    log: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    context.format(&["text"])?;
    let workspace = context.workspace()?;
    let tables = toc::run(&workspace, &toc::Options { log: args.log.clone(), write: args.write })?;
    for table in &tables {
        if args.write {
            written(context, table);
            continue;
        }
        if tables.len() > 1 {
            context.ui.line(format!("## {}\n", visible_line(&table.log)));
        } else {
            context.ui.line("# Architecture Decision Records\n");
        }
        context.ui.text(visible(&table.markdown).as_bytes());
    }
    if tables.is_empty() {
        context.ui.note("there are no decisions yet; make the first: prode adr new TITLE");
    }
    Ok(Outcome::Done)
}

fn written(context: &mut Context<'_>, table: &Table) {
    match &table.written {
        Some(path) => context.ui.line(styled(style::PATH, visible_line(path))),
        None => context.ui.note(format!("the table of '{}' is as it should be", table.log)),
    }
}
