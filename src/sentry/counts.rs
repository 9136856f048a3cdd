//! How many events there were, by release and environment.

use jiff::Timestamp;
use serde_json::Value;

use super::calls::Sentry;
use super::names::{IssueName, Version};
use super::operation::Operation;
use crate::http::{AskError, Question, items, maybe, maybe_time};
use crate::triage::window::Window;

/// Which events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The project's number.
    pub project: u64,
    /// Environments; all where none is named.
    pub environments: Vec<String>,
}

/// Events of one release in one environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which one; events may have none.
    pub release: Option<String>,
    /// Where; events may have none.
    pub environment: Option<String>,
    /// How many.
    pub count: u64,
    /// The first one.
    pub first: Option<Timestamp>,
    /// The last one.
    pub last: Option<Timestamp>,
}

/// Events by release and environment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Each with at least one event.
    pub rows: Vec<Row>,
    /// There are no others.
    pub is_whole: bool,
}

/// Outcomes by which Sentry throws away what it should have kept.
const DROPPED: [&str; 3] = ["rate_limited", "abuse", "cardinality_limited"];

/// Rows of a page.
const PAGE: u32 = 100;

impl About {
    /// A question about these events in a window.
    pub(super) fn asked(&self, question: Question, window: &Window) -> Question {
        let question = question
            .with("project", &self.project)
            .with("start", &window.from)
            .with("end", &window.until);
        let environments = self.environments.iter();
        environments.fold(question, |question, it| question.with("environment", it))
    }
}

impl Counts {
    /// All together.
    pub fn total(&self) -> u64 {
        self.rows.iter().map(|it| it.count).sum()
    }

    /// When the first event was.
    pub fn first(&self) -> Option<Timestamp> {
        self.rows.iter().filter_map(|it| it.first).min()
    }

    /// The only release that has events, where there is one and none is without.
    pub fn only_release(&self) -> Option<&str> {
        let mut releases = self.rows.iter().map(|it| it.release.as_deref());
        let first = releases.next()??;
        releases.all(|it| it == Some(first)).then_some(first)
    }

    /// Releases with their numbers of events, the most first.
    pub fn by_release(&self) -> Vec<(Option<&str>, u64)> {
        let mut all: Vec<(Option<&str>, u64)> = Vec::new();
        for row in &self.rows {
            let release = row.release.as_deref();
            match all.iter_mut().find(|(it, _)| *it == release) {
                Some((_, count)) => *count += row.count,
                None => all.push((release, row.count)),
            }
        }
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    }
}

/// What is searched for, in Sentry's language.
pub(super) fn search(issue: &IssueName, without: Option<&Version>) -> String {
    let issue = match issue {
        IssueName::Short(short) => format!("issue:{short}"),
        IssueName::Number(number) => format!("issue.id:{number}"),
    };
    match without {
        Some(release) => format!("{issue} !release:\"{release}\""),
        None => issue,
    }
}

impl Sentry {
    /// What [`Sentry::counts`] searches for, word by word.
    pub fn search(issue: &IssueName, without: Option<&Version>) -> String {
        search(issue, without)
    }

    /// Events of an issue in a window; without those of one release.
    ///
    /// # Errors
    /// Sentry did not answer, or has no events of that time any more.
    pub fn counts(
        &mut self,
        about: &About,
        issue: &IssueName,
        without: Option<&Version>,
        window: &Window,
    ) -> Result<Counts, AskError> {
        let fields = ["release", "environment", "count()", "min(timestamp)", "max(timestamp)"];
        let question = Operation::CountEvents.question().with("dataset", "errors");
        let question = fields.into_iter().fold(question, |it, field| it.with("field", field));
        let question = about.asked(question, window).with("per_page", &PAGE);
        let question = question.with("sort", "-count()").with("query", &search(issue, without));
        let rows = |it: &Value| {
            it.get("data").and_then(Value::as_array).ok_or("it has no data")?;
            items(it, "/data").map(row).collect()
        };
        let (rows, is_whole) = self.list(question, rows, |_| false)?;
        Ok(Counts { rows, is_whole })
    }

    /// How many errors of a project Sentry did not keep in a window, since there were too
    /// many.
    ///
    /// # Errors
    /// Sentry did not answer.
    pub fn dropped(&mut self, project: u64, window: &Window) -> Result<u64, AskError> {
        let question = Operation::CountDropped
            .question()
            .with("groupBy", "outcome")
            .with("field", "sum(quantity)")
            .with("category", "error")
            .with("project", &project)
            .with("interval", "1h")
            .with("start", &window.from)
            .with("end", &window.until);
        self.read(question, |it| {
            let is_dropped =
                |it: &&Value| it["by"]["outcome"].as_str().is_some_and(|it| DROPPED.contains(&it));
            it.get("groups").and_then(Value::as_array).ok_or("it has no groups")?;
            items(it, "/groups").filter(is_dropped).try_fold(0, |sum, group| {
                let quantity = group["totals"]["sum(quantity)"].as_u64();
                Ok(sum + quantity.ok_or("a group has no total")?)
            })
        })
    }
}

fn row(value: &Value) -> Result<Row, String> {
    let told = |key: &str| maybe(value, &format!("/{key}")).filter(|it| !it.is_empty());
    Ok(Row {
        release: told("release"),
        environment: told("environment"),
        count: value["count()"].as_u64().ok_or("it has no count()")?,
        first: maybe_time(value, "/min(timestamp)"),
        last: maybe_time(value, "/max(timestamp)"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(rows: &[(Option<&str>, u64)]) -> Counts {
        let row = |(release, count): &(Option<&str>, u64)| Row {
            release: release.map(str::to_owned),
            environment: None,
            count: *count,
            first: None,
            last: None,
        };
        Counts { rows: rows.iter().map(row).collect(), is_whole: true }
    }

    #[test]
    fn events_without_a_release_are_of_no_one_release() {
        assert_eq!(counts(&[(Some("a"), 3), (Some("a"), 2)]).only_release(), Some("a"));
        for other in
            [&[(Some("a"), 3), (None, 1)][..], &[(None, 1)], &[(Some("a"), 1), (Some("b"), 1)], &[]]
        {
            assert_eq!(counts(other).only_release(), None, "{other:?}");
        }
        let both = counts(&[(Some("a"), 3), (None, 9), (Some("a"), 7)]);
        assert_eq!((both.total(), both.by_release()), (19, vec![(Some("a"), 10), (None, 9)]));
    }

    #[test]
    fn a_search_is_of_typed_parts_alone() {
        let (short, release) =
            (IssueName::new("CHECKOUT-2F7").unwrap(), Version::new("checkout@2026.11.3").unwrap());
        assert_eq!(
            search(&short, Some(&release)),
            r#"issue:CHECKOUT-2F7 !release:"checkout@2026.11.3""#
        );
        assert_eq!(search(&IssueName::new("4711").unwrap(), None), "issue.id:4711");
    }
}
