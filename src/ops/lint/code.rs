//! Where files that are no pages name decisions that no longer hold.
//!
//! Every text file of the revision is looked through once, and only where the
//! memory has such a decision at all.

use regex::Regex;

use super::files;
use super::inputs::Side;
use crate::adr::{AdrStatus, By, Renumbering, digits};
use crate::corpus::{Catalogue, Page};
use crate::document::{Span, Text};
use crate::git::EntryKind;
use crate::lint::CodeMention;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;

/// Files above this many bytes are not source.
const LARGEST: u64 = 1_000_000;
/// A file that holds a zero byte so early is no text.
const HEAD: usize = 8_000;

/// One decision that no longer holds, and how it is named.
struct Dead<'a> {
    page: &'a Page,
    names: Renumbering,
    /// False where another decision has its number.
    is_alone: bool,
}

/// Every mention, in files below `paths` (all, where it is empty).
pub(super) fn mentions(
    side: &Side<'_>,
    catalogue: &Catalogue,
    paths: &[RepoPath],
) -> Result<Vec<CodeMention>, OpError> {
    let dead = dead(catalogue);
    let mut found = Vec::new();
    let Some(hint) = hint(&dead) else { return Ok(found) };
    let mut wanted = |path: &[u8], kind: EntryKind| {
        let path = RepoPath::from_git(path);
        let is_below =
            |it: &RepoPath| path.is_below(it) || (kind == EntryKind::Folder && it.is_below(&path));
        paths.is_empty() || paths.iter().any(is_below)
    };
    for path in side.workspace.files(side.memory, &mut wanted)? {
        if is_page(side, catalogue, &path) {
            continue;
        }
        let Some(bytes) = files::bytes(side, &path, LARGEST)? else { continue };
        if bytes[..bytes.len().min(HEAD)].contains(&0) {
            continue;
        }
        let text = Text::new(&bytes);
        if hint.is_match(text.as_str()) {
            look(&path, &text, &dead, &mut found);
        }
    }
    Ok(found)
}

/// Pages and templates are looked at as such.
fn is_page(side: &Side<'_>, catalogue: &Catalogue, path: &RepoPath) -> bool {
    catalogue.page(path).is_some()
        || side
            .memory
            .roots()
            .classify(path)
            .is_some_and(|place| place.kind == crate::corpus::RootKind::Template)
}

fn dead(catalogue: &Catalogue) -> Vec<Dead<'_>> {
    let all: Vec<&Page> = catalogue.pages().iter().filter(|page| page.adr.is_some()).collect();
    let paths: Vec<RepoPath> = all.iter().map(|page| page.path.clone()).collect();
    let width = digits(&paths);
    let dead = |page: &&'_ Page| {
        let status = page.adr.as_ref().and_then(|record| record.status.as_ref());
        matches!(status, Some(AdrStatus::Superseded | AdrStatus::Rejected))
    };
    let named = |page| -> Option<Dead<'_>> {
        let page: &Page = page;
        let number = page.adr.as_ref()?.number?;
        let names = Renumbering::new(&page.path, number, number, width)?;
        let is_alone = catalogue.decisions(number, None).len() == 1;
        Some(Dead { page, names, is_alone })
    };
    all.into_iter().filter(dead).filter_map(named).collect()
}

/// What a file must hold to name one of them; `None` where there is none.
fn hint(dead: &[Dead<'_>]) -> Option<Regex> {
    let names: Vec<String> =
        dead.iter().map(|it| regex::escape(&it.page.path.file_name())).collect();
    (!names.is_empty()).then(|| Regex::new(&format!("(?i:adr)|{}", names.join("|"))).ok()).flatten()
}

fn look(path: &RepoPath, text: &Text<'_>, dead: &[Dead<'_>], found: &mut Vec<CodeMention>) {
    let whole = text.as_str();
    for it in dead {
        for place in it.names.places(whole, false) {
            let from = whole[..place.range.start].rfind('\n').map_or(0, |at| at + 1);
            let line = whole[from..].lines().next().unwrap_or_default();
            let before = &whole[from..place.range.start];
            if (place.by == By::Number && !it.is_alone) || is_quoted(before) {
                continue;
            }
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let span = Span { start: offset(place.range.start), end: offset(place.range.end) };
            let (number, column) = text.position(span.start);
            found.push(CodeMention {
                path: path.clone(),
                line: number,
                column,
                span,
                decision: it.page.path.clone(),
                text: line.to_owned(),
            });
        }
    }
}

/// True behind an open quote that no comment's sign precedes: a program's
/// data, such as a test's, cites nothing.
fn is_quoted(before: &str) -> bool {
    let open = ['"', '\'', '`'].iter().filter_map(|quote| {
        let first = before.find(*quote)?;
        (before.matches(*quote).count() % 2 == 1).then_some(first)
    });
    let Some(open) = open.min() else { return false };
    let signs = ["//", "#", "/*", "--", "<!--", "@adr"];
    !signs.iter().any(|sign| before.find(sign).is_some_and(|at| at < open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_quoted_and_comments_are_not() {
        for code in ["let x = \"", "x = 'see ", "f(\"a\", \"", "print(`"] {
            assert!(is_quoted(code), "{code}");
        }
        for comment in ["// see \"", "# don't follow ", "  * as ", "", "x = \"a\"; // "] {
            assert!(!is_quoted(comment), "{comment}");
        }
    }
}
