//! By what a page is found without reading others: its names, and the traces
//! that its links leave.
//!
//! All of it follows from the page alone, as everything does that is kept with
//! it. What a name means in a tree is decided when it is asked.

use crate::corpus::{Page, TraceKind, folded_path, kind_of_place, names_of, own_kind, traces};

/// Longer values are cut, so that two may look alike: who looks up such a
/// value holds it against what it finds. Bytes.
const LONGEST: usize = 1_000;

/// A way to find pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// Title, alias or stem, folded.
    Name,
    /// The path in lower case, where that is another one.
    FoldedPath,
    /// A decision's number.
    Number,
    /// A skill's name.
    Skill,
    /// The kind that the page says, or that it reads as.
    Kind,
    /// The kind that its path says, where neither does.
    PlacedKind,
    /// Nothing: it finds the pages whose path is no text.
    EncodedPath,
    /// What a link or a word about another page leaves.
    Trace(TraceKind),
}

impl FoundBy {
    /// How the index calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Name => "called",
            Self::FoldedPath => "lower",
            Self::Number => "number",
            Self::Skill => "skill",
            Self::Kind => "kind",
            Self::PlacedKind => "placed",
            Self::EncodedPath => "encoded",
            Self::Trace(kind) => kind.name(),
        }
    }

    /// The beginning of `value` that is kept.
    pub(super) fn kept(value: &str) -> &str {
        &value[..value.floor_char_boundary(LONGEST)]
    }

    fn term(self, value: &str) -> String {
        format!("{}\0{}", self.name(), Self::kept(value))
    }
}

/// A name, a NUL and a value for each way in which `page` is found.
pub(super) fn of(page: &Page) -> Vec<String> {
    let mut terms: Vec<String> =
        names_of(page).iter().map(|name| FoundBy::Name.term(name)).collect();
    let folded = folded_path(&page.path);
    if folded.as_bytes() != page.path.as_bytes() {
        terms.push(FoundBy::FoldedPath.term(&folded));
    }
    if std::str::from_utf8(page.path.as_bytes()).is_err() {
        terms.push(FoundBy::EncodedPath.term(""));
    }
    if let Some(number) = page.adr.as_ref().and_then(|record| record.number) {
        terms.push(FoundBy::Number.term(&number.to_string()));
    }
    terms.extend(page.skill.iter().map(|skill| FoundBy::Skill.term(&skill.name)));
    terms.push(match own_kind(page) {
        Some(kind) => FoundBy::Kind.term(&kind),
        None => FoundBy::PlacedKind.term(kind_of_place(&page.path)),
    });
    terms.extend(traces(page).iter().map(|trace| FoundBy::Trace(trace.kind).term(&trace.value)));
    terms.sort_unstable();
    terms.dedup();
    terms
}
