//! Everything that Sentry can be asked here, one row each. All of it reads.

use crate::http::Question;

/// A question. There is none that changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Which organization it is, and what the token may do there.
    Organization,
    /// A project.
    Project,
    /// The issue that a short id means.
    ShortId,
    /// An issue.
    Issue,
    /// The latest event of an issue.
    LatestEvent,
    /// Numbers of events.
    CountEvents,
    /// Issues of a time.
    ListIssues,
    /// Releases of a project.
    ListReleases,
    /// Numbers of events that were not kept.
    CountDropped,
}

/// Each operation: its path below the API's address, and what it asks, after "asked to".
#[rustfmt::skip]
const OPERATIONS: &[(Operation, &str, &str)] = &[
    (Operation::Organization, "/organizations/{organization}/",                              "tell what the token may do"),
    (Operation::Project,      "/projects/{organization}/{project}/",                         "describe a project"),
    (Operation::ShortId,      "/organizations/{organization}/shortids/{issue}/",             "find an issue"),
    (Operation::Issue,        "/organizations/{organization}/issues/{issue}/",               "describe an issue"),
    (Operation::LatestEvent,  "/organizations/{organization}/issues/{issue}/events/latest/", "read the latest event of an issue"),
    (Operation::CountEvents,  "/organizations/{organization}/events/",                       "count events"),
    (Operation::ListIssues,   "/organizations/{organization}/issues/",                       "list issues"),
    (Operation::ListReleases, "/projects/{organization}/{project}/releases/",                "list releases"),
    (Operation::CountDropped, "/organizations/{organization}/stats_v2/",                     "count what was dropped"),
];

impl Operation {
    /// Every one that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        OPERATIONS.iter().map(|(operation, ..)| *operation)
    }

    /// Its path below the API's address, with the names of what is filled in.
    pub fn path(self) -> &'static str {
        self.row().1
    }

    /// Its question, of which parts are to be filled in.
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
        assert_eq!(paths.len(), Operation::CountDropped as usize + 1);
        assert!(Operation::all().all(|it| it.path().ends_with('/')));
    }
}
