//! AWS, as far as it may be asked: a signed client that can read and nothing else.
//!
//! What always holds:
//!
//! - what can be sent is one of the [`Operation`]s, each of which reads; there is no
//!   way to name another one;
//! - it goes to the region's own hosts, or to the one address that the user's side
//!   names; no redirect is followed, and an address of a private network is spoken
//!   to only where the settings say so ([`crate::http`]);
//! - the secret key leaves this process in no request: it signs each one. No
//!   error, no debug output and no answer shows it or a session's token;
//! - answers, pages and calls have limits, and an AWS that does not answer is soon
//!   asked no more.
//!
//! What is asked when, and what an answer is evidence of, is left to `ops`.

mod alarms;
mod calls;
mod credentials;
mod identity;
mod logs;
mod metrics;
mod operation;
mod queues;
mod signing;
mod tasks;
mod times;

pub use alarms::Alarm;
pub use calls::{Aws, Place};
pub use credentials::{Credentials, NoCredentials, USUAL_VARIABLES};
pub use identity::Caller;
pub use logs::{Group, Line, Lines};
pub use metrics::{Metric, Series, Statistic, period};
pub use operation::{Api, Operation};
pub use queues::Depth;
pub use tasks::{Deployment, Service};
pub use times::UNTIL_IT_IS_THERE;

/// Pages of one list that are read.
const PAGES: usize = 5;

/// Names that are asked about at once: what AWS takes of services, and enough of
/// anything else.
pub const MOST_NAMES: usize = 10;

#[cfg(test)]
mod tests;
