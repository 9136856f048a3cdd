//! A whole run in memory, from its first event to where it rests: what comes next,
//! which event may follow which, what verification finds, and what people read of
//! it. Nothing outside the model takes part.

mod document;
mod forger;
mod order;
mod papers;
mod pulls;
mod script;
mod spending;
mod steps;
mod story;
mod verifying;
