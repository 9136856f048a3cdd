//! The decisions of one revision, found by what people type.

use crate::adr::{AdrRecord, AdrRef, AdrText, Format, Peer, Spelling};
use crate::corpus::{Catalogue, LookupError, Page, Reference, RootKind};
use crate::edits::FileChange;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};

/// Files that are read to learn how a log spells a word.
const READ_FOR_SPELLING: usize = 16;

/// The decisions of one revision.
pub(super) struct Decisions<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) memory: Memory,
    pub(super) catalogue: Catalogue,
}

/// One decision's file, about to change.
pub(super) struct Draft {
    before: Option<Vec<u8>>,
    pub(super) text: AdrText,
}

impl Draft {
    /// A file that is not there yet.
    pub(super) fn new(text: AdrText) -> Self {
        Self { before: None, text }
    }
}

impl<'a> Decisions<'a> {
    pub(super) fn open(workspace: &'a Workspace, asked: &Asked) -> Result<Self, OpError> {
        let memory = workspace.memory(asked)?;
        let catalogue = memory.catalogue()?;
        Ok(Self { workspace, memory, catalogue })
    }

    /// Those of the work tree, after an interrupted change was ended.
    pub(super) fn to_change(workspace: &'a Workspace) -> Result<Self, OpError> {
        let edits = workspace.edits()?;
        if edits.is_interrupted() {
            edits.recover()?;
        }
        Self::open(workspace, &Asked::WorkTree)
    }

    /// Every decision, ordered by log, number and path.
    pub(super) fn all(&self) -> Vec<(&Page, &AdrRecord)> {
        in_order(&self.catalogue)
    }

    /// Decisions of one log.
    pub(super) fn of_log(&self, log: &RepoPath) -> Vec<(&Page, &AdrRecord)> {
        let mut all = self.all();
        all.retain(|(page, _)| self.catalogue.log_of(&page.path) == *log);
        all
    }

    /// Every log: folders that settings or names make one, and folders that
    /// hold decisions. Ordered.
    pub(super) fn logs(&self) -> Vec<RepoPath> {
        let roots = self.memory.roots().all();
        let roots = roots.into_iter().filter(|root| root.kind == RootKind::Adr);
        let roots = roots.map(|root| root.path.clone());
        let pages = self.catalogue.pages().iter().filter(|page| page.adr.is_some());
        let mut logs: Vec<_> =
            roots.chain(pages.map(|page| self.catalogue.log_of(&page.path))).collect();
        logs.sort();
        logs.dedup();
        logs
    }

    /// The decision that `typed` names: `12`, `adr/12`, `<log>/12`, a path, a title.
    pub(super) fn find(&self, typed: &str) -> Result<(&Page, &AdrRecord), OpError> {
        self.find_in(typed, None)
    }

    /// The same, where a bare number is looked for in `log` first.
    pub(super) fn find_in(
        &self,
        typed: &str,
        log: Option<&RepoPath>,
    ) -> Result<(&Page, &AdrRecord), OpError> {
        let typed = typed.trim();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let written = match typed.rsplit_once('/') {
            None if is_number(typed) => {
                let own = typed.parse().ok().and_then(|number: u32| {
                    log.filter(|log| !self.catalogue.decisions(number, Some(log)).is_empty())
                });
                match own.filter(|log| !log.is_root()) {
                    Some(log) => format!("adr/{}/{typed}", log.cite_text()),
                    None => format!("adr/{typed}"),
                }
            }
            Some((log, number))
                if is_number(number) && log != "adr" && !log.starts_with("adr/") =>
            {
                format!("adr/{log}/{number}")
            }
            _ => typed.to_owned(),
        };
        let found = self.catalogue.find(&Reference::parse(&written)?);
        let found = match found {
            // What was made of it would tell nobody what was typed.
            Err(LookupError::Missing { near, .. }) => {
                return Err(OpError::NotFound {
                    message: format!("there is no decision '{typed}'"),
                    hint: near.first().map_or_else(
                        || "see the decisions: prode adr list".to_owned(),
                        |near| format!("did you mean '{near}'?"),
                    ),
                });
            }
            other => other?,
        };
        found.page.adr.as_ref().map(|record| (found.page, record)).ok_or_else(|| OpError::Invalid {
            message: format!("'{}' is no decision", found.page.path),
            hint: "see the decisions: prode adr list".to_owned(),
        })
    }

