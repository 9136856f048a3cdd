//! What was seen after the merge: `prode.monitor/v1`.
//!
//! The specialists whose claims the decision rested on are asked again, about the
//! time since the merge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::triage::output::{Output, QueryResult};
use crate::triage::window::Window;

/// What came of watching.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Everybody looked, and the fault is gone.
    Confirmed,
    /// Somebody could not look, or looked at another time.
    NotConfirmed,
    /// The fault was seen after the merge.
    Regressed,
}

impl Seen {
    /// As it is stored and printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::NotConfirmed => "not-confirmed",
            Self::Regressed => "regressed",
        }
    }
}

/// One specialist, asked again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Watched {
    /// Who.
    pub specialist: String,
    /// The hypothesis that its claims supported.
    pub hypothesis: String,
    /// What it answered, redacted; null where nothing came.
    pub output: Option<Output>,
    /// Why nothing came.
    pub why: Option<String>,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Monitor {
    /// `prode.monitor/v1`.
    pub schema: String,
    /// The time that was asked about.
    pub window: Window,
    /// Each specialist's answer.
    pub answers: Vec<Watched>,
}

impl Monitor {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.monitor/v1";

    /// What it comes to.
    pub fn seen(&self) -> Seen {
        if self.answers.iter().any(|it| it.sees_it(&self.window)) {
            Seen::Regressed
        } else if !self.answers.is_empty()
            && self.answers.iter().all(|it| it.misses_it(&self.window))
        {
            Seen::Confirmed
        } else {
            Seen::NotConfirmed
        }
    }
}

impl Watched {
    fn sees_it(&self, window: &Window) -> bool {
        let findings = self.output.iter().flat_map(|it| &it.findings);
        findings
            .filter(|it| it.supports.contains(&self.hypothesis))
            .any(|it| !it.receipts.is_empty() && window.holds(it.observed_at))
    }

    /// A query about the whole time came back empty, from a source that has data
    /// of it.
    fn misses_it(&self, window: &Window) -> bool {
        let covers = |it: &Window| it.from <= window.from && it.until >= window.until;
        self.output.iter().flat_map(|it| &it.queries).any(|query| {
            query.result == QueryResult::Empty
                && covers(&query.window)
                && query.covered.as_ref().is_none_or(covers)
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;

    fn at(hour: u8) -> Timestamp {
        format!("2026-11-03T{hour:02}:00:00Z").parse().unwrap()
    }

    fn seen(output: Option<serde_json::Value>) -> Seen {
        let output = output.map(|it| Output::parse(&it.to_string()).unwrap());
        let (specialist, hypothesis) = ("sentry".to_owned(), "app-regression".to_owned());
        let answers = vec![Watched { specialist, hypothesis, output, why: None }];
        let window = Window { from: at(4), until: at(8) };
        Monitor { schema: Monitor::SCHEMA.into(), window, answers }.seen()
    }

    fn query(from: u8, until: u8, result: &str) -> serde_json::Value {
        json!({"schema": Output::SCHEMA, "question": "q", "queries": [{"source": "sentry",
            "query": "errors", "window": {"from": at(from), "until": at(until)},
            "result": result}]})
    }

    #[test]
    fn only_an_empty_answer_of_the_whole_time_confirms() {
        assert_eq!(seen(Some(query(4, 8, "empty"))), Seen::Confirmed);
        assert_eq!(seen(Some(query(5, 8, "empty"))), Seen::NotConfirmed);
        assert_eq!(seen(Some(query(4, 8, "error"))), Seen::NotConfirmed);
        assert_eq!(seen(Some(query(4, 8, "found"))), Seen::NotConfirmed);
        assert_eq!(seen(None), Seen::NotConfirmed);
        let mut partly = query(4, 8, "empty");
        partly["queries"][0]["covered"] = json!({"from": at(6), "until": at(8)});
        assert_eq!(seen(Some(partly)), Seen::NotConfirmed);
    }

    #[test]
    fn a_claim_of_the_time_after_the_merge_is_a_regression() {
        let mut found = query(4, 8, "empty");
        let claim = |hour: u8, supports: &str| {
            json!([{"id": "F1", "claim": "again", "supports": [supports],
                "observed_at": at(hour), "receipts": [{"source": "sentry", "query": "errors",
                "window": {"from": at(4), "until": at(8)}, "at": at(8), "excerpt": "12"}]}])
        };
        found["findings"] = claim(5, "app-regression");
        assert_eq!(seen(Some(found.clone())), Seen::Regressed);
        found["findings"] = claim(3, "app-regression");
        assert_eq!(seen(Some(found.clone())), Seen::Confirmed);
        found["findings"] = claim(5, "vendor");
        assert_eq!(seen(Some(found)), Seen::Confirmed);
    }
}
