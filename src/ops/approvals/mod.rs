//! Approvals: what a person signed, whether it counts, and that it counts once.
//!
//! Who may approve what comes from the trunk alone (`trunk`); what is approved
//! is worked out from the subject itself (`subject`, `change`); statements are
//! files of a ref (`store`) and every decision is a link of a hash chain
//! (`audit_log`); both travel by `share`. `approve` is the only maker of
//! statements: it wants a [`Person`], and only the command line has one.
//! Callers that are about to act ask `decided` and then `use_up`.
//! What people approved on a forge is asked of the forge each time (`reviews`),
//! by a server's hook too (`on_forge`).

mod approve;
mod audit_log;
mod change;
mod decided;
mod eligible;
mod init;
mod key;
mod landing;
mod list;
mod on_forge;
mod reviews;
mod revoke;
mod share;
mod show;
mod statements;
mod store;
mod subject;
mod trunk;
mod verify;

pub use approve::{Answer, Ask, Person, approve};
pub use audit_log::{AuditEntry, CHAINS, Event, record};
pub use change::{actions_of, change_between};
pub use decided::{Decided, decided, decided_with, use_up, use_up_once};
pub use init::{InitAnswer, init};
pub use key::{Standing, standing};
pub use landing::refusal_to_land;
pub use list::{Listing, Row, list};
pub use reviews::Reviews;
pub use revoke::{RevokeAnswer, revoke};
pub use share::{ShareAnswer, share};
pub use show::{Shown, show};
pub(super) use statements::merges;
pub use store::REFERENCE;
pub use subject::{Asked, Named, resolve};
pub(super) use trunk::SIGNERS;
pub use trunk::TrunkPolicy;
pub use verify::{Chain, Verified, verify};

/// How a statement is called in text: `A-` and twelve digits of its id. A
/// review on a forge is called as it is.
pub fn short(id: &str) -> String {
    if id.contains(' ') {
        return id.to_owned();
    }
    format!("A-{}", id.chars().take(12).collect::<String>())
}

/// The time in whole seconds, as statements and entries have it.
fn now(workspace: &crate::workspace::Workspace) -> jiff::Timestamp {
    let now = workspace.clock().now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// The repository, which everything here needs.
fn repository(
    workspace: &crate::workspace::Workspace,
) -> Result<&crate::git::Repository, super::OpError> {
    workspace.repository().ok_or_else(|| {
        let folder = workspace.folder().unwrap_or(std::path::Path::new("."));
        crate::git::GitError::NoRepository(folder.to_owned()).into()
    })
}
