//! Which pages answers led to on this machine: counts by day, beside the index.
//!
//! A question adds one line to a log; the log is folded into a table of counts
//! by page and day once it has grown. Kept are a page's path, a day in UTC and
//! what was done with it: never what was asked, nor by whom. Nothing of it leaves the
//! machine, and all of it may be deleted at any time.
//!
//! Counting is never in anybody's way: a log that cannot be written is left
//! alone, a line that was torn is skipped and told, and no writer waits.

mod counts;
mod files;
mod line;

pub use counts::{Counts, Day, Marks, Window};
pub use files::{Known, Usage};
pub use line::Line;

/// Days for which counts are kept.
pub const KEPT: i64 = 400;
