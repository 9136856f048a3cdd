//! Parts of a run, each by itself: what a ticket says, what is asked, what a change
//! may be, and what came of it.

mod answers;
mod changes;
mod crossings;
mod limits;
mod moves;
mod sources;
mod tickets;
