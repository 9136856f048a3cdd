//! Where a link leads inside one catalogue.

mod names;

use super::{Catalogue, Names, Page};
use crate::document::{Link, LinkKind};
use crate::repo_path::RepoPath;

/// Files that a folder shows of itself, the first one wins.
pub(super) const FRONT_PAGES: &[&str] = &["index.md", "README.md", "readme.md", "Home.md"];

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page.
    Page {
        /// Which one.
        path: RepoPath,
        /// The section that the link names.
        anchor: Option<String>,
        /// False if the page has no such section; true where none is named.
        anchor_found: bool,
    },
    /// A file or folder that is no page.
    File(RepoPath),
    /// Out of the repository.
    External,
    /// Nowhere.
    Missing {
        /// What the link names, as it was looked for.
        wanted: String,
        /// Why it leads nowhere.
        reason: MissingReason,
    },
    /// Several pages have the name.
    Ambiguous(Vec<RepoPath>),
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissingReason {
    /// No file is there.
    NoFile,
    /// A file is there whose name differs in case alone.
    Case(RepoPath),
    /// It climbs out of the repository.
    Outside,
    /// No page has the name.
    NoName,
    /// No decision has the number.
    NoDecision,
}

impl Catalogue {
    /// Where `link` on the page `from` leads. `is_file` says whether a file or
    /// folder that is no page is in the tree.
    pub fn resolve(&self, from: &Page, link: &Link, is_file: &dyn Fn(&RepoPath) -> bool) -> Target {
        let Ok(target) = resolve(self, from, link, is_file);
        target
    }
}

/// The same for whoever holds the pages.
///
/// # Errors
/// If pages could not be looked up.
pub fn resolve<N: Names>(
    pages: &N,
    from: &Page,
    link: &Link,
    is_file: &dyn Fn(&RepoPath) -> bool,
) -> Result<Target, N::Error> {
    match link.kind {
        LinkKind::Wiki => names::resolve_wikilink(pages, from, link, is_file),
        LinkKind::Adr => names::resolve_mention(pages, from, link),
        _ if link.is_external() => Ok(Target::External),
        _ => resolve_path(pages, from, (&link.target, link.fragment.as_deref()), is_file),
    }
}

/// Where a path and a fragment on the page `from` lead.
pub(super) fn resolve_path<N: Names>(
    pages: &N,
    from: &Page,
    (target, fragment): (&str, Option<&str>),
    is_file: &dyn Fn(&RepoPath) -> bool,
) -> Result<Target, N::Error> {
    if target.is_empty() {
        return Ok(to_page(from, fragment));
    }
    let Some(path) = from.path.parent().join(target) else {
        return Ok(missing(target, MissingReason::Outside));
    };
    if let Some(page) = page_for(pages, &path)? {
        return Ok(to_page(&page, fragment));
    }
    if is_file(&path) {
        return Ok(Target::File(path));
    }
    let other = match in_other_case(pages, &path)? {
        None => in_other_case(pages, &extended(&path, ".md"))?,
        found => found,
    };
    let reason = other.map_or(MissingReason::NoFile, MissingReason::Case);
    Ok(missing(path.text().as_ref(), reason))
}

fn in_other_case<N: Names>(pages: &N, path: &RepoPath) -> Result<Option<RepoPath>, N::Error> {
    Ok(pages.in_other_case(path)?.first().map(|page| page.path.clone()))
}

/// The page that a path means: itself, with its extension left out, or a
/// folder's front page.
fn page_for<'a, N: Names>(pages: &'a N, path: &RepoPath) -> Result<Option<N::Held<'a>>, N::Error> {
    if !path.is_root() {
        for path in [path, &extended(path, ".md")] {
            if let Some(page) = pages.page(path)? {
                return Ok(Some(page));
            }
        }
    }
    for name in FRONT_PAGES {
        if let Some(path) = path.join(name)
            && let Some(page) = pages.page(&path)?
        {
            return Ok(Some(page));
        }
    }
    Ok(None)
}

fn to_page(page: &Page, fragment: Option<&str>) -> Target {
    let anchor = fragment.filter(|fragment| !fragment.is_empty());
    Target::Page {
        path: page.path.clone(),
        anchor: anchor.map(str::to_owned),
        anchor_found: anchor.is_none_or(|anchor| has_anchor(page, anchor)),
    }
}

/// Forges accept a fragment in any case, and `#top` on every page.
fn has_anchor(page: &Page, anchor: &str) -> bool {
    let known = |heading: &super::Heading| {
        !heading.anchor.is_empty() && heading.anchor == anchor.to_lowercase()
    };
    anchor.eq_ignore_ascii_case("top") || page.headings.iter().any(known)
}

fn extended(path: &RepoPath, suffix: &str) -> RepoPath {
    RepoPath::from_git([path.as_bytes(), suffix.as_bytes()].concat())
}

fn missing(wanted: &str, reason: MissingReason) -> Target {
    Target::Missing { wanted: wanted.to_owned(), reason }
}

#[cfg(test)]
mod tests;
