//! What of a page goes into the index: a run of documents, one per section.

use tantivy::TantivyDocument;

use super::PageKey;
use super::schema::layout;
use super::{exact_terms, found_by};
use crate::corpus::{Page, SectionText};
use crate::ids::BlobId;
use crate::repo_path::RepoPath;
use crate::routing::analysis::Analyzer;
use crate::routing::{Field, titles};

/// The documents of one page.
pub(super) type Documents = Vec<TantivyDocument>;

/// By which a page is found again: its path, a NUL, its blob. Keys are ordered
/// as paths are, and those of one path stand together.
pub(super) fn key_bytes(path: &RepoPath, blob: BlobId) -> Vec<u8> {
    [path.as_bytes(), b"\0", blob.0.as_slice()].concat()
}

/// What [`key_bytes`] wrote; `None` for anything else.
pub(super) fn key_read(key: &[u8]) -> Option<PageKey> {
    let (path, blob) = key.split_last_chunk()?;
    let path = RepoPath::from_git(path.strip_suffix(b"\0")?);
    Some(PageKey { path, blob: BlobId(*blob) })
}

/// A page as a run of documents, one per section.
pub(super) fn documents(page: &Page, texts: &[SectionText], analyzer: &mut Analyzer) -> Documents {
    let layout = layout();
    let mut documents = Vec::with_capacity(page.headings.len().max(1));
    for (number, heading) in page.headings.iter().enumerate() {
        let mut document = TantivyDocument::new();
        document.add_u64(layout.section, number as u64);
        if number > 0 {
            document.add_u64(layout.words, 0);
            document.add_u64(layout.title_words, 0);
        }
        document.add_text(layout.text[Field::Heading.index()], &heading.title);
        if let Some(text) = texts.get(number) {
            document.add_text(layout.text[Field::Body.index()], &text.prose);
            document.add_text(layout.text[Field::Code.index()], &text.code);
        }
        documents.push(document);
    }
    if documents.is_empty() {
        documents.push(TantivyDocument::new());
    }
    add_page_fields(&mut documents[0], page, texts, analyzer);
    documents
}

fn add_page_fields(
    head: &mut TantivyDocument,
    page: &Page,
    texts: &[SectionText],
    analyzer: &mut Analyzer,
) {
    let layout = layout();
    let words: usize = texts.iter().map(|text| count_words(&text.prose)).sum();
    head.add_u64(layout.words, words as u64);
    head.add_u64(layout.title_words, u64::from(titles::telling_words(&page.title, analyzer)));
    head.add_bytes(layout.key, &key_bytes(&page.path, page.blob));
    let encoded = postcard::to_stdvec(page).unwrap_or_default();
    head.add_bytes(layout.page, &encoded);
    for (field, values) in exact_terms::page_texts(page) {
        for value in values {
            head.add_text(layout.text[field.index()], value);
        }
    }
    for term in exact_terms::of(page, texts, analyzer).into_iter().chain(found_by::of(page)) {
        head.add_bytes(layout.exact, term.as_bytes());
    }
}

/// Words between blanks; most text is ASCII, where a blank is a byte.
fn count_words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let before = std::iter::once(&b' ').chain(text.as_bytes());
    before
        .zip(text.as_bytes())
        .filter(|&(before, byte)| is_blank(before) && !is_blank(byte))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_alike_whatever_the_text_is_made_of() {
        for text in ["", " ", "one", " one\ttwo\u{b}three\r\n four ", "a\u{1c}b"] {
            let count = text.split_whitespace().count();
            assert_eq!(count_words(text), count, "{text:?}");
            assert_eq!(count_words(&format!("{text} \u{e9}")), count + 1, "{text:?}");
        }
    }
}
