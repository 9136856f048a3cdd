//! The tantivy schema: one document per section, pages as runs of neighbours.
//!
//! The first document of a page carries the page's own fields, its key and
//! its stored [`Page`](crate::corpus::Page); every document carries its
//! number within the page, so that the page's first one is always found.

use std::sync::LazyLock;

use tantivy::IndexSettings;
use tantivy::schema::{
    BytesOptions, FAST, Field as Handle, IndexRecordOption, STORED, Schema, TextFieldIndexing,
    TextOptions,
};

use crate::routing::{FIELD_COUNT, FIELDS, Field};

/// Raised whenever what is stored changes its meaning; older entries are then unseen.
pub(super) const SCHEMA_VERSION: u32 = 9;

/// Name under which the words of [`crate::routing::analysis`] are known to tantivy.
pub(super) const TOKENIZER: &str = "prode";

/// Handles of all fields.
pub(super) struct Layout {
    pub(super) schema: Schema,
    /// Searched text, by [`Field::index`].
    pub(super) text: [Handle; FIELD_COUNT],
    /// Path and blob id of the page, in this order: looks up whether it is known, and what
    /// stands at a path.
    pub(super) key: Handle,
    /// What matches exactly: `alert`, `error`, `regex`, `alias`, `name`, `folder`, `supersedes`,
    /// `abbreviation`, `begins`, or what [`FoundBy`](super::FoundBy) says, a NUL, the value.
    pub(super) exact: Handle,
    /// Number of the document within its page.
    pub(super) section: Handle,
    /// Words of prose on the whole page, on its first document.
    pub(super) words: Handle,
    /// Telling words of the page's title, on its first document.
    pub(super) title_words: Handle,
    /// The page, encoded, on its first document.
    pub(super) page: Handle,
}

/// How stored pages lie in a segment: in blocks small enough that reading one
/// page does not unpack thirty others.
pub(super) fn settings() -> IndexSettings {
    IndexSettings {
        docstore_blocksize: 4_096,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// The one layout of this version.
pub(super) fn layout() -> &'static Layout {
    static LAYOUT: LazyLock<Layout> = LazyLock::new(build);
    &LAYOUT
}

fn build() -> Layout {
    let mut schema = Schema::builder();
    let text = FIELDS.map(|(field, name, ..)| schema.add_text_field(name, text_options(field)));
    let key = schema.add_bytes_field("key", BytesOptions::default().set_indexed());
    let exact = schema.add_bytes_field("exact", BytesOptions::default().set_indexed());
    let section = schema.add_u64_field("section", FAST);
    let words = schema.add_u64_field("words", FAST);
    let title_words = schema.add_u64_field("title_words", FAST);
    let page = schema.add_bytes_field("page", STORED);
    Layout { schema: schema.build(), text, key, exact, section, words, title_words, page }
}

/// Positions only where phrases are looked for.
fn text_options(field: Field) -> TextOptions {
    let record = match field {
        Field::Title | Field::Heading | Field::Body | Field::Code => {
            IndexRecordOption::WithFreqsAndPositions
        }
        _ => IndexRecordOption::WithFreqs,
    };
    let indexing = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(record);
    TextOptions::default().set_indexing_options(indexing)
}
