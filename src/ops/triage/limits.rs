//! How far a run may go, from every layer of the settings.
//!
//! The user's side sets the limits; a repository may make them stricter and
//! nothing else.

use jiff::SignedDuration;
use serde_json::Value;

use crate::config::Settings;
use crate::triage::budget::Budgets;
use crate::triage::gate::LEAST;

/// The limits of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limits {
    /// Least confidence in per cent.
    pub(super) confidence: u8,
    /// What a run may spend beside its time.
    pub(super) budgets: Budgets,
    /// How long a run may take.
    pub(super) time: SignedDuration,
    /// Seconds of one answer.
    pub(super) seconds: u32,
    /// Bytes of one answer.
    pub(super) bytes: u32,
    /// How long before a ticket's creation an incident is looked for.
    pub(super) before: SignedDuration,
    /// How long what happens after a merge is watched.
    pub(super) after: SignedDuration,
    /// Specialists whose answer every decision needs.
    pub(super) required: Vec<String>,
    /// Pages that route at most.
    pub(super) pages: usize,
    /// How long a worker holds a run without a sign of life.
    pub(super) lease: SignedDuration,
}

impl Limits {
    /// As the settings want them.
    pub(super) fn of(settings: &Settings) -> Self {
        let mut limits = Self::usual();
        let section = settings.section("triage");
        let layers: Vec<_> = section.layers().collect();
        let (users, others): (Vec<_>, Vec<_>) =
            layers.into_iter().partition(|(origin, _)| origin.is_users());
        for (_, layer) in users {
            limits.set(layer);
        }
        for (_, layer) in others {
            limits.tighten(layer);
        }
        limits.lease = own(settings, "lease").map_or(limits.lease, SignedDuration::from_secs);
        limits
    }

    /// Where nothing is set.
    pub(super) fn usual() -> Self {
        Self {
            confidence: LEAST,
            budgets: Budgets::usual(),
            time: SignedDuration::from_mins(15),
            seconds: 60,
            bytes: 1 << 20,
            before: SignedDuration::from_hours(2),
            after: SignedDuration::from_hours(24),
            required: Vec::new(),
            pages: 3,
            lease: SignedDuration::from_secs(30),
        }
    }

    fn set(&mut self, layer: &Value) {
        let budgets = &layer["budgets"];
        self.confidence = confidence(layer).unwrap_or(self.confidence).max(LEAST);
        set_budgets(&mut self.budgets, budgets);
        self.time = span(&budgets["time"]).unwrap_or(self.time);
        self.seconds = span(&budgets["answer_time"])
            .and_then(|it| u32::try_from(it.as_secs()).ok())
            .unwrap_or(self.seconds);
        self.bytes = budgets["answer_bytes"]
            .as_u64()
            .and_then(|it| u32::try_from(it).ok())
            .unwrap_or(self.bytes);
        self.before = span(&layer["window"]["before"]).unwrap_or(self.before);
        self.after = span(&layer["window"]["after"]).unwrap_or(self.after);
        self.add_required(layer);
    }

    fn tighten(&mut self, layer: &Value) {
        let mut wanted = self.clone();
        wanted.set(layer);
        self.confidence = self.confidence.max(wanted.confidence);
        self.budgets = self.budgets.stricter(wanted.budgets);
        self.time = self.time.min(wanted.time);
        self.seconds = self.seconds.min(wanted.seconds);
        self.bytes = self.bytes.min(wanted.bytes);
        self.before = wanted.before;
        self.after = self.after.max(wanted.after);
        self.required = wanted.required;
    }

    fn add_required(&mut self, layer: &Value) {
        for (name, value) in layer["specialists"].as_object().into_iter().flatten() {
            let wanted = value == "required" || value["required"] == true;
            if wanted && !self.required.contains(name) {
                self.required.push(name.clone());
            }
        }
    }
}

fn own(settings: &Settings, key: &str) -> Option<i64> {
    let section = settings.section(key);
    section.layers().filter_map(|(_, value)| value.as_i64()).last()
}

fn confidence(layer: &Value) -> Option<u8> {
    layer["confidence"].as_u64().and_then(|it| u8::try_from(it).ok())
}

fn set_budgets(budgets: &mut Budgets, layer: &Value) {
    budgets.calls = count(&layer["calls"]).unwrap_or(budgets.calls);
    budgets.tool_calls = count(&layer["tool_calls"]).unwrap_or(budgets.tool_calls);
    budgets.bytes = layer["bytes"].as_u64().unwrap_or(budgets.bytes);
    budgets.cost_units = count(&layer["cost_units"]).unwrap_or(budgets.cost_units);
    budgets.expensive = count(&layer["expensive"]).unwrap_or(budgets.expensive);
    budgets.quiet = count(&layer["quiet"]).unwrap_or(budgets.quiet);
    budgets.day_calls = count(&layer["day_calls"]).or(budgets.day_calls);
    let slow = span(&layer["slow"]).and_then(|it| u32::try_from(it.as_secs()).ok());
    budgets.slow = slow.unwrap_or(budgets.slow);
}

fn count(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|it| u32::try_from(it).ok())
}

/// `90s`, `15m`, `2h`, `1d`.
fn span(value: &Value) -> Option<SignedDuration> {
    let text = value.as_str()?.trim();
    let unit = text.chars().next_back()?;
    let number: i64 = text[..text.len() - unit.len_utf8()].parse().ok().filter(|it| *it >= 0)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    Some(SignedDuration::from_secs(number.checked_mul(seconds)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::{Environment, Platform, Sources};

    #[test]
    fn a_span_has_one_unit() {
        assert_eq!(span(&json!("90s")), Some(SignedDuration::from_secs(90)));
        assert_eq!(span(&json!("2h")), Some(SignedDuration::from_hours(2)));
        for bad in ["", "2", "h", "-2h", "2w", "2 h 3", "9223372036854775807d"] {
            assert_eq!(span(&json!(bad)), None, "{bad}");
        }
    }

    #[test]
    fn a_repository_tightens_and_never_loosens() {
        let environment = Environment::of(Platform::Unix, []);
        let sources =
            Sources { user: None, repository: None, environment: &environment, command_line: &[] };
        let mut limits = Limits::of(&Settings::resolve(sources).0);
        limits.tighten(&json!({"confidence": 60, "budgets": {"calls": 400, "time": "2h"}}));
        assert_eq!((limits.confidence, limits.budgets.calls, limits.time.as_mins()), (70, 40, 15));
        limits.tighten(&json!({"confidence": 85, "budgets": {"calls": 4, "time": "1m"},
            "specialists": {"aws": "required", "sentry": "optional"}}));
        assert_eq!((limits.confidence, limits.budgets.calls, limits.time.as_mins()), (85, 4, 1));
        assert_eq!(limits.required, ["aws"]);
    }
}
