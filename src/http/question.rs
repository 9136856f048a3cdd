//! A question that reads: one path with parts that are filled in.

use super::call::{Call, part};

/// A `GET` of one path. Whatever is filled in is percent-encoded, so that no value is more
/// than that.
#[derive(Debug, Clone)]
pub struct Question {
    what: &'static str,
    template: &'static str,
    parts: Vec<(&'static str, String)>,
    query: Vec<(&'static str, String)>,
}

impl Question {
    /// Of a path with names in braces; `what` ends "asked to …".
    pub fn of(what: &'static str, template: &'static str) -> Self {
        Self { what, template, parts: Vec::new(), query: Vec::new() }
    }

    /// Fills in a part of the path.
    #[must_use]
    pub fn part(mut self, name: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        self.parts.push((name, value.to_string()));
        self
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// What is asked.
    pub fn what(&self) -> &'static str {
        self.what
    }

    /// As it is sent to an API that stands at `prefix`.
    pub(super) fn call(&self, prefix: &str) -> Call {
        Call::get(self.what, format!("{prefix}{}", self.path()))
    }

    fn path(&self) -> String {
        let mut path = self.template.to_owned();
        for (name, value) in &self.parts {
            path = path.replace(&format!("{{{name}}}"), &part(value));
        }
        let query = self.query.iter().map(|(name, value)| format!("{name}={}", part(value)));
        let query = query.collect::<Vec<_>>().join("&");
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_leads_nowhere_else() {
        let question = Question::of("count", "/organizations/{organization}/events/")
            .part("organization", "a/../b?x=1#")
            .with("query", "issue:A-1 & x=y#z");
        assert_eq!(
            question.path(),
            "/organizations/a%2F..%2Fb%3Fx%3D1%23/events/?query=issue%3AA-1%20%26%20x%3Dy%23z"
        );
    }
}
