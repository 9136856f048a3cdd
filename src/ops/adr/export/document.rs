//! The decisions of a log as one JSON document.

use super::Chosen;
use crate::corpus::Page;
use crate::ops::OpError;
use crate::ops::adr::decisions::Decisions;
use crate::ops::adr::exchange::Item;
use crate::ops::adr::exchange::json::{Decision, Export, JSON_ADR, Link};
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace};

/// The decisions as one JSON document.
pub fn json(workspace: &Workspace, asked: &Asked, log: Option<&str>) -> Result<Export, OpError> {
    let decisions = Decisions::open(workspace, asked)?;
    let chosen = Chosen::of(&decisions, log)?;
    let adrs = chosen.pages.iter().zip(&chosen.items);
    let adrs = adrs.map(|(page, item)| described(&decisions, page, item)).collect();
    Ok(Export {
        schema: "prode.adr_export/v1".to_owned(),
        version: JSON_ADR.to_owned(),
        commit: decisions.memory.revision.commit.map(|commit| commit.to_string()),
        adrs,
        skipped: chosen.skipped,
    })
}

fn described(decisions: &Decisions<'_>, page: &Page, item: &Item) -> Decision {
    let record = item.record();
    let entry = decisions.entry(page, page.adr.as_ref().unwrap_or(record));
    let sections = item.text.sections();
    let link = |kind: &str, path: &String| Link {
        kind: kind.to_owned(),
        target: RepoPath::new(path).ok().and_then(|path| crate::adr::number_of(&path)),
        path: Some(path.clone()),
    };
    let mut links: Vec<Link> =
        entry.supersedes.iter().map(|path| link("supersedes", path)).collect();
    links.extend(entry.superseded_by.iter().map(|path| link("superseded-by", path)));
    Decision {
        number: entry.number,
        title: entry.title,
        status: entry.status,
        date: entry.date,
        deciders: entry.deciders,
        consulted: page.front.list(&["consulted"]),
        informed: page.front.list(&["informed"]),
        tags: page.front.tags.clone(),
        path: Some(entry.path),
        format: Some(entry.format),
        log: Some(entry.log),
        context: sections.context,
        decision: sections.decision,
        consequences: sections.consequences,
        links,
        custom_sections: sections.others.into_iter().collect(),
        text: Some(String::from_utf8_lossy(item.text.bytes()).into_owned()),
    }
}
