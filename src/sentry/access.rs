//! What the token may do, and which projects there are.

use jiff::Timestamp;
use serde_json::Value;

use super::calls::Sentry;
use super::names::Slug;
use super::operation::Operation;
use crate::http::{AskError, items, maybe_time, text};

/// What the token may do in the organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The organization, as Sentry calls it.
    pub organization: String,
    /// `event:read`, …; none where Sentry does not say.
    pub scopes: Vec<String>,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its number.
    pub number: u64,
    /// What it is called.
    pub slug: Slug,
    /// When it was made; before that it has no events.
    pub created: Option<Timestamp>,
}

impl Access {
    /// Scopes by which something could be changed.
    pub fn that_write(&self) -> Vec<&str> {
        let scopes = self.scopes.iter().map(String::as_str);
        scopes.filter(|it| !it.ends_with(":read")).collect()
    }
}

impl Sentry {
    /// What the token may do in the organization.
    ///
    /// # Errors
    /// Sentry does not know the token or the organization, or did not answer.
    pub fn access(&mut self) -> Result<Access, AskError> {
        self.read(Operation::Organization.question().with("detailed", "0"), |it| {
            let scopes = items(it, "/access").filter_map(Value::as_str).map(str::to_owned);
            Ok(Access { organization: text(it, "/slug")?, scopes: scopes.collect() })
        })
    }

    /// A project; `None` where there is none of that name, or not for this token.
    ///
    /// # Errors
    /// Sentry did not answer.
    pub fn project(&mut self, slug: &Slug) -> Result<Option<Project>, AskError> {
        let question = Operation::Project.question().part("project", slug);
        let project = self.read(question, |it| {
            Ok(Project {
                number: numbered(it, "/id")?,
                slug: slug.clone(),
                created: maybe_time(it, "/dateCreated"),
            })
        });
        match project {
            Err(error) if error.is_not_found() => Ok(None),
            project => project.map(Some),
        }
    }
}

/// A number, which Sentry writes as text.
pub(super) fn numbered(value: &Value, pointer: &str) -> Result<u64, String> {
    let number = value.pointer(pointer);
    let number = number.and_then(|it| it.as_u64().or_else(|| it.as_str()?.parse().ok()));
    number.ok_or_else(|| format!("it has no number at {pointer}"))
}
