//! Telling a collector what runs did: spans and numbers, over OTLP.
//!
//! What always holds:
//!
//! - nothing is sent to another place than the user's own settings name;
//! - nothing of a ticket, a page, a question or an answer is in it: a [`Span`] holds
//!   names and codes of this program and of the user's settings, numbers, and digests
//!   that only the store's key makes;
//! - no run waits for it, fails by it or is held up by it: what a collector does not
//!   take in time is dropped, and counted.
//!
//! What is told when is left to `ops` and `serve`.

#[cfg(feature = "otlp")]
mod encode;
mod exporter;
mod metric;
mod resource;
mod span;
#[cfg(not(feature = "otlp"))]
mod without;

pub use exporter::{Collector, Counted, Exporter, IS_BUILT_IN};
pub use metric::{BOUNDS, Family, Kind, Point, Times, Value};
pub use span::{Fact, Span};

#[cfg(not(feature = "otlp"))]
use without as encode;

#[cfg(all(test, feature = "otlp"))]
mod tests;
