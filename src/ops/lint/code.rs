//! Where files that are no pages name decisions that no longer hold.
//!
//! Every text file of the revision is looked through once, and only where the
//! memory has such a decision at all.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use super::files;
use super::side::Side;
use crate::adr::{AdrStatus, By, Renumbering, digits, numbers_in};
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

/// One decision that no longer holds.
struct Dead<'a> {
    page: &'a Page,
    number: u32,
    file: String,
    /// How it is named; made for those that a file may name.
    names: OnceCell<Option<Renumbering>>,
    /// False where another decision has its number.
    is_alone: bool,
}

/// All of them, found by what a text holds.
struct Graves<'a> {
    dead: Vec<Dead<'a>>,
    by_number: HashMap<u32, Vec<usize>>,
    by_file: HashMap<String, Vec<usize>>,
    /// Those whose file's name is no single word of a text.
    spaced: Vec<usize>,
    /// How many digits numbers are written with.
    width: usize,
}

/// Every mention, in files below `paths` (all, where it is empty).
pub(super) fn mentions(
    side: &Side<'_>,
    catalogue: &Catalogue,
    paths: &[RepoPath],
) -> Result<Vec<CodeMention>, OpError> {
    let graves = Graves::of(catalogue);
    let mut found = Vec::new();
    if graves.dead.is_empty() {
        return Ok(found);
    }
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
        graves.look(&path, &Text::new(&bytes), &mut found);
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

impl<'a> Graves<'a> {
    fn of(catalogue: &'a Catalogue) -> Self {
        let all: Vec<&Page> = catalogue.pages().iter().filter(|page| page.adr.is_some()).collect();
        let width = digits(all.iter().map(|page| &page.path));
        let mut graves = Self {
            dead: Vec::new(),
            by_number: HashMap::new(),
            by_file: HashMap::new(),
            spaced: Vec::new(),
            width,
        };
        for page in all {
            let Some(record) = &page.adr else { continue };
            let is_dead =
                matches!(record.status, Some(AdrStatus::Superseded | AdrStatus::Rejected));
            if let Some(number) = record.number.filter(|_| is_dead) {
                let is_alone = catalogue.decisions(number, None).len() == 1;
                graves.add(page, number, is_alone);
            }
        }
        graves
    }

    fn add(&mut self, page: &'a Page, number: u32, is_alone: bool) {
        let (at, file) = (self.dead.len(), page.path.file_name().into_owned());
        self.by_number.entry(number).or_default().push(at);
        if file.contains(is_boundary) {
            self.spaced.push(at);
        } else {
            self.by_file.entry(file.clone()).or_default().push(at);
        }
        self.dead.push(Dead { page, number, file, names: OnceCell::new(), is_alone });
    }

    /// Those that the text may name, in order.
    fn named(&self, text: &str) -> BTreeSet<usize> {
        let mentioned = numbers_in(text).into_iter();
        let mut named: BTreeSet<usize> = mentioned
            .filter_map(|(_, number)| self.by_number.get(&number))
            .flatten()
            .copied()
            .collect();
        let words = text.split(is_boundary).filter(|word| word.contains('.'));
        named.extend(words.filter_map(|word| self.by_file.get(word)).flatten());
        named.extend(self.spaced.iter().filter(|&&at| text.contains(&self.dead[at].file)));
        named
    }

    fn look(&self, path: &RepoPath, text: &Text<'_>, found: &mut Vec<CodeMention>) {
        let whole = text.as_str();
        for it in self.named(whole).into_iter().map(|at| &self.dead[at]) {
            let names = it
                .names
                .get_or_init(|| Renumbering::new(&it.page.path, it.number, it.number, self.width));
            let places = names.iter().flat_map(|names| names.places(whole, false));
            for place in places {
                let from = whole[..place.range.start].rfind('\n').map_or(0, |at| at + 1);
                let line = whole[from..].lines().next().unwrap_or_default();
                let before = &whole[from..place.range.start];
                if (place.by == By::Number && !it.is_alone)
                    || place.by == By::Key
                    || is_quoted(before)
                {
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
}

/// What ends a word that may be a file's name.
fn is_boundary(c: char) -> bool {
    c.is_whitespace() || "/\\\"'`()[]<>{},;:#|".contains(c)
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
