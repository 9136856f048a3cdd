//! Why another memory cannot be asked.

use crate::hint::{ErrorKind, Helpful};
use crate::workspace::WorkspaceError;

/// Another memory that the settings name and that cannot be asked. Names and
/// addresses are as the settings have them, without users and passwords.
#[derive(Debug, thiserror::Error)]
pub enum OtherError {
    /// No citation could begin with its name.
    #[error("no memory can be called '{name}'")]
    Name {
        /// The name.
        name: String,
    },
    /// Two have one name.
    #[error("two memories are called '{name}', and the second, '{place}', is not asked")]
    Twice {
        /// The name.
        name: String,
        /// Path or address of the second.
        place: String,
    },
    /// One repository has two names.
    #[error("the memory '{name}' is '{first}' under a second name, and is asked once")]
    Again {
        /// The name.
        name: String,
        /// The name under which it is asked.
        first: String,
    },
    /// The path depends on where one stands.
    #[error("the memory '{name}' is not asked: '{path}' is no folder from the top of the disk")]
    Relative {
        /// Its name.
        name: String,
        /// The path.
        path: String,
    },
    /// No clone is known for an address.
    #[error("the memory '{name}' is not asked: no clone of '{url}' on this machine is named")]
    NoClone {
        /// Its name.
        name: String,
        /// The address.
        url: String,
    },
    /// The clone is one of another repository.
    #[error("the memory '{name}' is not asked: '{path}' is a clone of {of}, and not of '{url}'")]
    OtherClone {
        /// Its name.
        name: String,
        /// The folder.
        path: String,
        /// What it is a clone of.
        of: String,
        /// The address that was wanted.
        url: String,
    },
    /// There is nothing to read yet.
    #[error("the memory '{name}' is not asked: '{path}' has no commit on its trunk")]
    NoCommit {
        /// Its name.
        name: String,
        /// The folder.
        path: String,
    },
    /// Its repository does not open or answer.
    #[error("the memory '{name}' is not asked: {why}")]
    Unusable {
        /// Its name.
        name: String,
        /// What it said.
        why: Box<WorkspaceError>,
    },
}

impl OtherError {
    /// What happened and what to type next, on one line.
    pub fn told(&self) -> String {
        let all = std::iter::once(self.to_string()).chain(self.hints());
        all.collect::<Vec<_>>().join("; ")
    }
}

impl Helpful for OtherError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Name { .. } | Self::Twice { .. } | Self::Again { .. } | Self::Relative { .. } => {
                ErrorKind::Invalid
            }
            Self::NoClone { .. } | Self::NoCommit { .. } => ErrorKind::NotFound,
            Self::OtherClone { .. } => ErrorKind::Conflict,
            Self::Unusable { why, .. } => why.kind(),
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Name { .. } => {
                "in memories, give it a name of letters, digits, '-', '_' and '.', which is not \
                 skill, template or adr"
                    .to_owned()
            }
            Self::Twice { .. } => "in memories, give each a name of its own".to_owned(),
            Self::Again { name, .. } => format!("take '{name}' out of memories"),
            Self::Relative { .. } => "in memories, write the whole path, or one from ~/".to_owned(),
            Self::NoClone { url, .. } => format!(
                "clone it, and name the folder in your own settings: path: FOLDER instead of url, \
                 or audit.repositories: {{{}: FOLDER}}",
                crate::review::repository_name(url)
            ),
            Self::OtherClone { .. } => {
                "name the right folder in audit.repositories in your own settings".to_owned()
            }
            Self::NoCommit { path, .. } => {
                format!("see its branches: git -C '{path}' branch --all")
            }
            Self::Unusable { why, .. } => {
                let mut hints = why.hints();
                let or = if hints.is_empty() { "mend its path, or" } else { "or" };
                hints.push(format!("{or} take it out of memories in your own settings"));
                return hints;
            }
        };
        vec![hint]
    }
}
