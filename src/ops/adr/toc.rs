//! `adr toc`: a log's table of contents, printed or kept in its index page.

use super::decisions::Decisions;
use crate::edits::FileChange;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace};

/// What the kept table stands between.
const MARKS: (&str, &str) = ("<!-- adr-toc -->", "<!-- /adr-toc -->");
/// Pages that may hold the table, in the order in which they are looked for.
const PAGES: &[&str] = &["README.md", "index.md"];

/// Which log.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Its folder; all logs where none is named.
    pub log: Option<String>,
    /// Whether the table is kept in the log's page.
    pub write: bool,
}

/// One log's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The log's folder.
    pub log: String,
    /// Markdown, with a line end.
    pub markdown: String,
    /// The page that was changed; `None` where it was not, or not asked for.
    pub written: Option<String>,
}

/// Makes the tables, and writes them where that is asked.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Vec<Table>, OpError> {
    let decisions = if options.write {
        Decisions::to_change(workspace)?
    } else {
        Decisions::open(workspace, &Asked::WorkTree)?
    };
    let wanted = options.log.as_deref().map(|log| log.trim_end_matches('/'));
    let logs = decisions.logs().into_iter().filter(|log| wanted.is_none_or(|it| it == log.text()));
    let mut tables = Vec::new();
    let mut changes = Vec::new();
    for log in logs {
        let markdown = table(&decisions, &log);
        let change = if options.write { page(&decisions, &log, &markdown)? } else { None };
        let written = change.as_ref().map(|change| change.path.text().into_owned());
        changes.extend(change);
        tables.push(Table { log: log.text().into_owned(), markdown, written });
    }
    if let (Some(wanted), true) = (wanted, tables.is_empty()) {
        return Err(OpError::NotFound {
            message: format!("there is no decision log '{wanted}'"),
            hint: "see the logs: prode adr list".to_owned(),
        });
    }
    if options.write {
        workspace.edits()?.apply(&changes)?;
    }
    Ok(tables)
}

fn table(decisions: &Decisions<'_>, log: &RepoPath) -> String {
    let from = log.join("README.md").unwrap_or_default();
    let line = |(page, record): (&crate::corpus::Page, &crate::adr::AdrRecord)| {
        let name = record
            .number
            .map_or_else(|| record.title.clone(), |number| format!("{number}. {}", record.title));
        let name = name.replace('[', "\\[").replace(']', "\\]");
        let target = crate::adr::target(&from, &page.path);
        format!("* [{name}]({target})\n")
    };
    decisions.of_log(log).into_iter().map(line).collect()
}

/// The change of the log's page; `None` where it holds that table already.
fn page(
    decisions: &Decisions<'_>,
    log: &RepoPath,
    markdown: &str,
) -> Result<Option<FileChange>, OpError> {
    let mut found = None;
    for name in PAGES {
        let path = log.join(name).unwrap_or_default();
        let read = decisions.workspace.page_at(&decisions.memory, &path)?;
        if let Some(bytes) = read.and_then(|read| read.bytes) {
            found = Some((path, bytes));
            break;
        }
    }
    let Some((path, before)) = found else {
        let path = log.join(PAGES[0]).unwrap_or_default();
        let text =
            format!("# Architecture Decision Records\n\n{}\n{markdown}{}\n", MARKS.0, MARKS.1);
        return Ok(Some(FileChange { path, before: None, after: Some(text.into_bytes()) }));
    };
    let text = String::from_utf8(before.clone()).ok();
    let between = text.as_deref().and_then(|text| {
        let start = text.find(MARKS.0)? + MARKS.0.len();
        Some((start, start + text[start..].find(MARKS.1)?))
    });
    let (Some(text), Some((start, end))) = (text, between) else {
        return Err(OpError::Invalid {
            message: format!("'{path}' has no place for the table"),
            hint: format!("write these two lines where it should stand: {} {}", MARKS.0, MARKS.1),
        });
    };
    let newline = if text[..start].contains("\r\n") { "\r\n" } else { "\n" };
    let table = format!("{newline}{}", markdown.replace('\n', newline));
    let after = format!("{}{table}{}", &text[..start], &text[end..]).into_bytes();
    Ok((after != before).then_some(FileChange { path, before: Some(before), after: Some(after) }))
}
