//! `adr new`: the next decision, and what it replaces or relates to.

use super::{AdrToolsError, Call, Command, Reply};
use crate::adr_tools::editor;
use crate::adr_tools::log::{self, Log};
use crate::adr_tools::options::{self, Order, Parsed};
use crate::adr_tools::relations::{Drafts, Relation, target};
use crate::adr_tools::text::template::Template;
use crate::adr_tools::text::title::one_line;
use crate::adr_tools::text::{name, slug};
use crate::adr_tools::writing;

pub(super) const COMMAND: Command = Command {
    name: "new",
    help: "\
usage: adr new [-s SUPERSEDED] [-l TARGET:LINK:REVERSE-LINK] TITLE...

Writes the next decision, opens it in the editor that VISUAL names, else
EDITOR, and then prints its path. The words of TITLE need no quotes.

The text comes from the file that ADR_TEMPLATE names, else templates/template.md
in the folder of the decisions, else a template in the form that Michael Nygard
proposed. The words NUMBER, TITLE, DATE and STATUS in it are filled in. ADR_DATE
is the date if it is set, else the date is today's.

Options, each as often as needed, before the title:

-s SUPERSEDED   the new decision replaces this one; both say so, and the old
                one is no longer accepted
-l TARGET:LINK:REVERSE-LINK
                the new decision says LINK of TARGET, and TARGET says
                REVERSE-LINK of the new one

SUPERSEDED and TARGET are numbers or parts of file names.

    adr new Use MySQL Database
    adr new -s 12 Use PostgreSQL Database
    adr new -s 3 -s 4 -l \"5:Amends:Amended by\" Use one queue for all events
",
    run,
};

/// A decision that has no number yet.
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) template: Template,
    pub(super) relations: Vec<Relation>,
}

fn run(call: &Call<'_>, words: &[String]) -> Result<Reply, AdrToolsError> {
    let options = match options::parse(words, "sl", Order::First) {
        Ok(parsed) => parsed,
        Err(refused) => return Ok(refused.by_getopts("new")),
    };
    let title = one_line(&options.words.join(" "));
    if title.trim().is_empty() {
        return Ok(Reply::refuses("ERROR: no title given"));
    }
    let log = Log::find(call.current)?;
    let relations = relations(&options, &log)?;
    let template = template(call, &log)?;
    if !relations.is_empty() && !template.takes_links() {
        return Err(AdrToolsError::TemplateNoStatus);
    }
    let draft = Draft { title, template, relations };
    let path = log.shown_file(&create(call, &log, &draft)?);
    if let Some(editor) = &call.environment.editor {
        let code = editor::edit(editor, &path, call.current)?;
        if code != 0 {
            let told = format!("ERROR: the editor ended with {code}; the decision is {path}\n");
            return Ok(Reply { err: told.into(), code, ..Reply::default() });
        }
    }
    Ok(Reply::says(format!("{path}\n")))
}

/// Replaced decisions first, then the others, each in the order given.
fn relations(options: &Parsed, log: &Log) -> Result<Vec<Relation>, AdrToolsError> {
    if options.options.is_empty() {
        return Ok(Vec::new());
    }
    let names = log.decisions()?;
    let values = |letter| {
        options.options.iter().filter(move |(it, _)| *it == letter).map(|(_, value)| value)
    };
    let replaced = values('s').map(|reference| {
        let target = target(reference, log, &names)?.to_owned();
        let (forward, reverse) = ("Supercedes".to_owned(), "Superceded by".to_owned());
        Ok(Relation { target, forward, reverse, replaces: true })
    });
    let linked = values('l').map(|value| {
        let bad = || AdrToolsError::BadLink(value.clone());
        let mut parts = value.splitn(3, ':').map(|part| one_line(part).trim().to_owned());
        let mut part = || parts.next().filter(|part| !part.is_empty()).ok_or_else(bad);
        let (reference, forward, reverse) = (part()?, part()?, part()?);
        let target = target(&reference, log, &names)?.to_owned();
        Ok(Relation { target, forward, reverse, replaces: false })
    });
    replaced.chain(linked).collect()
}

fn template(call: &Call<'_>, log: &Log) -> Result<Template, AdrToolsError> {
    const OWN: &str = "templates/template.md";
    if let Some(path) = &call.environment.adr_template {
        let shown = path.to_string_lossy();
        return log::text(&call.current.join(path), &shown).map(Template::Own);
    }
    if log.file(OWN).is_file() {
        return log::text(&log.file(OWN), &log.shown_file(OWN)).map(Template::Own);
    }
    Ok(Template::Decision)
}

/// Writes the decision and what others say of it; its file name.
pub(super) fn create(call: &Call<'_>, log: &Log, draft: &Draft) -> Result<String, AdrToolsError> {
    let today = || call.clock.local_day().to_string();
    let date = call.environment.adr_date.clone().unwrap_or_else(today);
    let slug = slug::slug(&draft.title);
    log.create()?;
    let _held = log.hold();
    let mut number = log.next_number()?;
    loop {
        let name = name::of(number, &slug);
        let text = draft.template.filled(number, &draft.title, &one_line(&date));
        if written(log, &name, text, &draft.relations)? {
            return Ok(name);
        }
        number =
            number.checked_add(1).ok_or_else(|| AdrToolsError::NoNumber(log.shown().into()))?;
    }
}

/// False where something has the name already.
fn written(
    log: &Log,
    name: &str,
    text: String,
    relations: &[Relation],
) -> Result<bool, AdrToolsError> {
    let mut drafts = Drafts::new(log);
    drafts.add(name, text);
    for relation in relations {
        drafts.relate(name, relation)?;
    }
    let text = drafts.take(name);
    let staged = writing::stage(drafts.edits())?;
    if !writing::create(&log.file(name), &text)? {
        return Ok(false);
    }
    staged.apply().inspect_err(|_| drop(std::fs::remove_file(log.file(name))))?;
    Ok(true)
}
