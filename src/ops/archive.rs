//! `archive`: a page that nobody maintains is kept, and no longer an answer.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::inbox_branch::redacted_reason;
use super::review::Ground;
use super::{OpError, review};
use crate::corpus::{LinkGraph, Page, RootKind};
use crate::git::Message;
use crate::repo_path::RepoPath;
use crate::review::PageText;
use crate::workspace::Workspace;

/// What is archived.
#[derive(Debug, Clone)]
pub struct Options {
    /// A path, a title, `path#anchor`.
    pub page: String,
    /// Why.
    pub why: String,
    /// The page that takes its place.
    pub successor: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Archived {
    /// `prode.archive/v1`.
    pub schema: String,
    /// The page.
    pub path: String,
    /// Its status before.
    pub was: String,
    /// Why, redacted.
    pub why: String,
    /// The page that takes its place; null where none was named.
    pub successor: Option<String>,
    /// Pages that link to it still, ordered by path.
    pub linked_from: Vec<String>,
    /// Files that changed; empty where everything was so already.
    pub changed: Vec<String>,
}

/// Marks the page archived, and its successor as what replaces it: both, or neither.
///
/// # Errors
/// For a decision, a skill and a template, which end in other ways; where the
/// successor is the page itself, is archived, or is replaced by it.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Archived, OpError> {
    let why = redacted_reason(workspace, &options.why)?;
    let ground = Ground::on_disk(workspace)?;
    let page = ground.page(&options.page)?;
    expect_page(&ground, &page)?;
    let facts = ground.memory.facts(&page);
    let successor = options.successor.as_deref().map(|typed| ground.page(typed)).transpose()?;
    let mut files = BTreeMap::new();
    let before = ground.page_bytes(&page)?;
    let mut text = PageText::read(&page.path, &before)?;
    text.set("status", "archived")?;
    text.set("archived", &why)?;
    files.insert(page.path.clone(), (Some(before), text.bytes().to_vec()));
    if let Some(new) = &successor {
        expect_successor(&ground, &page, new)?;
        let before = ground.page_bytes(new)?;
        let mut text = PageText::read(&new.path, &before)?;
        text.add("supersedes", &page.path.text())?;
        files.insert(new.path.clone(), (Some(before), text.bytes().to_vec()));
    }
    let linked_from = linked_from(&ground, &page.path, successor.as_ref());
    let written = ground.write(review::Ground::changes(files), Message::default())?;
    Ok(Archived {
        schema: "prode.archive/v1".to_owned(),
        path: page.path.text().into_owned(),
        was: facts.status,
        why,
        successor: successor.map(|new| new.path.text().into_owned()),
        linked_from,
        changed: written.changed,
    })
}

fn expect_page(ground: &Ground<'_>, page: &Page) -> Result<(), OpError> {
    let path = page.path.cite_text();
    let is_template =
        ground.memory.roots().classify(&page.path).is_some_and(|it| it.kind == RootKind::Template);
    let hint = match (&page.adr, is_template) {
        (Some(record), _) => {
            let named = record.number.map_or_else(|| path.clone(), |number| number.to_string());
            format!(
                "a decision ends by another, or by being given up: prode adr supersede {named} NEW, or prode adr deprecate {named}"
            )
        }
        _ if page.skill.is_some() => {
            "a skill that nobody uses is removed: git rm -r its folder".to_owned()
        }
        (None, true) => "a template that nobody uses is removed: git rm it".to_owned(),
        (None, false) => return Ok(()),
    };
    Err(OpError::Invalid { message: format!("'{path}' is no page that is archived"), hint })
}

fn expect_successor(ground: &Ground<'_>, old: &Page, new: &Page) -> Result<(), OpError> {
    let refused =
        |message: String, hint: &str| Err(OpError::Invalid { message, hint: hint.to_owned() });
    let path = new.path.cite_text();
    if new.path == old.path {
        return refused(
            format!("'{path}' cannot take its own place"),
            "name another page, or none",
        );
    }
    if ground.memory.facts(new).archived {
        let hint = "name a page that is still an answer, or none";
        return refused(format!("'{path}' is archived itself"), hint);
    }
    if new.adr.is_some() || new.skill.is_some() {
        let hint = "link to it in the page, and say it in --why: only pages name what they replace";
        return refused(format!("'{path}' is no wiki page"), hint);
    }
    let replaces = |from: &Page, to: &RepoPath| {
        let names = from.front.supersedes.iter();
        let mut paths = names.filter_map(|name| RepoPath::new(name.trim_start_matches('/')).ok());
        paths.any(|path| path == *to)
    };
    if replaces(old, &new.path) {
        let hint = "take it out of 'supersedes' there first, or name another page";
        let (old, new) = (old.path.cite_text(), path);
        return refused(format!("'{old}' says that it replaces '{new}'"), hint);
    }
    Ok(())
}

/// Pages that still lead there; the successor may.
fn linked_from(ground: &Ground<'_>, path: &RepoPath, successor: Option<&Page>) -> Vec<String> {
    let graph = LinkGraph::of(&ground.catalogue);
    let others = graph.incoming(path).iter();
    let others = others.filter(|from| successor.is_none_or(|new| new.path != **from));
    others.map(|from| from.text().into_owned()).collect()
}
