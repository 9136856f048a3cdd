//! Sets of examples as files hold them.

use std::path::Path;

use serde::Deserialize;

use crate::ops::error::OpError;

/// A set of examples.
#[derive(Debug, Clone, PartialEq)]
pub enum Set {
    /// Route tests: tickets and the page that must come.
    Routes(Vec<RouteTest>),
    /// Questions and the pages that answer them.
    Questions(Vec<Judged>),
}

/// One route test.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteTest {
    /// The ticket.
    pub ticket: String,
    /// The page that must come, or `none` where the router must abstain.
    pub expect: String,
    /// Among how many (1 if not given).
    #[serde(default = "one")]
    pub within: usize,
}

fn one() -> usize {
    1
}

/// One question with its answers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Judged {
    /// The question's name.
    pub qid: serde_json::Value,
    /// Literal words.
    pub query: String,
    /// Paths that answer it.
    pub relevant: Vec<String>,
}

/// Reads a file: YAML lists are route tests, JSON lines are questions.
pub fn read(name: &str, text: &str) -> Result<Set, OpError> {
    if Path::new(name).extension().is_some_and(|it| it.eq_ignore_ascii_case("jsonl")) {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let read = |(number, line): (usize, &str)| {
            serde_json::from_str(line).map_err(|error| bad(name, number + 1, &error.to_string()))
        };
        return lines.map(read).collect::<Result<_, _>>().map(Set::Questions);
    }
    let tests: Vec<RouteTest> = serde_yaml::from_str(text).map_err(|error| {
        let line = error.location().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
        let reason = error.to_string();
        bad(name, line, reason.lines().next().unwrap_or_default())
    })?;
    Ok(Set::Routes(tests))
}

fn bad(name: &str, line: usize, reason: &str) -> OpError {
    OpError::Invalid {
        message: format!("{name}:{line} is no example: {reason}"),
        hint: "see the forms: prode show wiki/writing-pages.md".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_and_mistakes_named_by_line() {
        let routes = "- ticket: a\n  expect: none\n- ticket: b\n  expect: x.md\n  within: 3\n";
        assert!(matches!(read("r.yaml", routes), Ok(Set::Routes(tests)) if tests.len() == 2));
        let error = read("r.yaml", "- ticket: a\n  expct: none\n").unwrap_err().to_string();
        assert!(error.starts_with("r.yaml:"), "{error}");
        assert!(read("q.jsonl", "{\"qid\":1}\n").unwrap_err().to_string().starts_with("q.jsonl:1"));
    }
}
