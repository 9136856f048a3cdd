//! The index: everything ever asked for, and a view of it per tree.
//!
//! A page is kept under (path, blob, schema version), so commits and branches
//! share it; a tree's view says which pages are its own. [`Index::fit`]
//! makes the index hold a tree before anything is answered from it. It never
//! fails because of what another process does or because nothing can be
//! written: what is not on disk is built in memory for the answer at hand.
//! This is the only user of tantivy.

mod alive;
#[doc(hidden)]
pub mod bare;
mod build;
mod bundle;
mod disk;
mod documents;
mod error;
mod exact_terms;
mod fit;
mod found_by;
mod joined;
mod maintain;
mod page_table;
mod report;
mod runs;
mod schema;
mod scratch;
mod shard;
mod snapshot;
mod source;
mod state;
mod stored;
mod threads;
mod tokenizer;
mod verify;
mod view;

pub use error::IndexError;
pub use fit::{Index, Stats};
pub use found_by::FoundBy;
pub use report::Report;
pub use snapshot::Snapshot;
pub use source::{BlobReader, Content, PageChange, PageKey, Source};
pub use verify::Soundness;
pub use view::ViewKey;

#[cfg(test)]
mod tests;
