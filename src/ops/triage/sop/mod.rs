//! `triage sop`: a procedure walked gate by gate, held to in CI, and captured.
//!
//! A run of a procedure is kept where runs of tickets are, under a name of the
//! same family, as events of its own ([`crate::sop::event`]). Its page is read
//! at the commit that the run pins, always from Git. prode carries out none of
//! a procedure's commands: whoever walks it does, and hands in what came out.

mod capture;
mod check;
mod checklist;
mod log;
mod output;
mod page;
mod request;
mod stored;
mod walk;

pub use capture::{CaptureOptions, Captured, Open, Record, Then, capture};
pub use check::{CheckOptions, Checked, Fault, Source, check};
pub use checklist::checklists;
pub(super) use request::document as request;
pub use stored::show;
pub use walk::{Act, StartOptions, start};

/// What tickets of walks begin with: no run of a ticket is one.
const PREFIX: &str = "sop:";

/// What those of captures begin with.
const CAPTURE: &str = "sop-capture:";

/// True for the ticket of a run of a procedure, or of a capture.
pub(super) fn is_one(ticket: &str) -> bool {
    ticket.starts_with(PREFIX) || ticket.starts_with(CAPTURE)
}
