//! One public page with all that is shown of it.

use std::collections::{BTreeMap, BTreeSet};

use super::Material;
use crate::corpus::Page;
use crate::ops::adr::Entry as Decision;
use crate::ops::links::Links;
use crate::ops::log::Log;
use crate::ops::recent::Changed;
use crate::ops::show::{Around, Shown, told};
use crate::ops::{OpError, cite};
use crate::repo_path::RepoPath;

/// Commits beside a page.
const LAST: usize = 5;

/// One public page.
pub struct Reading<'a> {
    /// The page as the catalogue has it.
    pub page: &'a Page,
    /// What it says.
    pub shown: Shown,
    /// Where it leads, and what leads to it, among public pages.
    pub links: Links,
    /// Its last commits.
    pub log: Log,
    /// All of them that are told.
    pub history: Log,
    /// What it says as a decision.
    pub decision: Option<&'a Decision>,
}

impl Material {
    /// Reads the page at this place of `list`.
    ///
    /// # Errors
    /// Its bytes cannot be had.
    pub fn reading(&self, at: usize) -> Result<Reading<'_>, OpError> {
        let page = &self.catalogue.pages()[self.places[at]];
        let bytes = self.reader.own_bytes(page);
        if bytes.is_none() && page.size <= crate::document::MAX_BYTES {
            return Err(OpError::File {
                path: page.path.cite_text(),
                reason: format!("its content ({}) cannot be read", page.blob),
            });
        }
        let incoming = self.linked.incoming.get(&page.path).cloned().unwrap_or_default();
        let from: BTreeSet<&str> = incoming.iter().map(|it| it.path.as_str()).collect();
        let past = &self.pasts[at];
        // A commit of the page's own, so that a commit of another page changes nothing here.
        let held_by = past.held_by.or_else(|| self.commit.parse().ok());
        let around = Around {
            commit: held_by.map(|it| it.to_string()),
            worktree: false,
            memory: None,
            superseded_by: self.links.superseded_by(&page.path).map(|it| it.text().into_owned()),
            cite: cite(&page.path, "", held_by),
            backlinks: from.len(),
            files: page.skill.as_ref().map(|_| self.files_of(&page.path)).unwrap_or_default(),
        };
        let shown = told(page, None, self.facts[at].clone(), around, bytes);
        let history = self.log(at, &shown, usize::MAX);
        Ok(Reading {
            page,
            links: Links {
                schema: "prode.links/v1".to_owned(),
                commit: shown.commit.clone(),
                worktree: false,
                memory: None,
                path: shown.path.clone(),
                anchor: String::new(),
                title: shown.title.clone(),
                cite: shown.cite.clone(),
                outgoing: self.linked.outgoing[at].clone(),
                incoming,
                external: self.linked.external[at].clone(),
                supersedes: Vec::new(),
                superseded_by: self.successors(&page.path),
            },
            log: self.log(at, &shown, LAST),
            history,
            decision: self.by_path.get(&shown.path).map(|&at| &self.decisions.decisions[at]),
            shown,
        })
    }

    fn log(&self, at: usize, shown: &Shown, limit: usize) -> Log {
        let past = &self.pasts[at];
        Log {
            schema: "prode.log/v1".to_owned(),
            commit: shown.commit.clone(),
            worktree: false,
            path: shown.path.clone(),
            anchor: String::new(),
            title: shown.title.clone(),
            cite: shown.cite.clone(),
            entries: past.entries.iter().take(limit).cloned().collect(),
            more: past.more || past.entries.len() > limit,
            cut_at: None,
            earlier_page_until: None,
            notes: Vec::new(),
        }
    }

    /// What replaced a page, and what replaced that.
    fn successors(&self, path: &RepoPath) -> Vec<String> {
        let mut met = BTreeSet::from([path]);
        let mut found = Vec::new();
        let mut at = path;
        while let Some(next) = self.links.superseded_by(at).filter(|next| met.insert(next)) {
            found.push(next.text().into_owned());
            at = next;
        }
        found
    }

    /// The files of the package that a manifest stands for.
    fn files_of(&self, path: &RepoPath) -> Vec<String> {
        let at = self.skills.skills.iter().position(|it| it.path == path.text());
        let Some(package) = at.and_then(|at| self.packages.get(at)) else { return Vec::new() };
        package.files.iter().map(|it| format!("{}/{}", package.path, it.path)).collect()
    }

    /// The last changes as the front page tells them.
    pub fn recent(&self, limit: usize) -> Vec<Changed> {
        let entries: BTreeMap<&str, _> =
            self.list.pages.iter().map(|it| (it.path.as_str(), it)).collect();
        let told = self.latest.iter().take(limit).filter_map(|it| {
            let entry = entries.get(it.path.as_str())?;
            Some(Changed {
                path: it.path.clone(),
                title: entry.title.clone(),
                kind: entry.kind.clone(),
                commit: it.commit.clone(),
            })
        });
        told.collect()
    }

    /// When a page changed last; `None` where no commit of this history says.
    pub fn changed(&self, at: usize) -> Option<&str> {
        let entry = self.pasts[at].entries.first()?;
        entry.commit.as_ref().map(|commit| commit.date.as_str())
    }

    /// The titles and texts of a page's sections with their anchors, without the heading.
    pub fn sections<'a>(&'a self, reading: &'a Reading<'_>) -> Vec<(&'a str, &'a str, String)> {
        let (page, bytes) = (reading.page, &reading.shown.bytes);
        let ends = page.headings.iter().skip(1).map(|it| it.span.start as usize);
        let ends = ends.chain([bytes.len()]);
        let told = page.headings.iter().zip(ends).enumerate().map(|(at, (heading, end))| {
            let body = if at == 0 { page.front.body_start } else { 0 };
            let start = heading.span.start.max(body) as usize;
            let text = bytes.get(start..end).unwrap_or_default();
            let text = String::from_utf8_lossy(text).into_owned();
            let text = match text.split_once('\n') {
                Some((_, below)) if heading.level > 0 => below.to_owned(),
                _ if heading.level > 0 => String::new(),
                _ => text,
            };
            (heading.anchor.as_str(), heading.title.as_str(), text)
        });
        told.collect()
    }
}
