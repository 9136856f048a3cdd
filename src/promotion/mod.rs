//! Changes to files as people review them. The only user of `similar`.

mod diff;

pub use diff::{renamed, unified};
