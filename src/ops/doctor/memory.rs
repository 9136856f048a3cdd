//! Rows about settings, pages and the index.

use super::Row;
use crate::corpus::OwnersDialect;
use crate::ops::config::Trouble;
use crate::ops::error::OpError;
use crate::ops::standing::{PagesOfRoot, counted, pages_of_roots, unowned};
use crate::workspace::{Memory, Workspace};

pub(super) fn rows(workspace: &Workspace, memory: &Memory) -> Vec<Row> {
    let mut rows = settings(memory);
    rows.push(roots(memory).unwrap_or_else(|error| Row::failed("roots", &error)));
    rows.push(owners(workspace, memory).unwrap_or_else(|error| Row::failed("owners", &error)));
    rows
}

fn settings(memory: &Memory) -> Vec<Row> {
    let repair = "mend that line; every key: prode config list --all";
    let row = |problem| Row::warning("settings", Trouble::of(problem).line_of_text(), repair);
    let mut rows: Vec<Row> = memory.problems.iter().map(row).collect();
    if rows.is_empty() {
        rows.push(Row::ok("settings", "understood"));
    }
    rows
}

fn roots(memory: &Memory) -> Result<Row, OpError> {
    let roots = pages_of_roots(memory)?;
    let pages: usize = roots.iter().map(|root| root.pages).sum();
    let shown: Vec<String> = roots.iter().map(PagesOfRoot::text).collect();
    let found = shown.join(", ");
    Ok(match pages {
        0 => Row::warning(
            "roots",
            "no page was found".to_owned(),
            "prode init, or name your folders in prode.yaml",
        ),
        _ => Row::ok("roots", found),
    })
}

fn owners(workspace: &Workspace, memory: &Memory) -> Result<Row, OpError> {
    let file = workspace.owners_file(memory);
    let source = match &file {
        Some(file) => {
            let dialect = match file.dialect {
                OwnersDialect::GitHub => "GitHub",
                OwnersDialect::GitLab => "GitLab",
            };
            format!("{} ({dialect} rules)", file.path.text())
        }
        None => "no CODEOWNERS".to_owned(),
    };
    let missing = unowned(memory)?;
    Ok(match missing {
        0 if memory.snapshot.is_empty() => Row::ok("owners", source),
        0 => Row::ok("owners", format!("{source}; every page has one")),
        _ => Row::warning(
            "owners",
            format!("{source}; {missing} of {} pages have none", memory.snapshot.len()),
            "add a line to CODEOWNERS, or owner: to the page",
        ),
    })
}

/// Where the index is, and whether it can be trusted.
pub(super) fn index_rows(workspace: &Workspace) -> Vec<Row> {
    let stats = workspace.index().stats();
    let Some(folder) = &stats.folder else {
        if workspace.repository().is_none() {
            return vec![Row::ok("index", "outside Git it lives in memory, for one command")];
        }
        let found = "nothing can be written: it lives in memory for one command";
        return vec![Row::warning(
            "index",
            found,
            "let yourself write to the Git folder or to your cache folder",
        )];
    };
    let place = folder.display();
    let soundness = workspace.index().verify();
    let mut rows: Vec<Row> = soundness
        .damage
        .iter()
        .map(|damage| {
            Row::error("index", format!("{damage} (in {place})"), "prode index --rebuild")
        })
        .collect();
    if !soundness.writable {
        let found =
            format!("{place} cannot be written: what is missing is indexed in memory each time");
        rows.push(Row::warning(
            "index",
            found,
            "give yourself write permission there, or delete it",
        ));
    } else if rows.is_empty() {
        let content = match soundness.checked {
            0 => "empty".to_owned(),
            checked => format!("{} sound, {}", counted(checked, "shard"), size(stats.bytes)),
        };
        rows.push(Row::ok("index", format!("{place}: {content}")));
    }
    rows
}

fn size(bytes: u64) -> String {
    match bytes / 1_000_000 {
        0 => "under 1 MB".to_owned(),
        megabytes => format!("{megabytes} MB"),
    }
}
