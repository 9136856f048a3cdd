//! A learning as a change of pages, and changes as people review them.
//!
//! Values only: a [`Proposal`] is a commit of the trunk and the file that a
//! learning changes there. What always holds: every byte outside the place
//! stays, and what is put in ends where it should, or there is no proposal.
//! Commits, checks and approvals are the business of `ops`. The only user of
//! `similar`.

mod code_span;
mod diff;
mod error;
mod headings;
mod meaning;
mod new_page;
mod outline;
mod parts;
mod placing;
mod proposal;
mod pull_text;
mod reviewers;

pub use code_span::span as code_span;
pub use diff::{renamed, side_by_side, unified};
pub use error::PromotionError;
pub use new_page::{Filled, filled, parted, services_in, title_of};
pub use outline::section_text;
pub use placing::{Placed, contradiction, placed};
pub use proposal::{FOLDER, Proposal, branch_of, id_of};
pub use pull_text::{Told, pull_body, pull_values};
pub use reviewers::{Asked, reviewers};
