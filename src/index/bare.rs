//! What tantivy is given of a page, for who measures this index beside a bare one.

use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::{Index, TantivyDocument};

use super::documents;
use super::schema::{layout, settings};
use super::tokenizer;
use crate::corpus::{Page, SectionText};
use crate::routing::analysis::Analyzer;

/// An empty index in `folder`, of the same schema, analysis and settings.
pub fn index(folder: &Path) -> tantivy::Result<Index> {
    Index::builder()
        .schema(layout().schema.clone())
        .settings(settings())
        .tokenizers(tokenizer::manager())
        .open_or_create(MmapDirectory::open(folder)?)
}

/// The documents of one page.
pub fn documents((page, texts): &(Page, Vec<SectionText>)) -> Vec<TantivyDocument> {
    documents::documents(page, texts, &mut Analyzer::default())
}

/// The page that the value `page` of a document holds.
pub fn page(stored: &[u8]) -> Option<Page> {
    postcard::from_bytes(stored).ok()
}
