//! What an audit looks at.

use jiff::civil::Date;

use super::local::Local;
use crate::audit::Settings;
use crate::corpus::{Catalogue, LinkGraph};
use crate::workspace::{Memory, Workspace};

/// What is looked at: one commit, on one day.
pub(super) struct Look<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) memory: &'a Memory,
    pub(super) catalogue: &'a Catalogue,
    pub(super) graph: &'a LinkGraph,
    pub(super) settings: &'a Settings,
    pub(super) today: Date,
    /// What this machine alone knows, where it is asked for.
    pub(super) local: Option<&'a Local>,
}
