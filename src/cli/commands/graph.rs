//! `prode graph`

mod text;

use crate::cli::context::Context;
use crate::cli::filter::FilterArgs;
use crate::cli::revision::RevisionArgs;
use crate::cli::{Failure, Outcome};
use crate::ops::graph::{self, Graph};
use crate::rendering::{MERMAID_BYTES, MERMAID_EDGES};

/// What `graph` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Formats are text, json, dot (Graphviz), mermaid and svg, a picture that \
    browsers show.\nAn orphan is a page that no page links to; front pages and skills are found \
    without one.\n\nExample:\n  prode graph\n  \
    prode graph wiki/index.md --depth 2\n  \
    prode graph --kind adr --format svg > decisions.svg\n  \
    prode graph adr/1 --format mermaid")]
pub struct Args {
    /// Only pages around this one: as for show
    #[arg(value_name = "REF")]
    reference: Option<String>,
    /// How many links away from it [default: 1]
    #[arg(long, value_name = "N", requires = "reference")]
    depth: Option<usize>,
    /// Only pages of this kind; may be repeated
    #[arg(long, value_name = "K")]
    kind: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// List every orphan, hub and dead link, not the first few
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let format = context.format(&["text", "json", "dot", "mermaid", "svg"])?;
    let workspace = context.workspace()?;
    let options = graph::Options {
        reference: args.reference.clone(),
        depth: args.depth.unwrap_or(1),
        asked: args.revision.asked(),
        filters: args.filters.with_kinds(args.kind.clone()),
    };
    let (graph, memory) = graph::run(&workspace, &options)?;
    match format {
        "json" => context.ui.json(&graph),
        "dot" => context.ui.raw(graph.dot().as_bytes()),
        "svg" => context.ui.raw(graph.svg().as_bytes()),
        "mermaid" => mermaid(context, &graph),
        _ => text::print(context, &graph, args.all),
    }
    context.flush()?;
    if graph.pages.is_empty() && format != "json" {
        context.ui.note(nothing(&graph));
    }
    context.notes(&workspace, &memory);
    Ok(Outcome::Done)
}

fn nothing(graph: &Graph) -> String {
    match graph.total {
        0 => "there are no pages yet".to_owned(),
        total => format!("none of {total} pages fits; use fewer filters"),
    }
}

fn mermaid(context: &mut Context<'_>, graph: &Graph) {
    let text = graph.mermaid();
    context.ui.raw(text.as_bytes());
    let arrows = graph.arrows();
    if arrows > MERMAID_EDGES || text.len() > MERMAID_BYTES {
        context.ui.note(format!(
            "Mermaid draws up to {MERMAID_EDGES} arrows and {MERMAID_BYTES} characters unless its \
             settings say more, and these are {arrows} and {}: narrow them with REF, --depth or \
             --kind",
            text.len()
        ));
    }
}
