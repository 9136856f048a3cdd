//! One decision, shown alike whatever its format.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::Decisions;
use crate::adr::{AdrRecord, AdrRef};
use crate::corpus::Page;
use crate::repo_path::RepoPath;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Where it stands.
    pub path: String,
    /// The folder of its log; `.` is the top folder.
    pub log: String,
    /// Its number; null where its format has none.
    pub number: Option<u32>,
    /// Without its number.
    pub title: String,
    /// `draft`, `proposed`, `accepted`, `rejected`, `deprecated`, `superseded`;
    /// an unknown one as it is written; null where the file states none.
    pub status: Option<String>,
    /// The day it was decided or last changed, as the file says.
    pub date: Option<String>,
    /// `nygard`, `madr`, `log4brains`, `backlog` or `other`.
    pub format: String,
    /// Who decided.
    pub deciders: Vec<String>,
    /// Paths of the decisions that it replaces; as written where there is no such file.
    pub supersedes: Vec<String>,
    /// Path of the decision that replaces it, likewise.
    pub superseded_by: Option<String>,
}

impl Entry {
    /// `ADR-3`, else the path: what a person calls it.
    pub fn name(&self) -> String {
        self.number.map_or_else(|| self.path.clone(), |number| format!("ADR-{number}"))
    }
}

impl Decisions<'_> {
    /// The decision on `page`; `record` is what it says.
    pub(super) fn entry(&self, page: &Page, record: &AdrRecord) -> Entry {
        let log = self.catalogue.log_of(&page.path);
        Entry::new(&page.path, &log, record, |it| Some(&self.resolve(page, it)?.path))
    }
}

impl Entry {
    /// The decision at `path`; `resolve` gives the path of one that it names.
    pub(super) fn new<'a>(
        path: &RepoPath,
        log: &RepoPath,
        record: &AdrRecord,
        resolve: impl Fn(&AdrRef) -> Option<&'a RepoPath>,
    ) -> Self {
        let named = |it: &AdrRef| match resolve(it) {
            Some(found) => found.text().into_owned(),
            None => match (&it.target, it.number) {
                (Some(target), _) => target.clone(),
                (None, Some(number)) => format!("ADR-{number}"),
                (None, None) => String::new(),
            },
        };
        Self {
            path: path.text().into_owned(),
            log: if log.is_root() { ".".to_owned() } else { log.text().into_owned() },
            number: record.number,
            title: record.title.clone(),
            status: record.status.as_ref().map(|status| status.label().to_owned()),
            date: record.date.map(|date| date.to_string()),
            format: record.format.name().to_owned(),
            deciders: record.deciders.clone(),
            supersedes: record.supersedes.iter().map(named).collect(),
            superseded_by: record.superseded_by.as_ref().map(named),
        }
    }
}
