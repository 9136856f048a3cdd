//! One request, and the parts that its path is made of.

use std::ops::RangeInclusive;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use ureq::http::Method;

/// What stands as it is in a part of a path or a query.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Text as one part of a path, or a value of a query.
pub fn part(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

/// True of names that may stand in a path as they are, `/` between them, and as
/// many as `count`: nothing in it leads elsewhere.
pub fn is_path(text: &str, count: RangeInclusive<usize>) -> bool {
    let is_part = |part: &str| {
        let is_name = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        !part.is_empty() && !part.starts_with('.') && part.chars().all(is_name)
    };
    count.contains(&text.split('/').count()) && text.split('/').all(is_part)
}

/// What a request carries, in the form that its service wants.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) content_type: &'static str,
    /// Headers besides, their names in lower case.
    pub(super) headers: Vec<(&'static str, String)>,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Call {
    pub(super) what: &'static str,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) body: Option<Body>,
    /// Doing it twice is doing it once, so that it may be tried again unseen.
    pub(super) again: bool,
    /// Where too much was asked, it is sent later, unseen.
    pub(super) waits: bool,
}

impl Call {
    fn new(what: &'static str, method: Method, path: String, body: Option<Value>) -> Self {
        let json = |it: Value| Body {
            text: it.to_string(),
            content_type: "application/json",
            headers: Vec::new(),
        };
        Self { what, method, path, body: body.map(json), again: true, waits: true }
    }

    /// Asks; `what` ends "the token may not …".
    pub fn get(what: &'static str, path: impl Into<String>) -> Self {
        Self::new(what, Method::GET, path.into(), None)
    }

    /// Asks with a body, as `GraphQL` does.
    pub fn query(what: &'static str, path: impl Into<String>, body: Value) -> Self {
        Self::new(what, Method::POST, path.into(), Some(body))
    }

    /// Asks with a body of another type and with headers of its own, their names in
    /// lower case.
    pub fn typed(
        what: &'static str,
        content_type: &'static str,
        headers: Vec<(&'static str, String)>,
        text: String,
    ) -> Self {
        let body = Some(Body { text, content_type, headers });
        Self { body, ..Self::new(what, Method::POST, "/".to_owned(), None) }
    }

    /// Sets what `body` names and leaves the rest.
    pub fn patch(what: &'static str, path: String, body: Value) -> Self {
        Self::new(what, Method::PATCH, path, Some(body))
    }

    /// Sets, where a service has this method for it.
    pub fn put(what: &'static str, path: String, body: Value) -> Self {
        Self::new(what, Method::PUT, path, Some(body))
    }

    /// Adds what is there once, however often it is added.
    pub fn add(what: &'static str, path: String, body: Value) -> Self {
        Self::new(what, Method::POST, path, Some(body))
    }

    /// Takes away.
    pub fn delete(what: &'static str, path: String) -> Self {
        Self::new(what, Method::DELETE, path, None)
    }

    /// Sent once, whatever is answered: people may change the same thing meanwhile,
    /// so that whoever tries again looks first.
    #[must_use]
    pub fn seen(self) -> Self {
        Self { again: false, waits: false, ..self }
    }

    /// Makes something anew each time: it is not tried again without a look.
    pub fn make(what: &'static str, path: impl Into<String>, body: Value) -> Self {
        Self { again: false, ..Self::new(what, Method::POST, path.into(), Some(body)) }
    }

    pub(super) fn page(&self, page: u32) -> Self {
        let mark = if self.path.contains('?') { '&' } else { '?' };
        Self { path: format!("{}{mark}page={page}", self.path), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_nowhere_else() {
        for good in ["a/b", "org-1/re.po_x"] {
            assert!(is_path(good, 2..=2), "{good}");
        }
        let bad = ["a", "a/b/c", "../b", "a/..", "a/b?x", "a b/c", "a/b#1", "a//b", "a/b%2F", ""];
        for bad in bad {
            assert!(!is_path(bad, 2..=2), "{bad}");
        }
    }
}
