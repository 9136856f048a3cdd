//! Why an allowance does not hold.

use jiff::civil::Date;

use crate::hint::{ErrorKind, Helpful};

/// What is wrong with an allowance. All of it waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllowanceError {
    /// A text that names none.
    #[error("'{0}' is no name of an allowance: X- and 12 hex digits")]
    NoName(String),
    /// A file in the folder of allowances is none.
    #[error("allowance '{file}' cannot be used: {reason}")]
    Malformed {
        /// From the top of the repository.
        file: String,
        /// What is wrong, with its line where there is one.
        reason: String,
    },
    /// Its time is over, and what it let stand is still there.
    #[error(
        "allowance {id} of {by} for '{rule}' ended on {until}; what it let stand is at line {line}, column {column}"
    )]
    Ended {
        /// Its name.
        id: String,
        /// Who answers for it.
        by: String,
        /// The rule that finds it.
        rule: String,
        /// Its last day.
        until: Date,
        /// The place of the text.
        place: String,
        /// 1-based.
        line: u32,
        /// 1-based, in characters.
        column: u32,
    },
    /// By this machine's clock nobody can have made it yet.
    #[error("allowance {id} of {by} for '{rule}' was made on {at}, and here it is {today}")]
    NotBegun {
        /// Its name.
        id: String,
        /// Who answers for it.
        by: String,
        /// The rule that finds it.
        rule: String,
        /// The day on which it was made.
        at: Date,
        /// The day here.
        today: Date,
    },
}

impl Helpful for AllowanceError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoName(_) => ErrorKind::Usage,
            _ => ErrorKind::Waiting,
        }
    }

    fn hints(&self) -> Vec<String> {
        vec![match self {
            Self::NoName(_) => "see which there are: prode redact allow --list".to_owned(),
            Self::Malformed { .. } => {
                "mend or remove the file on the trunk; nothing is let through until then".to_owned()
            }
            Self::Ended { place, line, column, .. } => format!(
                "take the value out, or ask for more time: prode redact allow '{place}:{line}:{column}' --why … --until …"
            ),
            Self::NotBegun { .. } => "set the clock of this machine".to_owned(),
        }]
    }
}
