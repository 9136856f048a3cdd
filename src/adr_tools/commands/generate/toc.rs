//! `adr generate toc`: the table of contents as Markdown.

use std::io::{self, Read};
use std::path::Path;

use super::{AdrToolsError, Call, Reply, Report};
use crate::adr_tools::log::Log;
use crate::adr_tools::options::{self, Order};
use crate::adr_tools::text::{title, toc};

pub(super) const REPORT: Report = Report {
    name: "toc",
    help: "\
usage: adr generate toc [-i INTRO] [-o OUTRO] [-p LINK_PREFIX]

Writes a table of contents in Markdown.

Options:

-i INTRO        a Markdown file that stands before the list
-o OUTRO        a Markdown file that stands behind it
-p LINK_PREFIX  what every link begins with, such as doc/adr/

A file named - is standard input.
",
    run,
};

fn run(call: &Call<'_>, words: &[String]) -> Result<Reply, AdrToolsError> {
    let options = match options::parse(words, "iop", Order::Mixed) {
        Ok(parsed) => parsed,
        Err(refused) => return Ok(refused.by_getopt("generate toc")),
    };
    let part = |letter| options.last(letter).filter(|path| !path.is_empty());
    let part = |letter| part(letter).map(|path| read(path, call.current)).transpose();
    let (intro, outro) = (part('i')?, part('o')?);
    let log = Log::find(call.current)?;
    let titled = |name: String| Ok((title::of(&log.glance(&name)?, &name), name));
    let decisions: Result<Vec<_>, AdrToolsError> =
        log.decisions()?.into_iter().map(titled).collect();
    let prefix = options.last('p').unwrap_or_default();
    Ok(Reply::says(toc::toc(&decisions?, prefix, intro.as_deref(), outro.as_deref())))
}

fn read(path: &str, current: &Path) -> Result<Vec<u8>, AdrToolsError> {
    let wrong = AdrToolsError::io("read", Path::new(path));
    if path == "-" {
        let mut bytes = Vec::new();
        return io::stdin().read_to_end(&mut bytes).map(|_| bytes).map_err(wrong);
    }
    std::fs::read(current.join(path)).map_err(wrong)
}
