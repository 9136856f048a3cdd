//! A procedure that is walked gate by gate: what it asks for, and how far a
//! run of it is.
//!
//! Pure: values in, values out. A [`Procedure`] is read from a page; a run of
//! it is a [chain](crate::chain) of [events](event), and its [state] is their
//! replay. What always holds:
//!
//! - gates are passed in their order, each by a decision of a person;
//! - no gate is passed while one of its stop conditions is marked, its time is
//!   not over, or what blocks it is so: a replay that would is refused, so
//!   that a chain which says otherwise is none;
//! - a [record] is worked out from the page and the events alone, so that
//!   whoever has both can make it again and compare.
//!
//! Where gates are known from, lint asks here too. Keeping events, asking
//! people and reading Git are left to `ops::triage`.

pub mod capture;
pub mod event;
mod gates;
mod hold;
mod procedure;
mod reading;
pub mod record;
pub mod run;
pub mod state;

pub use gates::{gates, headings};
pub use hold::told;
pub use procedure::{Gate, Procedure, Step, Unusable};
pub use reading::{is_stop_heading, is_stop_text};
