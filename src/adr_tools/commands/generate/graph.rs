//! `adr generate graph`: decisions and their links for Graphviz.

use super::{AdrToolsError, Call, Reply, Report};
use crate::adr_tools::log::Log;
use crate::adr_tools::options::{self, Order};
use crate::adr_tools::text::graph::{self, Node};
use crate::adr_tools::text::title;

pub(super) const REPORT: Report = Report {
    name: "graph",
    help: "\
usage: adr generate graph [-p LINK_PREFIX] [-e LINK_EXTENSION]

Writes the decisions and the links between them in the language of Graphviz.
Each box leads to the page of its decision.

Options:

-p LINK_PREFIX     what every address begins with
-e LINK_EXTENSION  what every address ends with; .html if not given

    adr generate graph | dot -Tsvg > graph.svg
    adr generate graph -e .pdf | dot -Tpdf > graph.pdf
",
    run,
};

fn run(call: &Call<'_>, words: &[String]) -> Result<Reply, AdrToolsError> {
    let options = match options::parse(words, "pe", Order::First) {
        Ok(parsed) => parsed,
        Err(refused) => return Ok(refused.by_getopts("generate graph")),
    };
    let log = Log::find(call.current)?;
    let names = log.decisions()?;
    let node = |name| -> Result<Node<'_>, AdrToolsError> {
        let text = log.glance(name)?;
        Ok(Node { name, title: title::of(&text, name), text })
    };
    let nodes: Result<Vec<_>, _> = names.iter().map(|name| node(name)).collect();
    let prefix = options.last('p').unwrap_or_default();
    let extension = options.last('e').unwrap_or(".html");
    Ok(Reply::says(graph::graph(&nodes?, prefix, extension)))
}
