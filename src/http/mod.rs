//! Speaking to a service's HTTP API with somebody's token.
//!
//! The only user of the HTTP client. What always holds:
//!
//! - the token goes to the endpoint's own host and nowhere else, and is part of
//!   no error and no debug output; so does a key that signs;
//! - where an endpoint bounds its addresses, one that was resolved is looked at
//!   before anything is sent, and is kept: no later answer of a name server moves it;
//! - every request has a time limit, every answer a size limit, and everything
//!   together a limit on how long is waited for a service that asks to wait;
//! - a service that does not answer is soon asked no more, where [`Asking`] stands before it;
//! - what makes something anew each time is sent once: whoever wants it tried
//!   again looks first ([`Call::make`]).
//!
//! What is asked of which service, and what an answer means, is left to
//! `forge`, `tracker`, `aws`, `sentry`, `changes`, `vendor` and `telemetry`; whose token it is, to `workspace`.

mod answered;
mod asking;
mod call;
mod client;
mod endpoint;
mod error;
mod patience;
mod question;
mod reach;
mod read;
mod reader;
mod right;
mod service;
mod token;
mod words;

pub use answered::Answered;
pub use asking::{AskError, Asking};
pub use call::{Call, is_path, part};
pub use client::{Client, PAGES};
pub use endpoint::{BadEndpoint, Endpoint};
pub use error::{Advice, HttpError};
pub use patience::Patience;
pub use question::Question;
pub use reach::Reach;
pub use read::{is, items, maybe, maybe_time, number, text, time};
pub use reader::{Reader, Where};
pub use right::{Sign, Unsigned};
pub use service::{Meaning, Service};
pub use token::Token;

#[cfg(test)]
pub(crate) mod scripted;
#[cfg(test)]
mod tests;
