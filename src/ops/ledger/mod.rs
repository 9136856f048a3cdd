//! What people approved, whether it counts, and that it counts once.
//!
//! Who may approve what comes from the trunk alone (`trunk`); statements are
//! files of a ref (`store`) and every decision is a link of a hash chain
//! (`audit_log`). Callers that are about to act ask `decided` and then
//! `use_up`. What people approved on a forge is asked of the forge each time
//! (`reviews`), by a server's hook too (`on_forge`). Nothing here asks a person,
//! or knows what a proposal or a run is: that is left to `approvals`,
//! `proposal` and `triage`.

mod asked;
pub(super) mod audit_log;
mod change;
mod decided;
mod eligible;
mod key;
mod landing;
mod on_forge;
mod reviews;
mod statements;
pub(super) mod store;
mod trunk;

pub use asked::Asked;
pub(super) use asked::{bad_action, request};
pub use audit_log::{AuditEntry, CHAINS, Event, record};
pub use change::{actions_of, change_between};
pub(super) use decided::counted;
pub use decided::{Decided, decided, decided_with, is_given, use_up, use_up_once};
pub(super) use eligible::eligible;
pub(super) use key::own_key;
pub use key::{Standing, standing};
pub use landing::refusal_to_land;
pub use reviews::Reviews;
pub(super) use statements::{as_it_says, judged, merges};
pub use store::REFERENCE;
pub(super) use trunk::SIGNERS;
pub use trunk::TrunkPolicy;

/// How a statement is called in text: `A-` and twelve digits of its id. A
/// review on a forge is called as it is.
pub fn short(id: &str) -> String {
    if id.contains(' ') {
        return id.to_owned();
    }
    format!("A-{}", id.chars().take(12).collect::<String>())
}

/// The time in whole seconds, as statements and entries have it.
pub(super) fn now(workspace: &crate::workspace::Workspace) -> jiff::Timestamp {
    let now = workspace.clock().now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// The repository, which everything here needs.
pub(super) fn repository(
    workspace: &crate::workspace::Workspace,
) -> Result<&crate::git::Repository, super::OpError> {
    workspace.repository().ok_or_else(|| {
        let folder = workspace.folder().unwrap_or(std::path::Path::new("."));
        crate::git::GitError::NoRepository(folder.to_owned()).into()
    })
}

/// Nothing of prode's own is without a canonical form.
pub(in crate::ops) fn not_canonical(error: &crate::canonical::CanonicalError) -> super::OpError {
    super::OpError::Invalid {
        message: error.to_string(),
        hint: "this is a defect in prode; report the command and this line".to_owned(),
    }
}
