//! Which reader understands a JSON input: one table, asked from the top.
//!
//! A row answers `None` where the structure is not its own. Telling rows stand
//! before lenient ones; the last row takes every JSON that has words.

use serde_json::Value;

use super::draft::Draft;
use super::{
    MAX_JSON, Shape, alertmanager, cloudwatch, envelope, forge_issue, generic, linear, pagerduty,
    sentry,
};

type Reader = fn(&Value) -> Option<Draft>;

const RECOGNISERS: &[(Shape, Reader)] = &[
    (Shape::Alertmanager, alertmanager::read),
    (Shape::Cloudwatch, cloudwatch::read),
    (Shape::Pagerduty, pagerduty::read),
    (Shape::Sentry, sentry::read),
    (Shape::Linear, linear::read),
    (Shape::ForgeIssue, forge_issue::read),
    (Shape::Json, generic::read),
];

/// The input as JSON of a known shape; `None` where it is text.
pub(super) fn recognise(input: &str) -> Option<(Shape, Draft)> {
    let value = envelope::open(parse(input)?);
    RECOGNISERS.iter().find_map(|(shape, read)| Some((*shape, read(&value)?)))
}

/// Only objects and lists count: a lone number or word is what somebody typed.
/// `serde_json` refuses nesting beyond 128, which makes the input text.
fn parse(input: &str) -> Option<Value> {
    let json = input.trim_start_matches('\u{feff}').trim();
    let bounded = json.len() <= MAX_JSON && json.starts_with(['{', '[']);
    bounded.then(|| serde_json::from_str(json).ok()).flatten()
}
