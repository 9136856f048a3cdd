//! What a ranking says of a page and of a word.

/// One page of an answer, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The page's first document.
    pub page: u32,
    /// Its best section.
    pub section: u32,
    /// Comparable within one answer only.
    pub score: f32,
}

/// A word's weight in an answer: how few pages hold it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The word.
    pub term: String,
    /// Pages that hold it in any field.
    pub pages: u32,
    /// `ln(1 + (N - n + 0.5) / (n + 0.5))`.
    pub idf: f32,
}