    /// The decision that one decision names.
    pub(super) fn resolve(&self, from: &Page, it: &AdrRef) -> Option<&Page> {
        let by_target = it.target.as_deref();
        let by_target =
            by_target.and_then(|target| self.catalogue.page(&beside(&from.path, target)?));
        by_target.or_else(|| {
            let log = self.catalogue.log_of(&from.path);
            match self.catalogue.decisions(it.number?, Some(&log)).as_slice() {
                [one] => Some(*one),
                _ => None,
            }
        })
    }

    /// The file of a decision, as it is on disk.
    pub(super) fn draft(&self, page: &Page) -> Result<Draft, OpError> {
        let read = self.workspace.page_at(&self.memory, &page.path)?;
        let bytes = read.and_then(|read| read.bytes).ok_or_else(|| OpError::File {
            path: page.path.cite_text(),
            reason: "it is too large to be edited, or went just now".to_owned(),
        })?;
        let text = AdrText::read(&page.path, &bytes)?;
        Ok(Draft { before: Some(bytes), text })
    }

    /// Makes every change, or none; the paths of those that are changes.
    pub(super) fn apply(&self, drafts: Vec<Draft>) -> Result<Vec<String>, OpError> {
        let changes: Vec<FileChange> = drafts
            .into_iter()
            .filter(|draft| draft.before.as_deref() != Some(draft.text.bytes()))
            .map(|Draft { before, text }| FileChange {
                path: text.path().clone(),
                before,
                after: Some(text.bytes().to_vec()),
            })
            .collect();
        self.workspace.edits()?.apply(&changes)?;
        Ok(changes.iter().map(|change| change.path.text().into_owned()).collect())
    }

    /// How `log` spells the word; as dictionaries do where it never did.
    pub(super) fn spelling(&self, log: &RepoPath) -> Spelling {
        let related = self
            .of_log(log)
            .into_iter()
            .filter(|(_, record)| record.superseded_by.is_some() || !record.supersedes.is_empty());
        let texts = related.take(READ_FOR_SPELLING).filter_map(|(page, _)| {
            let read = self.workspace.page_at(&self.memory, &page.path).ok()??;
            Spelling::of(&String::from_utf8_lossy(&read.bytes?))
        });
        texts.into_iter().next().unwrap_or_default()
    }

    /// The format that most decisions of `log` have; of equals the one that came last.
    pub(super) fn usual_format(&self, log: &RepoPath) -> Option<Format> {
        let mut counts: Vec<(Format, usize)> = Vec::new();
        for (_, record) in self.of_log(log) {
            match counts.iter_mut().find(|(format, _)| *format == record.format) {
                Some((_, count)) => *count += 1,
                None => counts.push((record.format, 1)),
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(format, _)| format)
    }
}

/// Every decision, ordered by log, number and path.
pub(super) fn in_order(catalogue: &Catalogue) -> Vec<(&Page, &AdrRecord)> {
    let pages = catalogue.pages().iter();
    let mut all: Vec<_> = pages.filter_map(|page| Some((page, page.adr.as_ref()?))).collect();
    all.sort_by_cached_key(|(page, record)| {
        (catalogue.log_of(&page.path), record.number, page.path.clone())
    });
    all
}

/// The path that a link's target on the page `from` leads to.
pub(super) fn beside(from: &RepoPath, target: &str) -> Option<RepoPath> {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    from.parent().join(percent_encoding::percent_decode_str(path).collect::<Vec<u8>>())
}

/// Another decision's file, as the text of one names it.
pub(super) fn peer(from: &AdrText, to: &AdrText) -> Peer {
    Peer::seen_from(from.path(), to.path(), to.record())
}
