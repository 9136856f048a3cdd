//! Queues: what lies in them now.

use serde_json::{Value, json};

use super::MOST_NAMES;
use super::calls::Aws;
use super::operation::Operation;
use crate::http::{AskError, items, text};

/// What a queue holds at the moment, in messages. Amazon calls each figure
/// approximate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Waiting.
    pub waiting: u64,
    /// Taken, and not yet done.
    pub in_flight: u64,
    /// Held back for a time.
    pub delayed: u64,
}

impl Aws {
    /// Names of queues that begin so, in the order in which AWS has them, as many
    /// as are looked at.
    ///
    /// # Errors
    /// SQS did not answer.
    pub fn queues(&mut self, prefix: &str) -> Result<Vec<String>, AskError> {
        let input = json!({"QueueNamePrefix": prefix, "MaxResults": MOST_NAMES});
        let answer = self.ask(Operation::ListQueues, &input)?;
        let name = |url: &Value| Some(url.as_str()?.rsplit('/').next()?.to_owned());
        Ok(items(&answer, "/QueueUrls").filter_map(name).take(MOST_NAMES).collect())
    }

    /// What a queue holds; `None` where there is none of that name.
    ///
    /// # Errors
    /// SQS did not answer.
    pub fn depth(&mut self, queue: &str) -> Result<Option<Depth>, AskError> {
        let found = self.ask(Operation::GetQueueUrl, &json!({"QueueName": queue}));
        let url = match found {
            Err(error) if error.is_not_found() => return Ok(None),
            found => text(&found?, "/QueueUrl"),
        };
        let url = url.map_err(|why| self.strange(Operation::GetQueueUrl, why))?;
        let operation = Operation::GetQueueAttributes;
        // The address is said back and never gone to.
        let answer = self.ask(operation, &json!({"QueueUrl": url, "AttributeNames": ["All"]}))?;
        depth(&answer).map(Some).map_err(|why| self.strange(operation, why))
    }
}

fn depth(answer: &Value) -> Result<Depth, String> {
    let of = |end: &str| {
        let written = text(answer, &format!("/Attributes/ApproximateNumberOfMessages{end}"))?;
        written.parse().map_err(|_| format!("'{written}' is no number of messages"))
    };
    Ok(Depth { waiting: of("")?, in_flight: of("NotVisible")?, delayed: of("Delayed")? })
}
