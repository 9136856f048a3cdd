//! Where a section of a page begins and ends.

use super::error::PromotionError;
use super::headings::heading_end;
use crate::document::{self, Document};
use crate::repo_path::RepoPath;

/// A section with those below it, in bytes of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// 1 to 6.
    pub(super) level: u8,
    /// Where its own text begins: after the heading.
    pub(super) text: usize,
    /// One past its last line that says something, line end included.
    pub(super) end: usize,
}

/// The section called `anchor`, down to the next heading of its level or a
/// higher one; with none, the whole page after its head and title.
pub(super) fn extent(
    path: &RepoPath,
    page: &str,
    anchor: Option<&str>,
) -> Result<Extent, PromotionError> {
    let (document, _) = document::parse(path, page.as_bytes());
    let found = match anchor {
        Some(anchor) => Some(named(&document, anchor).ok_or_else(|| {
            PromotionError::NoSection { path: path.text().into_owned(), anchor: anchor.to_owned() }
        })?),
        None => title(&document, page),
    };
    let Some(index) = found else {
        let text = document.front.body_start as usize;
        return Ok(Extent { level: 1, text, end: last_line(page, text, page.len()) });
    };
    let section = &document.sections[index];
    let next = || {
        let after = document.sections[index + 1..].iter();
        after.clone().find(|it| it.level <= section.level).map(|it| it.span.start as usize)
    };
    let end = anchor.and_then(|_| next()).unwrap_or(page.len());
    let text = heading_end(page, section.span.start as usize);
    Ok(Extent { level: section.level, text, end: last_line(page, text, end) })
}

/// The same without the sections below it: its own text, up to the next
/// heading of whatever level; with no `anchor`, the title's.
pub(super) fn alone(
    path: &RepoPath,
    page: &str,
    anchor: Option<&str>,
) -> Result<Extent, PromotionError> {
    let extent = extent(path, page, anchor)?;
    let (document, _) = document::parse(path, page.as_bytes());
    let starts = document.sections.iter().filter(|it| it.level > 0).map(|it| it.span.start);
    let next = starts.map(|it| it as usize).find(|it| *it >= extent.text);
    let end = next.unwrap_or(page.len()).min(extent.end.max(extent.text));
    Ok(Extent { end: last_line(page, extent.text, end), ..extent })
}

/// What the section says, its heading left out; `None` where it is not there.
pub fn section_text<'a>(path: &RepoPath, page: &'a str, anchor: Option<&str>) -> Option<&'a str> {
    let extent = extent(path, page, anchor).ok()?;
    page.get(extent.text..extent.end)
}

fn named(document: &Document, anchor: &str) -> Option<usize> {
    document.sections.iter().position(|it| it.level > 0 && it.anchor == anchor)
}

/// The title: a first-level heading with nothing above it.
fn title(document: &Document, page: &str) -> Option<usize> {
    let index = document.sections.iter().position(|it| it.level > 0)?;
    let section = &document.sections[index];
    let above = page.get(document.front.body_start as usize..section.span.start as usize)?;
    (section.level == 1 && above.trim_start_matches('\u{feff}').trim().is_empty()).then_some(index)
}

/// One past the last line between the two that holds more than space.
fn last_line(page: &str, from: usize, to: usize) -> usize {
    let text = &page[from.min(to)..to];
    let kept = text.trim_end().len();
    let end = text[kept..].find('\n').map_or(text.len(), |at| kept + at + 1);
    from + if kept == 0 { 0 } else { end }
}
