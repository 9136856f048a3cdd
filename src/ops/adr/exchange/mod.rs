//! Decisions that go from one place to another: into a log, or out of it.
//!
//! Every file has a path from the root of the disk, so that links between
//! folders, and out of the repository, are counted alike. What goes is worked
//! out whole, in memory; import and export write it each in their own way.

pub mod json;
mod links;
mod numbering;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::adr::{
    self, AdrRecord, AdrRef, AdrText, Converted, Format, Peer, Spelling, Target, convert,
};
use crate::ops::OpError;
use crate::repo_path::RepoPath;

pub(super) use numbering::{assign, free, name};
pub(super) use source::{Base, Found, NO_KEYS};

/// One decision on its way.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// As it is read, under its path from the disk's root.
    pub(super) text: AdrText,
    /// Tags that its place gives it: the package of a log4brains project.
    pub(super) tags: Vec<String>,
}

impl Item {
    pub(super) fn record(&self) -> &AdrRecord {
        self.text.record()
    }

    pub(super) fn old(&self) -> &RepoPath {
        self.text.path()
    }
}

/// Where a decision goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Goal {
    /// From the disk's root.
    pub(super) path: RepoPath,
    pub(super) number: Option<u32>,
    pub(super) format: Format,
    /// True where the file keeps its own bytes, save for names and numbers.
    pub(super) as_it_is: bool,
}

/// A link or mention that leads to nothing that goes along.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Loose {
    /// The file as it is read: from the folder that was named, or the top folder.
    pub path: String,
    /// 1-based line in it.
    pub line: u32,
    /// What is written there.
    pub text: String,
    /// Why it stays as it is.
    pub why: String,
}

/// A file that does not go along.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Which.
    pub path: String,
    /// Why.
    pub why: String,
    /// True if it may be a decision that nobody could read.
    pub unreadable: bool,
}

/// Reads `place`, a folder or a JSON document, with every file of it that does
/// not go along and why. `said` is the format of a folder's files, where
/// somebody says one.
pub(super) fn read(place: &Path, said: Option<Format>) -> Result<Found, OpError> {
    let shown = || place.display().to_string();
    let found = fs::metadata(place).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => OpError::NotFound {
            message: format!("'{}' does not exist", shown()),
            hint: "name the folder that holds the decisions".to_owned(),
        },
        _ => OpError::File { path: shown(), reason: error.to_string() },
    })?;
    let place = place.canonicalize().unwrap_or_else(|_| place.to_owned());
    if found.is_file() { json::read(&place) } else { source::read(&place, said) }
}

/// The new text of every item, in their order.
pub(super) fn rewrite(
    items: &[Item],
    goals: &[Goal],
    spelling: Spelling,
    is_reachable: &dyn Fn(&RepoPath) -> bool,
) -> Result<(Vec<String>, Vec<Loose>), adr::AdrEditError> {
    let mut anchors = Vec::new();
    for (item, goal) in items.iter().zip(goals) {
        let alone = |_: &AdrRef| None;
        let changed = if goal.as_it_is {
            BTreeMap::new()
        } else {
            converted(item, goal, spelling, &alone)?.anchors
        };
        anchors.push(changed);
    }
    let world = links::World { items, goals, anchors: &anchors, is_reachable };
    let (mut texts, mut loose) = (Vec::new(), Vec::new());
    for (at, goal) in goals.iter().enumerate() {
        let (text, left) = world.relink(at);
        loose.extend(left);
        if goal.as_it_is {
            texts.push(text);
            continue;
        }
        // Its own path is the new one from now on, and so are those it names.
        let moved = AdrText::read_as(&goal.path, text.as_bytes(), items[at].record().format)?;
        let peer = |it: &AdrRef| world.peer(at, it);
        let moved = Item { text: moved, tags: items[at].tags.clone() };
        texts.push(converted(&moved, goal, spelling, &peer)?.text);
    }
    loose.sort();
    loose.dedup();
    Ok((texts, loose))
}

/// One decision in the goal's format, with whatever it says of others as `peer` knows them.
pub(super) fn converted(
    item: &Item,
    goal: &Goal,
    spelling: Spelling,
    peer: &dyn Fn(&AdrRef) -> Option<Peer>,
) -> Result<Converted, adr::AdrEditError> {
    convert(
        &item.text,
        &Target {
            format: goal.format,
            path: &goal.path,
            number: goal.number,
            tags: &item.tags,
            spelling,
            peer,
        },
    )
}

/// A path of the disk, counted from its root.
pub(super) fn from_root(path: &Path) -> RepoPath {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.as_encoded_bytes().to_vec()),
        _ => None,
    });
    RepoPath::from_git(parts.collect::<Vec<_>>().join(&b'/'))
}
