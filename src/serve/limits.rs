//! What a client may take, as the user's settings have it.

use std::time::Duration;

use serde_json::Value;

/// Bounds of requests and connections. Settings were checked when they were read:
/// what is missing here has the default of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body.
    pub body: usize,
    /// Time for the head of a request, and for a connection that asks nothing.
    pub header_time: Duration,
    /// Time for a body.
    pub body_time: Duration,
    /// Time for an answer.
    pub request_time: Duration,
    /// Answers at the same time.
    pub concurrency: usize,
    /// Connections at the same time.
    pub connections: usize,
    /// Requests a minute of one identity.
    pub rate: u32,
    /// Time that a stop waits.
    pub drain_time: Duration,
}

impl Limits {
    /// Reads the section `serve`.
    pub(super) fn of(settings: &Value) -> Self {
        let number =
            |name: &str, usual: u64| settings.get(name).and_then(Value::as_u64).unwrap_or(usual);
        let count = |name: &str, usual: u32| {
            usize::try_from(number(name, u64::from(usual))).unwrap_or(usize::MAX)
        };
        let seconds = |name: &str, usual: u64| Duration::from_secs(number(name, usual));
        Self {
            body: count("body", 1_048_576),
            header_time: seconds("header_time", 10),
            body_time: seconds("body_time", 10),
            request_time: seconds("request_time", 30),
            concurrency: count("concurrency", 8),
            connections: count("connections", 1_024),
            rate: u32::try_from(number("rate", 1_200)).unwrap_or(u32::MAX),
            drain_time: seconds("drain_time", 10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Environment, Settings, Sources};

    #[test]
    fn defaults_here_are_those_of_the_table() {
        let environment = Environment::default();
        let sources =
            Sources { user: None, repository: None, environment: &environment, command_line: &[] };
        let settings = Settings::resolve(sources).0.section("serve").merged();
        assert!(settings["body"].is_u64(), "{settings}");
        assert_eq!(Limits::of(&settings), Limits::of(&Value::Null));
    }
}
