//! The commits that changed a section's own lines.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Change, Entry, Found, counts};
use crate::git::GitError;
use crate::ops::OpError;
use crate::ops::located::Located;
use crate::ops::past::{Behind, Text, Version, behind, own_text};
use crate::workspace::Workspace;

/// Where a section stood: the version of its page, and its place there.
type Place = (Version, usize);

/// A section and its text, as one side of a change.
struct Side {
    text: Rc<Text>,
    section: usize,
    path: String,
}

impl Side {
    fn anchor(&self) -> &str {
        &self.text.headings[self.section].anchor
    }
}

pub(super) fn walk(
    workspace: &Workspace,
    located: &Located,
    section: usize,
    found: &mut Found<'_>,
) -> Result<(), OpError> {
    let start = found.past.start(located)?;
    let bytes = own_text(workspace, located)?;
    let text = Text::read(&located.page.path, bytes.into());
    let mut places = BTreeMap::new();
    match (start.version, start.is_changed_on_disk) {
        (Some(version), false) => _ = places.insert(version, section),
        (version, _) => {
            let path = located.page.path.text().into_owned();
            let new = Side { text: Rc::new(text), section, path };
            let older: Vec<Version> = version.into_iter().collect();
            let older = made_of(found, &new, &older)?;
            places.extend(older.followed);
            if let Some(entry) = older.change
                && !found.add(entry)
            {
                return Ok(());
            }
        }
    }
    while let Some((version, section)) = places.pop_first() {
        let older = match found.past.behind(&version)? {
            Behind::Same(older) => {
                places.insert(older, section);
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
        let text = read(found, &version)?;
        let path = version.path.text().into_owned();
        let made = made_of(found, &Side { text, section, path }, &older)?;
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

fn read(found: &Found<'_>, version: &Version) -> Result<Rc<Text>, GitError> {
    Ok(Rc::new(Text::read(&version.path, found.past.text(version)?)))
}

/// What a section was made of.
struct Made {
    /// Where it goes on.
    followed: Vec<Place>,
    /// The entry, as yet without its commit; `None` where nothing changed.
    change: Option<Entry>,
}

fn made_of(found: &Found<'_>, new: &Side, older: &[Version]) -> Result<Made, GitError> {
    let mut sides = Vec::new();
    for version in older {
        let text = read(found, version)?;
        let Some((section, is_same)) = behind(&new.text, new.section, &text)? else { continue };
        if is_same {
            let followed = vec![(version.clone(), section)];
            return Ok(Made { followed, change: None });
        }
        let path = version.path.text().into_owned();
        sides.push((version.clone(), Side { text, section, path }));
    }
    let old = sides.first().map(|(_, side)| side);
    let [added, removed] = counts(
        old.map(|it| it.text.section(it.section)).unwrap_or_default(),
        new.text.section(new.section),
    )?;
    let entry = Entry {
        commit: None,
        change: match sides.len() {
            0 => Change::Added,
            1 => Change::Changed,
            _ => Change::Merged,
        },
        path: new.path.clone(),
        anchor: new.anchor().to_owned(),
        previous_path: old.map(|it| it.path.clone()).filter(|it| *it != new.path),
        previous_anchor: old.map(|it| it.anchor().to_owned()).filter(|it| it != new.anchor()),
        added,
        removed,
    };
    let followed = sides.into_iter().map(|(version, side)| (version, side.section)).collect();
    Ok(Made { followed, change: Some(entry) })
}
