//! Decisions: one model over the formats that teams already have.
//!
//! A file is recognised from its name and content, never converted. What it
//! does not say is absent, what it says in unknown words is kept as written.
//! Numbering, links between files and changes of status need more than one
//! file and are not decided here; [`AdrText`] makes each change of one file.

mod convert;
mod draft;
mod edit;
mod facts;
mod format;
mod front_number;
mod name;
mod numbers;
mod prose;
mod reference;
mod relation;
mod renumber;
mod status;
#[cfg(test)]
mod tests;
mod transition;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use convert::{Converted, Target, convert};
pub use draft::{clean_title, file_name, file_slug, heading, new_text};
pub use edit::{AdrEditError, AdrText, Peer, Sections, Spelling, target};
pub use format::{recognise, recognise_as};
pub use name::{slug_of, split_title};
pub use numbers::{digits, next_number, number_of};
pub use prose::{Difference, compare, similarity};
pub use relation::{is_supersession, relations, reverse_of, stated_by};
pub use renumber::{By, Place, Renumbering, numbers_in, own_number, padded};
pub use transition::TransitionError;

/// Which format a decision is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Nygard's, as adr-tools writes it: `## Status` paragraphs.
    Nygard,
    /// MADR 2 to 4.
    Madr,
    /// log4brains: a list of facts before the first level-two heading.
    Log4brains,
    /// Backlog.md decisions.
    Backlog,
    /// None of these, but a decision with a status.
    Other,
}

impl Format {
    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nygard => "nygard",
            Self::Madr => "madr",
            Self::Log4brains => "log4brains",
            Self::Backlog => "backlog",
            Self::Other => "other",
        }
    }
}

/// Where a decision stands. An unknown status is shown as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdrStatus {
    /// Being written.
    Draft,
    /// Up for a decision.
    Proposed,
    /// In force.
    Accepted,
    /// Decided against.
    Rejected,
    /// No longer in force, without a successor.
    Deprecated,
    /// Replaced.
    Superseded,
    /// Anything else, as written.
    Unknown(String),
}

/// Another decision that one names: a file, a number, or a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdrRef {
    /// The number, where one is given or stands in the file name.
    pub number: Option<u32>,
    /// The link's target as written, where it is a link.
    pub target: Option<String>,
}

/// What every decision has, whatever its format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdrRecord {
    /// Which format it is written in.
    pub format: Format,
    /// From the file name, else the title.
    pub number: Option<u32>,
    /// Without its number.
    pub title: String,
    /// Where it stands; `None` where the file does not say.
    pub status: Option<AdrStatus>,
    /// The day it was decided or last changed, as the file says.
    pub date: Option<Date>,
    /// Who decided.
    pub deciders: Vec<String>,
    /// Decisions that this one replaces.
    pub supersedes: Vec<AdrRef>,
    /// The decision that replaces this one.
    pub superseded_by: Option<AdrRef>,
}
