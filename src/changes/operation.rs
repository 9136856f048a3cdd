//! Everything that a forge can be asked here, one row each. All of it reads.

use super::kind::Kind;
use crate::http::Question;

/// A question. There is none that changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Whose the token is, on GitHub.
    HubAccount,
    /// A repository on GitHub.
    HubRepository,
    /// Deployments on GitHub.
    HubDeployments,
    /// What became of a deployment on GitHub.
    HubStatuses,
    /// Releases on GitHub.
    HubReleases,
    /// Pull requests on GitHub.
    HubPulls,
    /// Whose the token is, on GitLab.
    LabAccount,
    /// What the token may do, on GitLab.
    LabToken,
    /// A project on GitLab.
    LabProject,
    /// Deployments on GitLab.
    LabDeployments,
    /// Releases on GitLab.
    LabReleases,
    /// Merge requests on GitLab.
    LabMerges,
}

/// Each operation: whose, its path below the API's address, and what it asks, after "asked
/// to".
#[rustfmt::skip]
const OPERATIONS: &[(Operation, Kind, &str, &str)] = &[
    (Operation::HubAccount,     Kind::GitHub, "/user",                                                  "tell whose the token is"),
    (Operation::HubRepository,  Kind::GitHub, "/repos/{owner}/{name}",                                  "describe a repository"),
    (Operation::HubDeployments, Kind::GitHub, "/repos/{owner}/{name}/deployments",                      "list deployments"),
    (Operation::HubStatuses,    Kind::GitHub, "/repos/{owner}/{name}/deployments/{deployment}/statuses", "tell what became of a deployment"),
    (Operation::HubReleases,    Kind::GitHub, "/repos/{owner}/{name}/releases",                         "list releases"),
    (Operation::HubPulls,       Kind::GitHub, "/repos/{owner}/{name}/pulls",                            "list pull requests"),
    (Operation::LabAccount,     Kind::GitLab, "/user",                                                  "tell whose the token is"),
    (Operation::LabToken,       Kind::GitLab, "/personal_access_tokens/self",                           "tell what the token may do"),
    (Operation::LabProject,     Kind::GitLab, "/projects/{project}",                                    "describe a project"),
    (Operation::LabDeployments, Kind::GitLab, "/projects/{project}/deployments",                        "list deployments"),
    (Operation::LabReleases,    Kind::GitLab, "/projects/{project}/releases",                           "list releases"),
    (Operation::LabMerges,      Kind::GitLab, "/projects/{project}/merge_requests",                     "list merge requests"),
];

impl Operation {
    /// Every one of a kind of forge.
    pub fn all(kind: Kind) -> impl Iterator<Item = Self> {
        OPERATIONS.iter().filter(move |row| row.1 == kind).map(|(operation, ..)| *operation)
    }

    /// Its path below the API's address, with the names of what is filled in.
    pub fn path(self) -> &'static str {
        self.row().2
    }

    /// Its question, of which parts are to be filled in.
    pub(super) fn question(self) -> Question {
        Question::of(self.row().3, self.path())
    }

    fn row(self) -> &'static (Self, Kind, &'static str, &'static str) {
        let row = OPERATIONS.iter().find(|(operation, ..)| *operation == self);
        row.expect("a test holds that each operation has its row")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_has_one_row_and_a_path_of_its_own() {
        let all = [Kind::GitHub, Kind::GitLab].into_iter().flat_map(Operation::all);
        let mut rows: Vec<_> = all.map(|it| (it.row().1, it.path())).collect();
        rows.sort_unstable();
        rows.dedup();
        // One for each variant: the last one says how many there are.
        assert_eq!(rows.len(), Operation::LabMerges as usize + 1);
    }
}
