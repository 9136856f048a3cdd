//! One line of the log: what one question led to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What was done with pages on a day (UTC).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Line {
    /// Begins a log that was empty, by a name that no other log has.
    Begun {
        /// The day.
        day: Date,
        /// The log's name.
        log: String,
    },
    /// A question was asked, and these pages stood first in its answer.
    Routed {
        /// The day.
        day: Date,
        /// Their paths; empty where nothing fitted.
        pages: Vec<String>,
    },
    /// A page was read.
    Opened {
        /// The day.
        day: Date,
        /// Its path.
        page: String,
    },
    /// Somebody says that a page did not help.
    Unhelpful {
        /// The day.
        day: Date,
        /// Its path.
        page: String,
        /// The digest of its body then.
        body: String,
    },
}

impl Line {
    /// As it is written. The mark before it ends what a killed writer left; no
    /// part of it can be taken for a whole line.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![b'\n'];
        bytes.extend(serde_json::to_vec(self).unwrap_or_default());
        bytes
    }

    /// Whole lines, and how many were none.
    pub(super) fn read_all(log: &[u8]) -> (Vec<Self>, usize) {
        let lines = log.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let (mut whole, mut torn) = (Vec::new(), 0);
        for line in lines {
            match serde_json::from_slice(line) {
                Ok(line) => whole.push(line),
                Err(_) => torn += 1,
            }
        }
        (whole, torn)
    }

    pub(super) fn day(&self) -> Date {
        match self {
            Self::Begun { day, .. }
            | Self::Routed { day, .. }
            | Self::Opened { day, .. }
            | Self::Unhelpful { day, .. } => *day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_writer_left_costs_one_line() {
        let day = jiff::civil::date(2026, 11, 27);
        let opened = |page: &str| Line::Opened { day, page: page.to_owned() };
        let whole = opened("wiki/a\nb.md").bytes();
        for cut in 2..whole.len() {
            let log = [&opened("x").bytes(), &whole[..cut], &opened("y").bytes()].concat();
            assert_eq!(Line::read_all(&log), (vec![opened("x"), opened("y")], 1), "{cut}");
        }
        assert_eq!(Line::read_all(&whole), (vec![opened("wiki/a\nb.md")], 0));
    }
}
