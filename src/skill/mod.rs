//! Skills: procedures as portable packages in the open Agent Skills format.

use serde::{Deserialize, Serialize};

/// What a package says of itself in the front matter of its `SKILL.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Equals the package's folder.
    pub name: String,
    /// What it does and when to use it.
    pub description: String,
    /// Licence, as written.
    pub license: Option<String>,
    /// What it needs, as written.
    pub compatibility: Option<String>,
    /// Owner, review dates and whatever else a team keeps.
    pub metadata: Vec<(String, String)>,
}
