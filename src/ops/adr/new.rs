//! `adr new`: a decision under a number that nobody has.

use super::change::Change;
use super::decisions::{Decisions, Draft, peer};
use super::taken;
use super::template::{self, Values};
use crate::adr::{self, AdrStatus, AdrText, Format};
use crate::corpus::Page;
use crate::ids::BlobId;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// What is decided, and how it stands to others.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Its title; line ends become spaces.
    pub title: String,
    /// Decisions that it replaces.
    pub supersedes: Vec<String>,
    /// How it relates to others.
    pub links: Vec<NewLink>,
    /// A template of the repository, or `nygard`, `madr`, `log4brains`, `backlog`.
    pub template: Option<String>,
    /// The folder of the log; needed where there are several.
    pub log: Option<String>,
}

/// One `-l N:LINK:REVERSE`.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// The other decision.
    pub other: String,
    /// What the new one says.
    pub relation: String,
    /// What the other one says.
    pub reverse: String,
}

/// Makes the decision, and what its links need in other files: all or nothing.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Change, OpError> {
    let title = adr::clean_title(&options.title);
    if title.is_empty() {
        return Err(OpError::Invalid {
            message: "the title is empty".to_owned(),
            hint: "say what is decided: prode adr new 'Use PostgreSQL'".to_owned(),
        });
    }
    // Held until the file is on disk, where the next one sees its number.
    let _turn = workspace.numbering_turn()?;
    let decisions = Decisions::to_change(workspace)?;
    let log = log(&decisions, options.log.as_deref(), &|_| true)?;
    let text = first_text(&decisions, options, &log, &title)?;
    let mut drafts = vec![Draft::new(text)];
    for old in &options.supersedes {
        let (page, _) = decisions.find_in(old, Some(&log))?;
        if drafts.iter().any(|draft| *draft.text.path() == page.path) {
            continue;
        }
        let draft = replaces(&decisions, &mut drafts, page)?;
        drafts.extend(draft);
    }
    for link in &options.links {
        let (page, _) = decisions.find_in(&link.other, Some(&log))?;
        relates(&decisions, &mut drafts, page, link)?;
    }
    let record = drafts[0].text.record().clone();
    let path = drafts[0].text.path().clone();
    let changed = decisions.apply(drafts)?;
    let notes = unread(&decisions, &path, &log).into_iter().collect();
    let page = Page::oversize(path, BlobId([0; 20]), 0);
    Ok(Change { notes, ..Change::new("new", decisions.entry(&page, &record), changed) })
}

/// Folders that are a log as soon as they are there.
const FOUND: [&str; 5] = ["adr", "doc/adr", "docs/adr", "docs/decisions", "docs/adrs"];

/// What to do where the new file stands outside every root.
fn unread(decisions: &Decisions<'_>, path: &RepoPath, log: &RepoPath) -> Option<String> {
    let is_read = decisions.memory.roots().classify(path).is_some();
    (!is_read && !FOUND.contains(&&*log.text())).then(|| {
        format!("'{log}' is no root, so it is not read; add it to roots.adr in prode.yaml")
    })
}

/// The new file, not yet linked to any other.
fn first_text(
    decisions: &Decisions<'_>,
    options: &Options,
    log: &RepoPath,
    title: &str,
) -> Result<AdrText, OpError> {
    let asked = options.template.as_deref();
    let format = asked.and_then(template::format_named).or_else(|| decisions.usual_format(log));
    let format = format.unwrap_or_else(|| usual_of_none(decisions));
    let number = adr::next_number(taken::numbers(decisions, log)?);
    let paths: Vec<RepoPath> =
        decisions.of_log(log).into_iter().map(|(page, _)| page.path.clone()).collect();
    let today = decisions.workspace.clock().today();
    let name = adr::file_name(format, number, adr::digits(&paths), title, today);
    let path = log.join(name.as_bytes()).unwrap_or_default();
    let is_nygard = matches!(format, Format::Nygard | Format::Other);
    let status = if is_nygard { AdrStatus::Accepted } else { AdrStatus::Proposed };
    let values = Values { number, title, status: status.label(), date: today };
    let text = template::text(decisions, asked, format, &values)?;
    let mut text = AdrText::read(&path, text.as_bytes())?;
    if text.record().status.as_ref() != Some(&status) {
        text.write_status(status.label(), today)?;
    }
    Ok(text)
}

/// The log's folder: the one asked for, the only one of those that may be
/// meant, or a new one.
pub(super) fn log(
    decisions: &Decisions<'_>,
    asked: Option<&str>,
    may_be: &dyn Fn(&RepoPath) -> bool,
) -> Result<RepoPath, OpError> {
    if let Some(asked) = asked {
        let path = asked.trim_end_matches('/');
        if path == "." {
            return Ok(RepoPath::root());
        }
        return RepoPath::new(path).map_err(|error| OpError::Usage {
            message: error.to_string(),
            hint: "name a folder of this repository: --log doc/adr".to_owned(),
        });
    }
    let logs: Vec<RepoPath> = decisions.logs().into_iter().filter(|log| may_be(log)).collect();
    match logs.as_slice() {
        [] => Ok(RepoPath::from_git("adr")),
        [one] => Ok(one.clone()),
        several => {
            let names: Vec<_> = several.iter().map(|log| format!("--log {log}")).collect();
            Err(OpError::Usage {
                message: format!("there are {} decision logs", several.len()),
                hint: format!("choose one: {}", names.join(", ")),
            })
        }
    }
}

/// The format of a log that holds nothing yet.
fn usual_of_none(decisions: &Decisions<'_>) -> Format {
    let has = |name: &str| {
        let path = RepoPath::from_git(name);
        decisions.workspace.exists(&decisions.memory, &path)
    };
    if has(".log4brains.yml") {
        Format::Log4brains
    } else if has(".adr-dir") {
        Format::Nygard
    } else {
        Format::Madr
    }
}

/// In Nygard's format the new decision holds at once, and so does what it
/// does to the old one; elsewhere the old one waits until it is accepted.
fn replaces(
    decisions: &Decisions<'_>,
    drafts: &mut [Draft],
    old: &Page,
) -> Result<Option<Draft>, OpError> {
    let log = decisions.catalogue.log_of(&old.path);
    let spelling = decisions.spelling(&log);
    let mut draft = decisions.draft(old)?;
    let (seen_old, seen_new) =
        (peer(&drafts[0].text, &draft.text), peer(&draft.text, &drafts[0].text));
    let holds = drafts[0].text.record().status == Some(AdrStatus::Accepted);
    let checked = draft.text.supersede(&seen_new, spelling, decisions.workspace.clock().today());
    checked?;
    drafts[0].text.add_superseded(&seen_old, spelling)?;
    Ok(holds.then_some(draft))
}

fn relates(
    decisions: &Decisions<'_>,
    drafts: &mut Vec<Draft>,
    other: &Page,
    link: &NewLink,
) -> Result<(), OpError> {
    let known = drafts.iter().position(|draft| *draft.text.path() == other.path);
    let at = known.unwrap_or(drafts.len());
    if known.is_none() {
        drafts.push(decisions.draft(other)?);
    }
    let (seen_other, seen_new) =
        (peer(&drafts[0].text, &drafts[at].text), peer(&drafts[at].text, &drafts[0].text));
    drafts[0].text.add_link(&link.relation, &seen_other)?;
    drafts[at].text.add_link(&link.reverse, &seen_new)?;
    Ok(())
}
