//! The commits that changed a section's own lines.
//!
//! Most commits of a page leave a section alone. Which ones, its lines tell;
//! only a version in which some of them came or went is understood as Markdown.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::{Change, Entry, Found, counts};
use crate::git::hunks;
use crate::ops::OpError;
use crate::ops::compare::is_same;
use crate::ops::located::Located;
use crate::ops::past::{Behind, Text, Version, counterpart, own_text, untouched};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// A version of the page and the section's lines in it, from 0.
type Place = (Version, Range<usize>);

/// The newer side of a change.
struct New {
    path: RepoPath,
    bytes: Rc<[u8]>,
    lines: Range<usize>,
}

pub(super) fn walk(
    workspace: &Workspace,
    located: &Located,
    section: usize,
    found: &mut Found<'_>,
) -> Result<(), OpError> {
    let start = found.past.start(located)?;
    let bytes: Rc<[u8]> = own_text(workspace, located)?.into();
    let path = located.page.path.clone();
    let lines = Text::read(&path, Rc::clone(&bytes)).lines(section);
    let mut places = BTreeMap::new();
    if let Some(version) = start.version.clone().filter(|_| !start.is_changed_on_disk) {
        places.insert(version, lines);
    } else {
        let older: Vec<Version> = start.version.into_iter().collect();
        let made = made_of(found, &New { path, bytes, lines }, &older)?;
        places.extend(made.followed);
        if !made.change.is_none_or(|entry| found.add(entry)) {
            return Ok(());
        }
    }
    while let Some((version, lines)) = places.pop_first() {
        let older = match found.past.behind(&version)? {
            Behind::Same(older) => {
                places.insert(older, lines);
                continue;
            }
            Behind::Cut => {
                found.cut_at = Some(version);
                continue;
            }
            Behind::Nothing => {
                found.born = Some(version.clone());
                Vec::new()
            }
            Behind::These(older) => older,
        };
        let (path, bytes) = (version.path.clone(), found.past.text(&version)?);
        let made = made_of(found, &New { path, bytes, lines }, &older)?;
        places.extend(made.followed);
        if let Some(mut entry) = made.change {
            entry.commit = Some(found.past.commit(&version)?);
            if !found.add(entry) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What a section was made of.
#[derive(Default)]
struct Made {
    /// Where it goes on.
    followed: Vec<Place>,
    /// The entry, as yet without its commit; `None` where nothing changed.
    change: Option<Entry>,
}

/// The older side of a change.
struct Old {
    version: Version,
    text: Text,
    section: usize,
}

fn made_of(found: &Found<'_>, new: &New, older: &[Version]) -> Result<Made, OpError> {
    let same =
        |version: &Version, lines| Made { followed: vec![(version.clone(), lines)], change: None };
    let mut differing = Vec::new();
    for version in older {
        let bytes = found.past.text(version)?;
        let hunks = hunks(&bytes, &new.bytes, 0)?;
        if let Some(lines) = untouched(&hunks, &new.lines) {
            return Ok(same(version, lines));
        }
        differing.push((version, bytes, hunks));
    }
    let text = Text::read(&new.path, Rc::clone(&new.bytes));
    // What was a heading in newer versions may have stood in code here.
    let Some(section) = text.on_line(new.lines.start) else { return Ok(Made::default()) };
    let mut olds = Vec::new();
    for (version, bytes, hunks) in differing {
        let old = Text::read(&version.path, bytes);
        let Some(at) = counterpart(&text, section, &old, &hunks) else { continue };
        if is_same(text.section(section), old.section(at)) {
            return Ok(same(version, old.lines(at)));
        }
        olds.push(Old { version: version.clone(), text: old, section: at });
    }
    let change = Some(entry(new, &text, section, &olds)?);
    let followed = olds.into_iter().map(|old| (old.version, old.text.lines(old.section)));
    Ok(Made { followed: followed.collect(), change })
}

fn entry(new: &New, text: &Text, section: usize, olds: &[Old]) -> Result<Entry, OpError> {
    let old = olds.first();
    let before = old.map(|it| it.text.section(it.section)).unwrap_or_default();
    let [added, removed] = counts(before, text.section(section))?;
    let (path, anchor) = (&new.path, &text.headings[section].anchor);
    let moved = old.map(|it| &it.version.path).filter(|it| *it != path);
    let reworded = old.map(|it| &it.text.headings[it.section].anchor).filter(|it| *it != anchor);
    Ok(Entry {
        commit: None,
        change: match olds.len() {
            0 => Change::Added,
            1 => Change::Changed,
            _ => Change::Merged,
        },
        path: path.text().into_owned(),
        anchor: anchor.clone(),
        previous_path: moved.map(|it| it.text().into_owned()),
        previous_anchor: reworded.cloned(),
        added,
        removed,
    })
}
