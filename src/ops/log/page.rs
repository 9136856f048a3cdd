//! The commits that changed a page.

use std::collections::BTreeSet;

use super::{Change, Entry, Found, change_of, counts};
use crate::git::GitError;
use crate::ops::OpError;
use crate::ops::located::Located;
use crate::ops::past::{Behind, Version, own_text};
use crate::workspace::Workspace;

pub(super) fn walk(
    workspace: &Workspace,
    located: &Located,
    found: &mut Found<'_>,
) -> Result<(), OpError> {
    let start = found.past.start(located)?;
    if start.is_changed_on_disk {
        let entry = on_disk(workspace, located, start.version.as_ref(), found)?;
        if !found.add(entry) {
            return Ok(());
        }
    }
    // The newest first: whatever leads to a version was seen before it.
    let mut waiting: BTreeSet<Version> = start.version.into_iter().collect();
    while let Some(version) = waiting.pop_first() {
        let behind = found.past.behind(&version)?;
        match &behind {
            Behind::Same(older) => {
                waiting.insert(older.clone());
                continue;
            }
            Behind::Cut => {
                found.cut_at = Some(version);
                continue;
            }
            Behind::Nothing => found.born = Some(version.clone()),
            Behind::These(_) => {}
        }
        if !found.add(entry(found, &version, &behind)?) {
            return Ok(());
        }
        if let Behind::These(older) = behind {
            waiting.extend(older);
        }
    }
    Ok(())
}

fn on_disk(
    workspace: &Workspace,
    located: &Located,
    version: Option<&Version>,
    found: &Found<'_>,
) -> Result<Entry, OpError> {
    let nothing = || Ok(Some(b"".as_slice().into()));
    let old = version.map_or_else(nothing, |it| found.past.text_if_here(it))?;
    let [added, removed] = match (old, own_text(workspace, located)) {
        (Some(old), Ok(new)) => counts(&old, &new)?,
        _ => [None, None],
    };
    let path = located.page.path.text().into_owned();
    let change = match version {
        None => Change::Added,
        Some(it) if it.blob == located.page.blob => Change::Moved,
        Some(_) => Change::Changed,
    };
    let previous = version.map(|it| it.path.text().into_owned()).filter(|it| *it != path);
    Ok(Entry {
        commit: None,
        change,
        path,
        anchor: String::new(),
        previous_path: previous,
        previous_anchor: None,
        added,
        removed,
    })
}

fn entry(found: &Found<'_>, version: &Version, behind: &Behind) -> Result<Entry, GitError> {
    let older = match behind {
        Behind::These(older) => older.first(),
        _ => None,
    };
    let past = found.past;
    let [added, removed] = match older {
        Some(older) if older.blob == version.blob => [Some(0), Some(0)],
        _ => {
            let nothing = || Ok(Some(b"".as_slice().into()));
            let old = older.map_or_else(nothing, |older| past.text_if_here(older))?;
            match (old, past.text_if_here(version)?) {
                (Some(old), Some(new)) => counts(&old, &new)?,
                _ => [None, None],
            }
        }
    };
    let moved = older.filter(|older| older.path != version.path);
    Ok(Entry {
        commit: Some(past.commit(version)?),
        change: change_of(behind, version),
        path: version.path.text().into_owned(),
        anchor: String::new(),
        previous_path: moved.map(|older| older.path.text().into_owned()),
        previous_anchor: None,
        added,
        removed,
    })
}
