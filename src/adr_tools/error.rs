//! What can go wrong, in words, and what to type next.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a command did nothing.
#[derive(Debug, Error)]
pub(super) enum AdrToolsError {
    /// An argument is not Unicode.
    #[error("the argument '{0}' is not UTF-8")]
    NotText(String),
    /// Fewer words than the command needs.
    #[error("'adr {command}' needs {missing}")]
    Missing { command: &'static str, missing: &'static str },
    /// More words than the command takes.
    #[error("'adr {command}' takes no further word, and '{word}' is one")]
    TooMany { command: &'static str, word: String },
    /// A folder's name that `.adr-dir` cannot hold.
    #[error("a folder's name has one line, and '{0}' has more")]
    BadFolder(String),
    /// `-l` without its three parts.
    #[error("'{0}' is not TARGET:LINK:REVERSE-LINK")]
    BadLink(String),
    /// No such report.
    #[error("there is no report named '{0}'")]
    NoReport(String),
    /// A folder of decisions that is not there.
    #[error("The {0} directory does not exist")]
    NoFolder(String),
    /// `.adr-dir` names nothing.
    #[error("'{}' is empty", .0.display())]
    EmptyAdrDir(PathBuf),
    /// A reference that fits no decision.
    #[error("no decision matches '{0}'")]
    NoMatch(String),
    /// A reference that fits several.
    #[error("'{reference}' could be {}", .candidates.join(" or "))]
    Ambiguous { reference: String, candidates: Vec<String> },
    /// Both ends of a link are the same decision.
    #[error("'{0}' cannot be linked to itself")]
    ToItself(String),
    /// A decision without the place where links stand.
    #[error("'{0}' has no Status section, where the link would stand")]
    NoStatus(String),
    /// A link that would have a file elsewhere edited.
    #[error("'{0}' is a link that leads out of its folder")]
    Outside(String),
    /// A template without the place where links stand.
    #[error("the template has no Status section, where the link would stand")]
    TemplateNoStatus,
    /// Such a file is never edited.
    #[error("'{path}' is not UTF-8 at byte {at}")]
    NotUtf8 { path: String, at: usize },
    /// No number is left above the greatest one.
    #[error("no number is left above those in '{0}'")]
    NoNumber(String),
    /// The system said no.
    #[error("cannot {doing} '{}': {source}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
}

impl AdrToolsError {
    /// For `map_err`: what was being done, and to which file.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }

    /// With its path as one would type it in the folder `current`.
    pub(super) fn seen_from(self, current: &Path) -> Self {
        let seen = |path: PathBuf| match path.strip_prefix(current) {
            Ok(below) => below.to_owned(),
            Err(_) => path,
        };
        match self {
            Self::Io { doing, path, source } => Self::Io { doing, path: seen(path), source },
            Self::EmptyAdrDir(path) => Self::EmptyAdrDir(seen(path)),
            other => other,
        }
    }

    /// What to type next.
    pub(super) fn hints(&self) -> Vec<String> {
        match self {
            Self::Missing { command, .. } => vec![format!("adr help {command}")],
            Self::TooMany { command, .. } => vec![
                "write several words that belong together in quotes".to_owned(),
                format!("adr help {command}"),
            ],
            Self::BadLink(_) => vec!["adr new -l \"5:Amends:Amended by\" TITLE".to_owned()],
            Self::NoReport(_) => vec!["adr generate".to_owned()],
            Self::NoFolder(_) => vec![
                "adr init".to_owned(),
                "or name the folder that there is: echo docs/decisions > .adr-dir".to_owned(),
            ],
            Self::EmptyAdrDir(_) => {
                vec!["write the path of the decisions into it, or remove it".to_owned()]
            }
            Self::NoMatch(_) => vec!["adr list".to_owned()],
            Self::Ambiguous { .. } => vec!["give a whole file name".to_owned()],
            Self::NoStatus(_) | Self::TemplateNoStatus => {
                vec!["give it a heading '## Status'".to_owned()]
            }
            Self::NotUtf8 { .. } => vec!["convert the file to UTF-8".to_owned()],
            Self::NotText(_)
            | Self::BadFolder(_)
            | Self::ToItself(_)
            | Self::Outside(_)
            | Self::NoNumber(_)
            | Self::Io { .. } => Vec::new(),
        }
    }

    /// The exit code: adr-tools' own where a shell would not find a program.
    pub(super) fn code(&self) -> u8 {
        if matches!(self, Self::NoReport(_)) { 127 } else { 1 }
    }
}
