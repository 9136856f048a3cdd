//! What a team adds to the rules: private hosts, names, patterns of its own.
//!
//! Additions only: nothing here takes a rule away.

use crate::hint::{ErrorKind, Helpful};

/// What a team adds. Every layer of settings adds to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Private domains; a host that is one or ends in one is hidden.
    pub hosts: Vec<String>,
    /// Names of people, customers and health terms, one each.
    pub names: Vec<String>,
    /// Regular expressions by the placeholder that their matches become.
    pub patterns: Vec<(String, String)>,
}

/// Settings that no rule can be made of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// A pattern's name cannot stand in a placeholder.
    #[error("redaction pattern '{name}' has no name that a placeholder can carry")]
    Name {
        /// As it was given.
        name: String,
    },
    /// A pattern is no regular expression, or matches the empty text.
    #[error("redaction pattern '{name}' cannot be used: {reason}")]
    Pattern {
        /// Which.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// More words than can be looked for.
    #[error("redaction's {which} are {count}, more than can be looked for")]
    TooMany {
        /// `hosts` or `names`.
        which: &'static str,
        /// How many they are.
        count: usize,
    },
}

impl Helpful for SettingsError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Waiting
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Name { .. } => "use capitals, digits and underscores, such as CUSTOMER_ID",
            Self::TooMany { .. } => "leave out those that patterns can say",
            Self::Pattern { .. } => "mend it in prode.yaml; nothing is let through until then",
        };
        vec![hint.to_owned()]
    }
}
