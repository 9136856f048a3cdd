//! Whether a place that looks like a decision's name means that decision.

use std::ops::Range;

use crate::adr::{By, Place, Renumbering};
use crate::corpus::{Page, Target};
use crate::document::{Destination, destinations};
use crate::git::hash_blob;
use crate::ops::adr::decisions::Decisions;
use crate::repo_path::RepoPath;

/// What a place means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The decision.
    It,
    /// It, or another one.
    Unclear,
    /// Its file on a forge, which does not follow.
    Address,
}

/// The decision whose places are looked for.
pub(super) struct Places<'a> {
    decisions: &'a Decisions<'a>,
    old: &'a RepoPath,
    number: u32,
    renumbering: &'a Renumbering,
    /// No other file has its name.
    is_only_name: bool,
}

impl<'a> Places<'a> {
    pub(super) fn new(
        decisions: &'a Decisions<'a>,
        old: &'a RepoPath,
        number: u32,
        renumbering: &'a Renumbering,
        files: &[RepoPath],
    ) -> Self {
        let same = files.iter().filter(|path| path.file_name() == old.file_name()).count();
        Self { decisions, old, number, renumbering, is_only_name: same == 1 }
    }

    /// Every place of the file `path` that means, or may mean, the decision.
    /// A link's destination is none: it follows as a link.
    pub(super) fn of(&self, path: &RepoPath, text: &str) -> Vec<(Place, Meaning)> {
        let is_own = path == self.old;
        if !is_own && !self.renumbering.may_be_in(text) {
            return Vec::new();
        }
        let places = self.renumbering.places(text, is_own);
        let links = if path.is_markdown() { destinations(text.as_bytes()) } else { None };
        let links = links.unwrap_or_default();
        let meaning = |place: &Place| match place.by {
            By::Itself => self.by_itself(path, text, place, &links, is_own),
            By::Name => self.by_name(path, text, &place.range, &links),
            By::Number => self.by_number(path, text, &place.range),
            By::Key => self.by_key(path, is_own),
        };
        places.into_iter().filter_map(|place| meaning(&place).map(|it| (place, it))).collect()
    }

    /// A link's text counts where the link leads to the file; else it is its
    /// own title.
    fn by_itself(
        &self,
        path: &RepoPath,
        text: &str,
        place: &Place,
        links: &[Destination],
        is_own: bool,
    ) -> Option<Meaning> {
        let around = links.iter().find(|it| {
            let span = it.link.span.start as usize..it.link.span.end as usize;
            span.contains(&place.range.start)
        });
        let leads = match around {
            Some(around) => {
                let read =
                    || Page::read(path.clone(), hash_blob(text.as_bytes()), text.as_bytes()).0;
                let page = self.decisions.catalogue.page(path).cloned().unwrap_or_else(read);
                let nothing = |_: &RepoPath| false;
                let target = self.decisions.catalogue.resolve(&page, &around.link, &nothing);
                matches!(target, Target::Page { path, .. } if path == *self.old)
            }
            None => is_own || !path.is_markdown(),
        };
        leads.then_some(Meaning::It)
    }

    fn by_name(
        &self,
        path: &RepoPath,
        text: &str,
        range: &Range<usize>,
        links: &[Destination],
    ) -> Option<Meaning> {
        let in_link = links
            .iter()
            .filter_map(|it| it.span)
            .any(|span| (span.start as usize..span.end as usize).contains(&range.start));
        if in_link || names_a_commit(&text[range.end..]) {
            return None;
        }
        let before = word_before(&text[..range.start]);
        if before.contains("://") {
            return Some(Meaning::Address);
        }
        let written = format!("{before}{}", self.old.file_name());
        let named = [RepoPath::root(), path.parent()];
        let is_it =
            |base: &RepoPath| base.join(written.trim_start_matches('/')).as_ref() == Some(self.old);
        if named.iter().any(is_it) || (self.is_only_name && self.ends_so(before)) {
            return Some(Meaning::It);
        }
        before.is_empty().then_some(Meaning::Unclear)
    }

    /// True if the decision's folder ends with the folders in `before`.
    fn ends_so(&self, before: &str) -> bool {
        let folder = format!("/{}/", self.old.parent().text());
        let plain: Vec<&str> =
            before.split('/').filter(|part| !["", ".", ".."].contains(part)).collect();
        plain.is_empty() || folder.ends_with(&format!("/{}/", plain.join("/")))
    }

    /// Front matter of a decision names those of its own log.
    fn by_key(&self, path: &RepoPath, is_own: bool) -> Option<Meaning> {
        let catalogue = &self.decisions.catalogue;
        let is_decision = catalogue.page(path).is_some_and(|page| page.adr.is_some());
        let log = catalogue.log_of(path);
        if !is_decision || log != catalogue.log_of(self.old) {
            return None;
        }
        let alone = is_own || catalogue.decisions(self.number, Some(&log)).len() == 1;
        Some(if alone { Meaning::It } else { Meaning::Unclear })
    }

    /// In a log its own decision is meant, elsewhere the only one of that
    /// number; a log that is named decides.
    fn by_number(&self, path: &RepoPath, text: &str, range: &Range<usize>) -> Option<Meaning> {
        let catalogue = &self.decisions.catalogue;
        if names_a_commit(&text[range.end..]) {
            return None;
        }
        let own = catalogue.log_of(self.old);
        let before = word_before(&text[..range.start]);
        let before = before.trim_end_matches('/');
        let named = before.strip_prefix("adr/").or(before.strip_prefix("adr:"));
        if let Some(named) = named.filter(|log| !log.is_empty()) {
            let is_own = named == own.text();
            let alone = catalogue.decisions(self.number, Some(&own)).len() == 1;
            return is_own.then_some(if alone { Meaning::It } else { Meaning::Unclear });
        }
        let near = catalogue.decisions(self.number, Some(&catalogue.log_of(path)));
        let meant = if near.is_empty() { catalogue.decisions(self.number, None) } else { near };
        let is_among = meant.iter().any(|page| page.path == *self.old);
        is_among.then_some(if meant.len() == 1 { Meaning::It } else { Meaning::Unclear })
    }
}

/// What stands right before, up to a blank, a quote or a bracket.
fn word_before(text: &str) -> &str {
    let is_end = |c: char| c.is_whitespace() || "\"'`<>()[]{}|,;=*".contains(c);
    let start = text.char_indices().rev().find(|(_, c)| is_end(*c));
    start.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// `#anchor@commit`, `@commit`: what was there then.
fn names_a_commit(after: &str) -> bool {
    let word = after.split(|c: char| c.is_whitespace() || "`\"')]".contains(c)).next();
    let commit = word.and_then(|word| word.rsplit_once('@')).map_or("", |(_, commit)| commit);
    let commit = commit.trim_end_matches(['.', ',', ';', ':']);
    (7..=40).contains(&commit.len()) && commit.bytes().all(|it| it.is_ascii_hexdigit())
}
