//! What goes wrong, and at which request.

use std::time::Duration;

use super::http::Request;

/// A way to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// All is well.
    None,
    /// The connection ends, and nothing was done.
    DropBefore,
    /// It is done, and the connection ends without an answer.
    DropAfter,
    /// It is done, and the answer is 500.
    FailAfter,
    /// It is done, and the answer ends in its middle.
    Cut,
    /// Nothing was done: 502 of something in between.
    BadGateway,
    /// Nothing was done: 429, with a second to wait.
    Later,
    /// It takes so long, then is done and answered.
    Delay(Duration),
    /// Nothing is done and nothing is answered.
    HoldBefore,
    /// It is done and nothing is answered.
    HoldAfter,
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Account,
    Find,
    Create,
    Read,
    Change,
    Ask,
    Label,
    /// Comments are read.
    Look,
    /// A comment is added.
    Comment,
    /// A ticket gets another state, or loses a label.
    Move,
    Reviews,
    /// Whatever comes first.
    Any,
}

impl Step {
    pub(super) fn of(request: &Request) -> Self {
        let path = request.path.as_str();
        let ends = |end: &str| path.ends_with(end);
        let is_list = ends("/pulls") || ends("/merge_requests");
        match request.method.as_str() {
            "GET" if is_list => Self::Find,
            "POST" if is_list => Self::Create,
            _ if ends("/requested_reviewers") || path.contains("/users") => Self::Ask,
            "DELETE" => Self::Move,
            "PUT" | "PATCH" if path.contains("/issues/") => Self::Move,
            "GET" if ends("/labels") => Self::Read,
            _ if ends("/labels") => Self::Label,
            "GET" if ends("/comments") || ends("/notes") => Self::Look,
            _ if ends("/comments") || ends("/notes") => Self::Comment,
            _ if ends("/graphql") => Self::of_document(request.text("query").unwrap_or_default()),
            _ if ends("/reviews") || ends("/approvals") || ends("/versions") => Self::Reviews,
            _ if ends("/user") => Self::Account,
            // GitLab has no places of their own for these.
            "PUT" if request.body.get("reviewer_ids").is_some() => Self::Ask,
            "PUT" if request.body.get("add_labels").is_some() => Self::Label,
            "PUT" | "PATCH" => Self::Change,
            _ => Self::Read,
        }
    }

    fn of_document(text: &str) -> Self {
        match text {
            _ if text.contains("issueUpdate") => Self::Move,
            _ if text.starts_with("mutation") => Self::Comment,
            _ if text.contains("comments(") => Self::Look,
            _ => Self::Read,
        }
    }

    pub(super) fn fits(self, step: Self) -> bool {
        self == Self::Any || self == step
    }
}
