//! What a page leaves behind so that the pages it names can find it.
//!
//! A trace follows from one page alone, so it can be kept with it. It says
//! what a link may mean, never less: who finds a page by its trace asks
//! [`resolve`](super::resolve) whether the link does lead there. Traces of
//! links and traces that lead to a page are made side by side here, since
//! each is right only beside the other.

use super::links::FRONT_PAGES;
use super::supersession::{linked, replaced, written_paths};
use super::{Page, folded_name, names_of};
use crate::adr::AdrRef;
use crate::document::{Link, LinkKind};
use crate::repo_path::RepoPath;

/// A kind of trace, and its value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trace {
    /// What it is left by.
    pub kind: TraceKind,
    /// A path as text, a folded name, or a decision's number.
    pub value: String,
}

/// What a trace is left by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TraceKind {
    /// A link by path.
    Path,
    /// A wikilink.
    Wiki,
    /// A mention of a decision.
    Mention,
    /// The word of a page that it replaced another.
    Replaces,
    /// The word of a decision that another replaced it.
    Replaced,
}

impl TraceKind {
    /// A short name, unlike any other's.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "to",
            Self::Wiki => "wiki",
            Self::Mention => "mention",
            Self::Replaces => "replaces",
            Self::Replaced => "replaced",
        }
    }

    fn of(self, value: impl Into<String>) -> Trace {
        Trace { kind: self, value: value.into() }
    }
}

/// All traces that `page` leaves, ordered, each once.
pub fn traces(page: &Page) -> Vec<Trace> {
    let links = page.links.iter().filter(|link| link.kind != LinkKind::Image);
    let mut traces: Vec<Trace> = links.flat_map(|link| of_link(page, link)).collect();
    let olds = page.front.supersedes.iter().flat_map(|old| written_paths(page, old));
    traces.extend(olds.map(|old| TraceKind::Replaces.of(old.text())));
    if let Some(record) = &page.adr {
        for old in replaced(record) {
            traces.extend(of_decision(page, old, TraceKind::Replaces));
        }
        if let Some(new) = &record.superseded_by {
            traces.extend(of_decision(page, new, TraceKind::Replaced));
        }
    }
    traces.sort_unstable();
    traces.dedup();
    traces
}

/// The traces of one link on the page `from`; none where it leads nowhere
/// else, or cannot be on a page.
pub(super) fn of_link(from: &Page, link: &Link) -> Vec<Trace> {
    match link.kind {
        LinkKind::Wiki => {
            let halves = link.target.split_once('|');
            let halves = halves.map_or([Some(link.target.as_str()), None], |(one, other)| {
                [Some(one), Some(other)]
            });
            let names = halves.into_iter().flatten().flat_map(of_wiki_name);
            names.map(|name| TraceKind::Wiki.of(name)).collect()
        }
        LinkKind::Adr => {
            let number = link.target.parse::<u32>().ok();
            number.map(|number| TraceKind::Mention.of(number.to_string())).into_iter().collect()
        }
        _ if link.is_external() || link.target.is_empty() => Vec::new(),
        _ => {
            let path = from.path.parent().join(&link.target);
            path.map(|path| TraceKind::Path.of(path.text())).into_iter().collect()
        }
    }
}

fn of_decision(page: &Page, named: &AdrRef, kind: TraceKind) -> Vec<Trace> {
    let path = linked(named).filter(|target| !target.is_empty());
    let path = path.and_then(|target| page.path.parent().join(target));
    let path = path.map(|path| kind.of(path.text()));
    path.into_iter().chain(named.number.map(|number| kind.of(number.to_string()))).collect()
}

/// Traces of which each page that may link to `page` has one.
pub(super) fn linking_to(page: &Page) -> Vec<Trace> {
    let mut traces: Vec<Trace> =
        paths_meaning(page).iter().map(|path| TraceKind::Path.of(path.text())).collect();
    let file = page.path.file_name();
    let names = names_of(page).into_iter().map(|name| last_part(&name));
    // The last is left by a name that ends with a folder (`[[..]]`).
    let names = names.chain([bare(&folded_name(&file)), String::new()]);
    traces.extend(names.map(|name| TraceKind::Wiki.of(name)));
    traces.extend(number_of(page).map(|number| TraceKind::Mention.of(number)));
    traces.sort_unstable();
    traces.dedup();
    traces
}

/// Traces of which each page has one that may say `kind` of `page`: that it
/// replaced it, or was replaced by it.
pub(super) fn saying(kind: TraceKind, page: &Page) -> Vec<Trace> {
    let paths = paths_meaning(page);
    let paths = paths.iter().map(|path| kind.of(path.text()));
    paths.chain(number_of(page).map(|number| kind.of(number))).collect()
}

/// All paths that mean the page: its own, that without the extension, and its
/// folder's where it is the folder's front page.
fn paths_meaning(page: &Page) -> Vec<RepoPath> {
    let path = &page.path;
    let mut paths = vec![path.clone()];
    paths.extend(path.as_bytes().strip_suffix(b".md").map(RepoPath::from_git));
    if FRONT_PAGES.contains(&&*path.file_name()) {
        paths.push(path.parent());
    }
    paths
}

fn number_of(page: &Page) -> Option<String> {
    Some(page.adr.as_ref()?.number?.to_string())
}

/// What the name of a wikilink may end with, folded. The name is a path, or a
/// title, or the end of a path; these part ways only where it ends oddly.
fn of_wiki_name(half: &str) -> Vec<String> {
    let name = half.split_once('#').map_or(half, |(name, _)| name).trim();
    if name.is_empty() {
        return Vec::new();
    }
    let without = name.strip_suffix(".md").unwrap_or(name);
    let of_path = name.rsplit('/').find(|part| !matches!(*part, "" | "."));
    let of_path = of_path.filter(|part| *part != "..").unwrap_or_default();
    let of_tail = without.rsplit('/').next().unwrap_or_default();
    let mut names = vec![
        bare(&folded_name(of_path)),
        last_part(&folded_name(without)),
        bare(&folded_name(of_tail)),
    ];
    names.sort_unstable();
    names.dedup();
    names
}

/// What stands behind the last slash of a folded name, bare.
fn last_part(folded: &str) -> String {
    bare(folded.rsplit('/').next().unwrap_or_default())
}

/// A folded name without the extension that may be left out. A letter that is
/// written otherwise at the end of a word is one letter, since the extension
/// hides that end.
fn bare(folded: &str) -> String {
    let mut name = folded.trim();
    while let Some(rest) = name.strip_suffix(".md") {
        name = rest.trim_end();
    }
    name.replace('ς', "σ")
}
