//! Alarms: what they are and since when.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::calls::Aws;
use super::operation::Operation;
use super::times::moment;
use crate::http::{AskError, items, maybe, text};

/// One alarm as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Its name.
    pub name: String,
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    pub state: String,
    /// Since when; nothing is known here of what was before.
    pub since: Timestamp,
    /// In CloudWatch's words.
    pub reason: String,
}

impl Aws {
    /// Those of these alarms that there are, of metrics or of other alarms.
    ///
    /// # Errors
    /// CloudWatch did not answer.
    pub fn alarms(&mut self, names: &[String]) -> Result<Vec<Alarm>, AskError> {
        let operation = Operation::DescribeAlarms;
        let input = json!({
            "AlarmNames": names, "AlarmTypes": ["MetricAlarm", "CompositeAlarm"], "MaxRecords": 100,
        });
        let answer = self.ask(operation, &input)?;
        let all = items(&answer, "/MetricAlarms").chain(items(&answer, "/CompositeAlarms"));
        let all: Result<Vec<Alarm>, String> = all.map(alarm).collect();
        all.map_err(|why| self.strange(operation, why))
    }
}

fn alarm(value: &Value) -> Result<Alarm, String> {
    let changed = ["StateTransitionedTimestamp", "StateUpdatedTimestamp"];
    let since = changed.iter().find_map(|it| moment(value.get(*it)?));
    Ok(Alarm {
        name: text(value, "/AlarmName")?,
        state: text(value, "/StateValue")?,
        since: since.ok_or("an alarm has no time of its last change")?,
        reason: maybe(value, "/StateReason").unwrap_or_default(),
    })
}
