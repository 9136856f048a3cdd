//! Names on pages that the code had and has no more.
//!
//! One pass over the source files of the tree says which names of all pages are
//! there, in whatever notation. For those that are not, files are looked at as
//! they were when the page was reviewed, or when the name came to it, and only
//! files that differ since: what was never in the code is somebody else's name,
//! and what another file still has is not gone. What a file only used is no
//! evidence. How much is read has limits, and what they kept out is said.

mod past;
mod removal;
mod scan;
mod since;
mod tree;

use std::collections::{BTreeMap, HashSet};

use super::chronicle::{Chronicle, Reach, day_of};
use super::drift::Files;
use super::look::Look;
use super::skip::{Skip, skip};
use super::stamps::Reviews;
use crate::audit::{Flaw, Name, Role, is_record, names, said_gone};
use crate::corpus::{Facts, Page};
use crate::document;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;
use crate::review::Stamps;
use past::Gone;
use scan::Scans;

/// Names of one finding that are told apart.
const TOLD: usize = 3;

/// What is wrong with the names of pages.
#[derive(Default)]
pub(super) struct Names {
    flaws: BTreeMap<RepoPath, Vec<Flaw>>,
}

/// A page, and those of its names that no source file has.
pub(super) struct Missing<'a> {
    page: &'a Page,
    names: Vec<Name>,
}

/// What is asked about.
pub(super) struct Asked<'a> {
    pub(super) look: &'a Look<'a>,
    pub(super) chronicle: &'a Chronicle<'a>,
    pub(super) reviews: &'a Reviews<'a>,
    pub(super) aside: Option<&'a Stamps>,
    /// The step that is looked at, and what it reaches.
    pub(super) at: usize,
    pub(super) reach: &'a Reach,
}

impl Names {
    /// Looks for the names that each of `pages` has, and says what was not
    /// looked at.
    pub(super) fn of(
        asked: &Asked<'_>,
        files: &Files,
        pages: Vec<(&Page, Vec<Name>)>,
    ) -> Result<(Self, Vec<Skip>), OpError> {
        let mut skips = Vec::new();
        let mut found = Self::default();
        if asked.chronicle.repository.is_partial() {
            skips.push(skip(
                "names",
                "this clone is partial: source files cannot be looked through",
            ));
            return Ok((found, skips));
        }
        let has_names = pages.into_iter().filter(|(_, names)| !names.is_empty());
        let mut missing: Vec<Missing<'_>> =
            has_names.map(|(page, names)| Missing { page, names }).collect();
        let there = match tree::there(asked, files, &wanted(&missing))? {
            Ok(there) => there,
            Err(why) => {
                skips.push(skip("names", why));
                return Ok((found, skips));
            }
        };
        missing.retain_mut(|it| {
            it.names.retain(|name| !is_there(name, &there));
            if !it.names.is_empty() {
                let bytes = asked.chronicle.repository.blob(it.page.blob).unwrap_or_default();
                let gone = said_gone(&String::from_utf8_lossy(&bytes));
                it.names.retain(|name| !gone.contains(&name.page_key()));
            }
            !it.names.is_empty()
        });
        let mut scans = Scans::of(asked.chronicle.repository, &missing);
        let mut gone = past::gone(asked, &missing, &mut scans)?;
        if !gone.is_empty() {
            let keys = gone.iter().map(|it| missing[it.page].names[it.name].key).collect();
            let vendored = tree::vendored(asked, files, &keys)?;
            gone.retain(|it| !vendored.contains(&missing[it.page].names[it.name].key));
        }
        skips.extend(scans.cut_off().map(|why| skip("names", why)));
        found.tell(asked, &missing, &gone, &mut scans)?;
        Ok((found, skips))
    }

    /// Those of `page`.
    pub(super) fn flaws(&self, page: &RepoPath) -> Vec<Flaw> {
        self.flaws.get(page).cloned().unwrap_or_default()
    }

    /// Names that one commit took from one file are one flaw of a page.
    fn tell(
        &mut self,
        asked: &Asked<'_>,
        missing: &[Missing<'_>],
        gone: &[Gone],
        scans: &mut Scans<'_>,
    ) -> Result<(), OpError> {
        let mut groups: BTreeMap<(usize, usize, RepoPath), (Role, Vec<&str>)> = BTreeMap::new();
        for it in gone {
            let name = &missing[it.page].names[it.name];
            let Some((step, path)) = removal::of(asked, scans, it, name.key)? else { continue };
            if removal::may_live_on(asked, step) {
                continue;
            }
            let group = groups.entry((it.page, step, path)).or_insert((it.role, Vec::new()));
            group.0 = group.0.max(it.role);
            group.1.push(&name.text);
        }
        for ((page, step, path), (role, names)) in groups {
            let page = &missing[page].page.path;
            let shown: Vec<String> = names.iter().take(TOLD).map(|it| format!("'{it}'")).collect();
            let more = match names.len().saturating_sub(TOLD) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let (chronicle, shown) = (asked.chronicle, shown.join(", "));
            let message = format!(
                "it names {shown}{more}, which went from {path} on {} with {} by {}",
                day_of(chronicle.step(step)),
                chronicle.step(step).id.short(7),
                chronicle.author(step)
            );
            let settle = format!("edit {}", page.cite_text());
            let flaw = Flaw { message, settle, confidence: sure(role) };
            self.flaws.entry(page.clone()).or_default().push(flaw);
        }
        Ok(())
    }
}

/// How sure a name is that a file had as this, in per cent.
fn sure(role: Role) -> u8 {
    match role {
        Role::Made => 80,
        Role::Told => 70,
        Role::Set | Role::Used => 0,
    }
}

/// The names of a page that says how things are: a decision says how they were.
pub(super) fn of_page(page: &Page, facts: &Facts, bytes: &[u8]) -> Vec<Name> {
    if facts.archived
        || facts.draft
        || page.adr.is_some()
        || is_record(&page.path, &facts.status)
        || memchr::memchr2(b'`', b'\t', bytes).is_none()
    {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(bytes);
    let (document, _) = document::parse(&page.path, text.as_bytes());
    names(document.code.iter().filter_map(|span| {
        let range = usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?;
        text.get(range)
    }))
}

fn wanted(missing: &[Missing<'_>]) -> HashSet<u64> {
    let names = missing.iter().flat_map(|it| &it.names);
    names.flat_map(|name| std::iter::once(name.key).chain(name.others.iter().copied())).collect()
}

fn is_there(name: &Name, there: &HashSet<u64>) -> bool {
    there.contains(&name.key) || name.others.iter().any(|key| there.contains(key))
}
