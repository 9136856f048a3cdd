//! A request: a document that asks for an approval of something that is no
//! change of this repository, such as a statement for a database.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action::Action;

const SCHEMA: &str = "prode.request/v1";

/// What is asked for. The digest of the whole file is what is approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// `prode.request/v1`.
    pub schema: String,
    /// The action's name.
    pub action: String,
    /// The exact query, command or request.
    pub what: String,
    /// Where it would take effect: a database, a service, a ticket.
    pub target: String,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub requester: String,
    /// What must still be so, by name.
    #[serde(default)]
    pub preconditions: BTreeMap<String, String>,
    /// The run that waits for it.
    #[serde(default)]
    pub run: Option<String>,
}

/// A document that is no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is no request: {0}")]
pub struct BadRequest(String);

impl Request {
    /// Reads a document.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadRequest> {
        let request: Self =
            serde_json::from_slice(bytes).map_err(|error| BadRequest(error.to_string()))?;
        if request.schema != SCHEMA {
            return Err(BadRequest(format!("its schema is not {SCHEMA}")));
        }
        Action::new(&request.action).map_err(|error| BadRequest(error.to_string()))?;
        let said = [&request.what, &request.target, &request.reason, &request.requester];
        if said.iter().any(|text| text.trim().is_empty()) {
            return Err(BadRequest("what, target, reason and requester must say something".into()));
        }
        Ok(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_everything_or_is_none() {
        let text = r#"{"schema":"prode.request/v1","action":"production-write",
            "what":"UPDATE t SET a = 1 WHERE id = 7","target":"db","reason":"T-1","requester":"agent:a"}"#;
        assert_eq!(Request::parse(text.as_bytes()).unwrap().target, "db");
        for (from, to) in [
            ("v1", "v2"),
            ("\"db\"", "\" \""),
            ("\"target\"", "\"where\""),
            ("production-write", "No"),
        ] {
            assert!(Request::parse(text.replace(from, to).as_bytes()).is_err(), "{to}");
        }
    }
}
