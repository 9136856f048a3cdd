//! Who owns a file, as CODEOWNERS says.

/// Whose rules a CODEOWNERS file follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OwnersDialect {
    /// GitHub's: one list, the last match wins.
    #[default]
    GitHub,
    /// GitLab's: sections, each judged apart.
    GitLab,
}
