//! Everything that a vendor can be asked here, one row each. All of it reads.

use crate::http::Question;

/// A question. There is none that changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Whose page it is, what is not over yet, and how its components are now.
    Summary,
    /// Incidents, the newest first.
    Incidents,
    /// Maintenance that is planned, goes on or is over.
    Maintenances,
    /// A feed.
    Feed,
    /// A feed whose address ends in a slash.
    FeedFolder,
}

/// Each operation: its path below the address, and what it asks, after "asked to".
#[rustfmt::skip]
const OPERATIONS: &[(Operation, &str, &str)] = &[
    (Operation::Summary,      "/summary.json",                "say how its vendor is"),
    (Operation::Incidents,    "/incidents.json",              "list incidents"),
    (Operation::Maintenances, "/scheduled-maintenances.json", "list maintenance"),
    (Operation::Feed,         "",                             "show a feed"),
    (Operation::FeedFolder,   "/",                            "show a feed"),
];

impl Operation {
    /// Every one that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        OPERATIONS.iter().map(|(operation, ..)| *operation)
    }

    /// Its path below the page's API, or below the address of a feed.
    pub fn path(self) -> &'static str {
        self.row().1
    }

    /// Its question.
    pub(super) fn question(self) -> Question {
        Question::of(self.row().2, self.path())
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        let row = OPERATIONS.iter().find(|(operation, ..)| *operation == self);
        row.expect("a test holds that each operation has its row")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_has_one_row_and_a_path_of_its_own() {
        let mut paths: Vec<&str> = Operation::all().map(Operation::path).collect();
        paths.sort_unstable();
        paths.dedup();
        // One for each variant: the last one says how many there are.
        assert_eq!(paths.len(), Operation::FeedFolder as usize + 1);
    }
}
