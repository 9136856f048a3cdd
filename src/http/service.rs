//! How a service wants to be spoken to.

use serde_json::Value;

/// What every request carries, and what an answer means.
#[derive(Clone, Copy)]
pub struct Service {
    /// What stands before the token in `authorization`, with the space.
    pub scheme: &'static str,
    /// What an answer may be.
    pub accept: &'static str,
    /// Headers besides, their names in lower case.
    pub headers: &'static [(&'static str, &'static str)],
    /// What an answer means that its status alone does not say.
    pub meaning: fn(&Value) -> Option<Meaning>,
    /// Redirects are followed on the endpoint's own host; else none is.
    pub follows: bool,
    /// What the text of an answer is read as; `None` where it is not whole.
    pub reads: fn(&str) -> Option<Value>,
}

/// What an answer's body says against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// The token is none, or is over.
    BadToken,
    /// The token does not reach so far; in the service's words.
    Forbidden(String),
    /// It is not there.
    NotFound,
    /// It was understood and refused; in the service's words.
    Refused(String),
    /// Too much was asked.
    Later,
    /// It failed inside: nobody knows whether it was done; in the service's words.
    Failed(String),
}

impl Service {
    /// GitHub's REST API in one version.
    pub const GITHUB: Self = Self {
        accept: "application/vnd.github+json",
        headers: &[("x-github-api-version", "2022-11-28")],
        ..Self::GITLAB
    };

    /// GitLab's REST API; also what most others want.
    pub const GITLAB: Self = Self {
        scheme: "Bearer ",
        accept: "application/json",
        headers: &[],
        meaning: |_| None,
        follows: true,
        reads: json,
    };

    /// Sentry's REST API.
    pub const SENTRY: Self = Self { follows: false, ..Self::GITLAB };

    /// A collector's OTLP over HTTP.
    pub const OTLP: Self = Self { follows: false, ..Self::GITLAB };

    /// The REST API of Gitea and Forgejo.
    pub const GITEA: Self = Self { scheme: "token ", ..Self::GITLAB };

    /// JSON that everybody may read.
    pub const PUBLIC: Self = Self { follows: false, ..Self::GITLAB };

    /// A feed in XML: an answer is its text, as it came.
    pub const FEED: Self = Self {
        accept: "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8",
        reads: |text| Some(Value::String(text.to_owned())),
        ..Self::PUBLIC
    };
}

fn json(text: &str) -> Option<Value> {
    match text.trim() {
        "" => Some(Value::Null),
        text => serde_json::from_str(text).ok(),
    }
}
