//! Which pages an answer is narrowed to.

use clap::Args;

use crate::routing::query::Filters;

/// `--owner`, `--service`, `--tag`, `--status`.
#[derive(Debug, Clone, Default, Args)]
pub struct FilterArgs {
    /// Only pages of this owner; may be repeated
    #[arg(long, value_name = "O")]
    owner: Vec<String>,
    /// Only pages of this service; may be repeated
    #[arg(long, value_name = "S")]
    service: Vec<String>,
    /// Only pages with this tag; may be repeated
    #[arg(long, value_name = "T")]
    tag: Vec<String>,
    /// Only pages of this status; may be repeated
    #[arg(long, value_name = "S")]
    status: Vec<String>,
}

impl FilterArgs {
    /// These, and pages of some kinds alone.
    pub(super) fn with_kinds(&self, kinds: Vec<String>) -> Filters {
        Filters {
            kinds,
            owners: self.owner.clone(),
            services: self.service.clone(),
            tags: self.tag.clone(),
            statuses: self.status.clone(),
        }
    }
}
