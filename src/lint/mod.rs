//! What is wrong in a memory, where, and how each thing is mended.
//!
//! [`Share`] looks at pages, with what the outside knows ([`Inputs`]), and
//! [`conclude`] gives the findings of all shares; neither reads or writes.
//! [`RULES`] is the one table of rules, a file each below `rules`. The same
//! memory on the same day gives the same findings in the same order.
//! A finding that mends itself carries edits; [`mended`] applies them to bytes.

mod alerts;
mod baseline;
mod changelog;
mod context;
mod engine;
mod finding;
mod fix;
#[cfg(test)]
mod fixture;
mod github;
mod ignore;
mod levels;
mod note;
mod reference;
mod rule;
mod rules;
mod sarif;
mod sketch;
mod subject;

pub use alerts::AlertFile;
pub use baseline::Baseline;
pub use changelog::{Changelog, changelog};
pub use context::{
    CodeMention, Context, DecisionFault, Inputs, OwnForge, RecordFault, RouteFailure, Script,
    Shape, Silent,
};
pub use engine::{Bytes, Order, Outcome, Selection, Share, Skipped, conclude};
pub use finding::{Edit, Finding, Fix};
pub use fix::mended;
pub use github::workflow_commands;
pub use levels::Levels;
pub use reference::page as reference_page;
pub use rule::{Check, Family, Rule};
pub use rules::{RULES, named};
pub use sarif::document as sarif;
