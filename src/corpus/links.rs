//! Where a link leads inside one catalogue.

mod names;

use super::{Catalogue, Page};
use crate::document::{Link, LinkKind};
use crate::repo_path::RepoPath;

/// Files that a folder shows of itself, the first one wins.
const FRONT_PAGES: &[&str] = &["index.md", "README.md", "readme.md", "Home.md"];

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
        match link.kind {
            LinkKind::Wiki => self.resolve_wikilink(from, link, is_file),
            LinkKind::Adr => self.resolve_mention(from, link),
            _ if link.is_external() => Target::External,
            _ => self.resolve_path(from, &link.target, link.fragment.as_deref(), is_file),
        }
    }

    pub(super) fn resolve_path(
        &self,
        from: &Page,
        target: &str,
        fragment: Option<&str>,
        is_file: &dyn Fn(&RepoPath) -> bool,
    ) -> Target {
        if target.is_empty() {
            return to_page(from, fragment);
        }
        let Some(path) = from.path.parent().join(target) else {
            return missing(target, MissingReason::Outside);
        };
        if let Some(page) = self.page_for(&path) {
            return to_page(page, fragment);
        }
        if is_file(&path) {
            return Target::File(path);
        }
        let other = self.in_other_case(&path).first().map(|page| page.path.clone());
        let other = other.or_else(|| {
            let with_md = extended(&path, ".md");
            self.in_other_case(&with_md).first().map(|page| page.path.clone())
        });
        missing(path.text().as_ref(), other.map_or(MissingReason::NoFile, MissingReason::Case))
    }

    /// The page that a path means: itself, with its extension left out, or a
    /// folder's front page.
    fn page_for(&self, path: &RepoPath) -> Option<&Page> {
        let front = || FRONT_PAGES.iter().find_map(|name| self.page(&path.join(name)?));
        if path.is_root() {
            return front();
        }
        self.page(path).or_else(|| self.page(&extended(path, ".md"))).or_else(front)
    }
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
