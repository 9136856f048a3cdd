//! A run's way past the gate: the change, what it is held to, and what people
//! see of it.
//!
//! Values in, values out. Who makes the change, where it lies and how it leaves
//! is left to `ops`; what counts as proven, as a crossing or as confirmed is said
//! here alone.

mod change;
mod code;
mod crossing;
mod monitor;
mod pull;
mod review;
mod verification;
mod work;

pub use change::{BadReply, Change, FileChange, Maker, Reply, Request};
pub use code::{Code, Named, named_paths};
pub use crossing::{Crossing, File, Kind, crossings, looks_like_test};
pub use monitor::{Monitor, Seen, Watched};
pub use pull::{Pull, pull};
pub use review::{Answer, BadReview, QUESTIONS, Review, ReviewRequest, Word};
pub use verification::{Against, Ran, Verification};
pub use work::{Ended, Failure, Made, Work};

/// How often a change is tried before the plan counts as inadequate.
pub const TRIES: u32 = 3;
