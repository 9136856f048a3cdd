//! Links by name: wikilinks and mentions of decisions.

use super::{MissingReason, Target, extended, missing, to_page};
use crate::corpus::{Names, Page, WikilinkOrder, folded_name};
use crate::document::Link;
use crate::repo_path::RepoPath;

/// `[[Page]]`, `[[Page|Text]]` or `[[Text|Page]]`, `[[Page#Section]]`.
pub(super) fn resolve_wikilink<N: Names>(
    pages: &N,
    from: &Page,
    link: &Link,
    is_file: &dyn Fn(&RepoPath) -> bool,
) -> Result<Target, N::Error> {
    let order = pages.rules().wikilinks.order_in(&from.path);
    let half = match (link.target.split_once('|'), order) {
        (Some((_, half)), WikilinkOrder::TextFirst)
        | (Some((half, _)), WikilinkOrder::PageFirst) => half,
        (None, _) => &link.target,
    };
    let (name, section) = match half.split_once('#') {
        Some((name, section)) => (name.trim(), Some(section.trim())),
        None => (half.trim(), link.fragment.as_deref()),
    };
    if name.is_empty() {
        return Ok(to_section(from, section));
    }
    Ok(match wiki_page(pages, from, name)?.as_slice() {
        [] => wiki_file(from, name, is_file),
        [page] => to_section(page, section),
        several => Target::Ambiguous(several.iter().map(|it| it.path.clone()).collect()),
    })
}

/// The page that stands nearest wins: beside the link, then at that path
/// from the top or the root, then by name anywhere.
fn wiki_page<'a, N: Names>(
    pages: &'a N,
    from: &Page,
    name: &str,
) -> Result<Vec<N::Held<'a>>, N::Error> {
    let root = pages.rules().roots.classify(&from.path).map(|place| place.root);
    let folders = [Some(from.path.parent()), root, Some(RepoPath::root())];
    for folder in folders.into_iter().flatten() {
        let path = folder.join(name).filter(|path| !path.is_root());
        let dashed = folder.join(name.replace(' ', "-"));
        let Some((path, dashed)) = path.zip(dashed) else { continue };
        for path in [&path, &extended(&path, ".md"), &dashed, &extended(&dashed, ".md")] {
            if let Some(page) = pages.page(path)? {
                return Ok(vec![page]);
            }
        }
    }
    by_name_or_tail(pages, name)
}

/// `folder/Name` names the pages called `Name` whose path ends so.
fn by_name_or_tail<'a, N: Names>(pages: &'a N, name: &str) -> Result<Vec<N::Held<'a>>, N::Error> {
    let name = name.strip_suffix(".md").unwrap_or(name);
    let named = pages.named(name)?;
    let Some((above, last)) = name.rsplit_once('/').filter(|_| named.is_empty()) else {
        return Ok(named);
    };
    let folder = above.rsplit('/').next().unwrap_or_default();
    let parts = folded_parts(name);
    let ends = |page: &N::Held<'a>| {
        let path = format!("{}/{}", page.path.parent(), page.path.file_stem());
        folded_parts(&path).ends_with(&parts)
    };
    Ok(pages.in_folder(folder, last)?.into_iter().filter(ends).collect())
}

/// `ADR-12`: in the mention's own log, else in every log.
pub(super) fn resolve_mention<N: Names>(
    pages: &N,
    from: &Page,
    link: &Link,
) -> Result<Target, N::Error> {
    let wanted = || missing(&link.target, MissingReason::NoDecision);
    let Ok(number) = link.target.parse::<u32>() else { return Ok(wanted()) };
    let own = pages.decisions(number, Some(&pages.log_of(&from.path)))?;
    let found = if own.is_empty() { pages.decisions(number, None)? } else { own };
    Ok(match found.as_slice() {
        [] => wanted(),
        [page] => to_page(page, link.fragment.as_deref()),
        several => Target::Ambiguous(several.iter().map(|page| page.path.clone()).collect()),
    })
}

fn folded_parts(path: &str) -> Vec<String> {
    path.split('/').map(folded_name).filter(|part| !part.is_empty()).collect()
}

fn wiki_file(from: &Page, name: &str, is_file: &dyn Fn(&RepoPath) -> bool) -> Target {
    let folders = [from.path.parent(), RepoPath::root()];
    let paths = folders.iter().filter_map(|folder| folder.join(name));
    match paths.into_iter().find(|path| !path.is_root() && is_file(path)) {
        Some(path) => Target::File(path),
        None => missing(name, MissingReason::NoName),
    }
}

/// A wikilink names a section by its heading, not by its anchor.
fn to_section(page: &Page, section: Option<&str>) -> Target {
    let Some(section) = section.filter(|it| !it.is_empty()) else {
        return to_page(page, None);
    };
    let by_title = page.headings.iter().find(|heading| {
        !heading.anchor.is_empty() && heading.title.trim().eq_ignore_ascii_case(section)
    });
    to_page(page, Some(by_title.map_or(section, |heading| heading.anchor.as_str())))
}
