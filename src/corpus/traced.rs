//! Which pages link to one, and which replaced which, asked of a page at a time.
//!
//! The answers are those of a [`LinkGraph`](super::LinkGraph) of all pages:
//! the pages whose traces may lead to the one that is asked for are read, and
//! their links resolved. Nothing else is.

use std::collections::BTreeMap;

use super::traces::{linking_to, of_link, saying};
use super::{Names, Page, Target, Trace, TraceKind, resolve, supersessions};
use crate::document::{Link, LinkKind};
use crate::repo_path::RepoPath;

/// Pages that are found by what they leave behind.
pub trait Traced: Names {
    /// All pages that left this trace.
    fn leaving(&self, trace: &Trace) -> Result<Vec<Self::Held<'_>>, Self::Error>;
}

/// A page that links to another.
#[derive(Debug, Clone)]
pub struct Incoming<H> {
    /// The page, as who was asked holds it.
    pub from: H,
    /// Those of its links that lead there, in the order of the page.
    pub links: Vec<Leading>,
}

/// A link on another page, and the section that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leading {
    /// Its place in that page's links.
    pub link: usize,
    /// The section that it names.
    pub anchor: Option<String>,
}

/// Pages that link to `page`, each once, ordered by path. Images are no links.
///
/// # Errors
/// If pages could not be looked up.
pub fn incoming<'a, T: Traced>(
    pages: &'a T,
    page: &Page,
) -> Result<Vec<Incoming<T::Held<'a>>>, T::Error> {
    let wanted = linking_to(page);
    let mut found = Vec::new();
    for (_, from) in leaving_any(pages, &wanted)? {
        let links = leading(pages, &from, page, &wanted)?;
        if from.path != page.path && !links.is_empty() {
            found.push(Incoming { from, links });
        }
    }
    Ok(found)
}

fn leading<T: Traced>(
    pages: &T,
    from: &Page,
    to: &Page,
    wanted: &[Trace],
) -> Result<Vec<Leading>, T::Error> {
    let may = |link: &Link| {
        link.kind != LinkKind::Image
            && of_link(from, link).iter().any(|trace| wanted.binary_search(trace).is_ok())
    };
    let mut leading = Vec::new();
    for (at, link) in from.links.iter().enumerate().filter(|(_, link)| may(link)) {
        match resolve(pages, from, link, &|_| false)? {
            Target::Page { path, anchor, .. } if path == to.path => {
                leading.push(Leading { link: at, anchor });
            }
            _ => {}
        }
    }
    Ok(leading)
}

/// The page that replaced the one at `path`. Where several claim it, the first
/// by path; the chain is not followed.
///
/// # Errors
/// If pages could not be looked up.
pub fn superseded_by<T: Traced>(pages: &T, path: &RepoPath) -> Result<Option<RepoPath>, T::Error> {
    let Some(page) = pages.page(path)? else { return Ok(None) };
    let mut stating = leaving_any(pages, &saying(TraceKind::Replaces, &page))?;
    stating.insert(path.clone(), page);
    for page in stating.into_values() {
        let stated = supersessions(pages, &page)?;
        if let Some((_, new)) = stated.into_iter().find(|(old, _)| old == path) {
            return Ok(Some(new));
        }
    }
    Ok(None)
}

/// The pages that the one at `path` replaced, ordered by path; what those
/// replaced is not followed.
///
/// # Errors
/// If pages could not be looked up.
pub fn replaced_by<T: Traced>(pages: &T, path: &RepoPath) -> Result<Vec<RepoPath>, T::Error> {
    let Some(page) = pages.page(path)? else { return Ok(Vec::new()) };
    let mut stating = leaving_any(pages, &saying(TraceKind::Replaced, &page))?;
    stating.insert(path.clone(), page);
    let mut olds = Vec::new();
    for page in stating.into_values() {
        let stated = supersessions(pages, &page)?;
        olds.extend(stated.into_iter().filter(|(_, new)| new == path).map(|(old, _)| old));
    }
    olds.sort_unstable();
    olds.dedup();
    let mut replaced = Vec::new();
    for old in olds {
        if superseded_by(pages, &old)?.as_ref() == Some(path) {
            replaced.push(old);
        }
    }
    Ok(replaced)
}

fn leaving_any<'a, T: Traced>(
    pages: &'a T,
    traces: &[Trace],
) -> Result<BTreeMap<RepoPath, T::Held<'a>>, T::Error> {
    let mut found = BTreeMap::new();
    for trace in traces {
        let leaving = pages.leaving(trace)?.into_iter();
        found.extend(leaving.map(|page| (page.path.clone(), page)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
