//! From a question or a ticket to the few pages worth reading.
//!
//! Pure: text becomes words ([`analysis`]), words become a ranked list
//! ([`ranking`]) over whatever implements [`Postings`]. The same documents give the
//! same list, whatever order or store they come from.

pub mod abbreviations;
pub mod abstain;
pub mod analysis;
pub mod exact;
pub mod expansion;
pub mod explain;
pub mod pack;
pub mod phrase;
pub mod query;
pub mod ranking;
pub mod signals;
pub mod snippet;
pub mod ticket;
pub mod titles;
pub mod typos;

mod bm25;
mod field;
mod memo;
mod places;
mod postings;
mod ranked;
mod stems;
mod stop_words;
mod sums;
mod weights;

pub use field::{FIELD_COUNT, FIELDS, Field, Scope};
pub use memo::Memo;
pub use postings::{Block, Posting, Postings, Share, Totals};
pub use ranked::{Ranked, Weighed};
pub use stop_words::is_stop_word;
pub use weights::Weights;

#[cfg(test)]
mod tests;
