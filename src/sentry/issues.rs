//! Issues: errors that Sentry holds for the same.

use jiff::Timestamp;
use serde_json::Value;

use super::access::numbered;
use super::calls::Sentry;
use super::counts::About;
use super::names::IssueName;
use super::operation::Operation;
use crate::http::{AskError, maybe, maybe_time, text};
use crate::triage::window::Window;

/// Issues of one list: those with the most events.
const MOST: usize = 20;

/// An issue. What it says of those who met it is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The number in its address.
    pub number: u64,
    /// `CHECKOUT-2F7`.
    pub short: IssueName,
    /// What its project is called.
    pub project: String,
    /// The type of the error, such as `TypeError`, where it has one.
    pub sort: Option<String>,
    /// Where it comes from, in Sentry's words.
    pub culprit: Option<String>,
    /// When its first event was.
    pub first: Option<Timestamp>,
    /// When its last event was.
    pub last: Option<Timestamp>,
}

impl Issue {
    /// What is wrong and where, without a word of a message: those hold what people
    /// typed.
    pub fn words(&self) -> String {
        let sort = self.sort.as_deref().unwrap_or("an error");
        match self.culprit.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
            Some(culprit) => format!("{sort} in {culprit}"),
            None => sort.to_owned(),
        }
    }
}

impl Sentry {
    /// An issue; `None` where there is none of that name, or not for this token.
    ///
    /// # Errors
    /// Sentry did not answer.
    pub fn issue(&mut self, name: &IssueName) -> Result<Option<Issue>, AskError> {
        let found = match name {
            IssueName::Number(_) => {
                self.read(Operation::Issue.question().part("issue", name), issue)
            }
            IssueName::Short(_) => {
                let question = Operation::ShortId.question().part("issue", name);
                self.read(question, |it| issue(it.get("group").ok_or("it has no group")?))
            }
        };
        match found {
            Err(error) if error.is_not_found() => Ok(None),
            found => found.map(Some),
        }
    }

    /// Issues with events in a window, those with the most first; whether there are no
    /// others.
    ///
    /// # Errors
    /// Sentry did not answer.
    pub fn issues(
        &mut self,
        about: &About,
        window: &Window,
    ) -> Result<(Vec<Issue>, bool), AskError> {
        let question = about.asked(Operation::ListIssues.question(), window);
        let question = question.with("query", "").with("sort", "freq").with("limit", &MOST);
        self.read(question, |it| {
            let all = it.as_array().ok_or("it is no list")?;
            // Without a short id nobody can name it, nor search for it.
            let named = all.iter().filter(|it| it["shortId"].is_string());
            let issues = named.map(issue).collect::<Result<Vec<_>, _>>()?;
            Ok((issues, all.len() < MOST))
        })
    }
}

fn issue(value: &Value) -> Result<Issue, String> {
    Ok(Issue {
        number: numbered(value, "/id")?,
        short: IssueName::new(&text(value, "/shortId")?).map_err(|it| it.to_string())?,
        project: text(value, "/project/slug")?,
        sort: maybe(value, "/metadata/type").filter(|it| !it.trim().is_empty()),
        culprit: maybe(value, "/culprit"),
        first: maybe_time(value, "/firstSeen"),
        last: maybe_time(value, "/lastSeen"),
    })
}
