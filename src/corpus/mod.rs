//! What a tree of documents means: roots, pages, owners, links.
//!
//! A [`Page`] holds what follows from a path and its bytes alone, so that it
//! can be kept by (path, blob). Whatever depends on more (kind by root, owner
//! by CODEOWNERS, staleness by the clock, resolved links) is worked out when
//! asked.

mod catalogue;
mod facts;
mod graph;
mod intervals;
mod kind;
mod links;
mod names;
mod owners;
mod page;
mod people;
mod reference;
mod roots;
#[cfg(test)]
mod samples;
mod supersession;
mod traced;
mod traces;
mod wikilinks;

pub use catalogue::Catalogue;
pub use facts::{Facts, IN_PACKAGE, Rules, kind_of_place, own_kind, own_review};
pub use graph::LinkGraph;
pub use intervals::ReviewIntervals;
pub use kind::{KINDS, Kind};
pub use links::{MissingReason, Target, resolve};
pub use names::{MOST_NAMED, Names, folded_name, folded_path, names_of};
pub use owners::{CodeOwners, OwnersDialect, OwnersFile, Pattern};
pub use page::{DecisionHead, Heading, Page, PageHead, SectionText};
pub use people::{People, Person};
pub use reference::{Found, LookupError, Named, RefError, Reference, find};
pub use roots::{Place, Root, RootKind, RootSettings, Roots, TreeLook};
pub use supersession::supersessions;
pub use traced::{Incoming, Leading, Traced, incoming, replaced_by, superseded_by};
pub use traces::{Trace, TraceKind, traces};
pub use wikilinks::{WikilinkOrder, WikilinkOrders};
