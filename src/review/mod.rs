//! What a person looked at and found true, and what they let stand.
//!
//! Values only. A review is a stamp: who, when, and the digests of what they
//! saw ([`body_digest`], [`sources_digest`]; [`Sources`] says which files those
//! are). Where a page's front matter may not carry it, the stamp lies in
//! [`Stamps`]. A finding of an audit that a person dismisses is one entry of
//! [`Dismissed`]. What always holds:
//!
//! - the same body and the same files have the same digest in every repository;
//! - a record that is not exactly of its form is a [`ReviewError`] that names
//!   the line, and nothing is read from it;
//! - an edit leaves every byte outside its own entry as it was, and is read
//!   again before it counts.
//!
//! Where files lie and who may write them is the business of `ops`.

mod digest;
mod dismissed;
mod elsewhere;
mod error;
mod finding_id;
mod mapping;
mod page_text;
mod record;
mod redate;
mod sources;
mod stamps;
mod toml_lines;

pub use digest::{SHA256, body_digest, body_digest_behind, sources_digest};
pub use dismissed::{Dismissal, Dismissed};
pub use elsewhere::{Elsewhere, foreign_glob, repository_name, without_user};
pub use error::ReviewError;
pub use finding_id::{AuditFindingId, audit_finding_id};
pub use page_text::PageText;
pub use sources::{Described, Sources, own_glob};
pub use stamps::Stamps;

/// Stamps of files whose front matter may not carry one, from the top folder.
pub const REVIEWS: &str = ".prode/reviews.yaml";

/// Findings of audits that people dismissed, from the top folder.
pub const DISMISSED: &str = ".prode/dismissed.yaml";
