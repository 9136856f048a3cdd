//! What one action demands of its approvals.

use super::verification::Strength;

/// Who may approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The owners of what changes.
    Owners,
    /// Everybody whose key the trunk lists.
    Signers,
    /// These people and the members of these teams.
    Named(Vec<String>),
}

/// What one action demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Each of them must be satisfied.
    pub who: Vec<Who>,
    /// How many distinct people, each with a key of their own.
    pub count: u32,
    /// Of every one of them.
    pub strength: Strength,
    /// The PIN of the hardware key must have been asked.
    pub pin: bool,
    /// Seconds for which an approval holds.
    pub max_age: i64,
    /// Whoever asks may approve; every surface labels it.
    pub own: bool,
}
