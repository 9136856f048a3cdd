//! How far a run may go outside.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a run may do outside. It is the user's side that says so.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Nothing.
    #[default]
    DryRun,
    /// Comments and hand-offs.
    Comment,
    /// Branches and pull requests too.
    Pr,
}

impl Mode {
    /// As settings write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DryRun => "dry-run",
            Self::Comment => "comment",
            Self::Pr => "pr",
        }
    }

    /// The mode called this.
    pub fn named(name: &str) -> Option<Self> {
        [Self::DryRun, Self::Comment, Self::Pr].into_iter().find(|mode| mode.name() == name)
    }
}
