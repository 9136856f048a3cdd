//! `adr link`: two decisions that there are, linked both ways.

use super::{AdrToolsError, Call, Command, Reply};
use crate::adr_tools::log::Log;
use crate::adr_tools::relations::{Drafts, target};
use crate::adr_tools::text::title::one_line;
use crate::adr_tools::writing;

pub(super) const COMMAND: Command = Command {
    name: "link",
    help: "\
usage: adr link SOURCE LINK TARGET REVERSE-LINK

Writes a link into the Status section of either decision: SOURCE says LINK
of TARGET, and TARGET says REVERSE-LINK of SOURCE. SOURCE and TARGET are
numbers or parts of file names.

    adr link 12 Amends 10 \"Amended by\"
",
    run,
};

fn run(call: &Call<'_>, words: &[String]) -> Result<Reply, AdrToolsError> {
    let [source, forward, other, reverse] = four(words)?;
    let log = Log::find(call.current)?;
    let names = log.decisions()?;
    let (from, to) = (target(source, &log, &names)?, target(other, &log, &names)?);
    if from == to {
        return Err(AdrToolsError::ToItself(log.shown_file(from)));
    }
    let _held = log.hold();
    let mut drafts = Drafts::new(&log);
    drafts.link(from, &one_line(forward), to)?;
    drafts.link(to, &one_line(reverse), from)?;
    writing::stage(drafts.edits())?.apply()?;
    Ok(Reply::default())
}

fn four(words: &[String]) -> Result<[&String; 4], AdrToolsError> {
    let names = ["a SOURCE", "a LINK", "a TARGET", "a REVERSE-LINK"];
    let given = |at: usize, missing: &'static str| {
        let word = words.get(at).filter(|word| !word.trim().is_empty());
        word.ok_or(AdrToolsError::Missing { command: "link", missing })
    };
    if let Some(word) = words.get(names.len()) {
        return Err(AdrToolsError::TooMany { command: "link", word: word.clone() });
    }
    Ok([given(0, names[0])?, given(1, names[1])?, given(2, names[2])?, given(3, names[3])?])
}
