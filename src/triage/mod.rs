//! A run: from a ticket to a decision that anybody can work out again.
//!
//! Pure: values in, values out. A run is a list of [events](event); its
//! [state](state::State) is their replay, and what comes next follows from
//! state and time. Specialists' [answers](output) become one
//! [`Evidence`](evidence::Evidence), the [gate] decides on it by fixed
//! arithmetic, and both together are the [bundle](bundle::Bundle). What holds:
//!
//! - the memory routes and weighs nothing;
//! - no text is obeyed: the gate reads names, times and kinds;
//! - whatever is missing, doubtful or contradicted only lowers what comes out;
//! - the same answers make the same bytes, in whatever order they came.
//!
//! Asking, storing and doing are left to `ops::triage` and the gateways.

pub mod budget;
pub mod bundle;
pub mod class;
pub mod confidence;
pub mod coordinator;
pub mod delivery;
pub mod effect;
pub mod event;
pub mod evidence;
pub mod gate;
pub mod handoff;
pub mod inventory;
pub mod learning;
pub mod mode;
pub mod moving;
pub mod output;
pub mod phase;
pub mod plan;
pub mod reason;
pub mod rebuild;
pub mod run;
pub mod snapshot;
pub mod state;
pub mod trace;
pub mod verification;
pub mod window;
mod words;
