//! Everything that has an address, in one order.

use std::ops::ControlFlow;

use super::uri::{Uri, is_name};
use crate::corpus::{Found, Named, Page, Reference, find};
use crate::hint::Helpful as _;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Lookups, Memory, Workspace};

/// One resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its one address in lists; every page is also found by `wiki://path`.
    pub uri: Uri,
    /// Where it stands.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Kind and owner, in words.
    pub about: String,
    /// Size in bytes.
    pub size: u64,
}

/// Some of all resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The commit that was answered for; `None` for files outside Git.
    pub commit: Option<crate::ids::CommitId>,
    /// How many there are.
    pub total: u64,
    /// Those from the offset on, ordered by path.
    pub items: Vec<Item>,
    /// Where the next ones begin, if there are more.
    pub next: Option<usize>,
}

/// The resources from `offset` on, at most `limit`.
pub fn list(
    workspace: &Workspace,
    asked: &Asked,
    offset: usize,
    limit: usize,
) -> Result<Listing, OpError> {
    let memory = workspace.memory(asked)?;
    let (mut at, mut heads) = (0, Vec::new());
    memory.snapshot.each_below(&RepoPath::root(), &mut |head, _| {
        if at >= offset {
            heads.push(head);
        }
        at += 1;
        // One more than is wanted, to know whether there is one.
        if heads.len() > limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    let next = (heads.len() > limit).then_some(offset + limit);
    let pages = memory.lookups();
    let item = |head: u32| -> Result<Item, OpError> {
        let page = memory.snapshot.page(head)?;
        item(&memory, &pages, &page)
    };
    let items = heads.into_iter().take(limit).map(item).collect::<Result<_, _>>()?;
    let (commit, total) = (memory.revision.commit, memory.snapshot.len());
    Ok(Listing { commit, total, items, next })
}

fn item(memory: &Memory, pages: &Lookups<'_>, page: &Page) -> Result<Item, OpError> {
    let facts = memory.facts(page);
    let owner = match facts.owner.as_slice() {
        [] => String::new(),
        owners => format!(", owner {}", owners.join(", ")),
    };
    let stale = if facts.stale { ", stale" } else { "" };
    Ok(Item {
        uri: address(memory, pages, page)?,
        path: page.path.text().into_owned(),
        title: page.title.clone(),
        about: format!("{}, {}{stale}{owner}", facts.kind, facts.status),
        size: page.size,
    })
}

/// By number or name where that means this page and no other, else by path.
fn address(memory: &Memory, pages: &Lookups<'_>, page: &Page) -> Result<Uri, OpError> {
    let by_path = || Uri::Page(page.path.clone());
    if let Some(name) = skill_name(memory, page)
        && is_it(pages, Named::Skill(name.to_owned()), page)?
    {
        return Ok(Uri::manifest(name));
    }
    let Some(number) = page.adr.as_ref().and_then(|adr| adr.number) else { return Ok(by_path()) };
    let decision = Named::Decision { root: None, number };
    Ok(if is_it(pages, decision, page)? { Uri::Decision(number) } else { by_path() })
}

/// The name of the skill whose manifest `page` is, where an address can hold it. A
/// manifest at the top of the repository has no package of its own.
pub(super) fn skill_name<'a>(memory: &Memory, page: &'a Page) -> Option<&'a str> {
    let place = memory.roots().classify(&page.path)?;
    let name = &page.skill.as_ref()?.name;
    let is_one = place.is_manifest(&page.path) && !page.path.parent().is_root();
    (is_one && is_name(name)).then_some(name)
}

/// Whether a name means exactly this page.
fn is_it(pages: &Lookups<'_>, what: Named, page: &Page) -> Result<bool, OpError> {
    match named(pages, what) {
        Ok(found) => Ok(found.path == page.path),
        Err(OpError::Lookup(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The page that a name means.
pub(super) fn named(pages: &Lookups<'_>, what: Named) -> Result<Page, OpError> {
    let reference = Reference { memory: None, what, anchor: None, commit: None };
    let Found { page, .. } = find::<_, OpError>(pages, &reference)?;
    Ok(Page::clone(&page))
}

/// The same for somebody who is told what else there is.
pub(super) fn named_or_told(pages: &Lookups<'_>, what: Named) -> Result<Page, OpError> {
    named(pages, what).map_err(|error| match error {
        OpError::Lookup(lookup) if lookup.hints().is_empty() => OpError::NotFound {
            message: lookup.to_string(),
            hint: "list the resources, or find it by its words: query".to_owned(),
        },
        other => other,
    })
}
