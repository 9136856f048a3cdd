//! What a tree of documents means: roots, pages, owners, links.
//!
//! A [`Page`] holds what follows from a path and its bytes alone, so that it
//! can be kept by (path, blob). Whatever depends on more (kind by root, owner
//! by CODEOWNERS, staleness by the clock, resolved links) is worked out when
//! asked.

mod page;
mod roots;

pub use page::{Heading, Page, SectionText};
pub use roots::{Place, Root, RootKind, RootSettings, Roots, TreeLook};
