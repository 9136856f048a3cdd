//! Services of containers: how many of their tasks run.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::MOST_NAMES;
use super::calls::Aws;
use super::operation::Operation;
use super::times::moment;
use crate::http::{AskError, items, maybe, number, text};

/// A service as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name in its cluster.
    pub name: String,
    /// Tasks that should run.
    pub wanted: u64,
    /// Tasks that do.
    pub running: u64,
    /// Tasks that begin to.
    pub pending: u64,
    /// Its deployments that are not over.
    pub deployments: Vec<Deployment>,
    /// What happened to it, newest first: when, and in ECS's words.
    pub events: Vec<(Timestamp, String)>,
}

/// A deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// When it began.
    pub begun: Timestamp,
    /// The task's definition, without where it is kept.
    pub task: String,
}

impl Aws {
    /// Names of a cluster's services, as many as are looked at.
    ///
    /// # Errors
    /// ECS did not answer, or has no such cluster.
    pub fn services(&mut self, cluster: &str) -> Result<Vec<String>, AskError> {
        let input = json!({"cluster": cluster, "maxResults": MOST_NAMES});
        let answer = self.ask(Operation::ListServices, &input)?;
        let name = |arn: &Value| Some(last(arn.as_str()?).to_owned());
        Ok(items(&answer, "/serviceArns").filter_map(name).take(MOST_NAMES).collect())
    }

    /// Those of these services that there are in a cluster.
    ///
    /// # Errors
    /// ECS did not answer, or has no such cluster.
    pub fn tasks(&mut self, cluster: &str, names: &[String]) -> Result<Vec<Service>, AskError> {
        let operation = Operation::DescribeServices;
        let answer = self.ask(operation, &json!({"cluster": cluster, "services": names}))?;
        let all: Result<Vec<Service>, String> = items(&answer, "/services").map(service).collect();
        all.map_err(|why| self.strange(operation, why))
    }
}

/// The last part of an ARN.
fn last(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

fn service(value: &Value) -> Result<Service, String> {
    let deployment = |it: &Value| {
        let task = maybe(it, "/taskDefinition").unwrap_or_default();
        Some(Deployment { begun: moment(&it["createdAt"])?, task: last(&task).to_owned() })
    };
    let event = |it: &Value| Some((moment(&it["createdAt"])?, maybe(it, "/message")?));
    Ok(Service {
        name: text(value, "/serviceName")?,
        wanted: number(value, "/desiredCount")?,
        running: number(value, "/runningCount")?,
        pending: number(value, "/pendingCount")?,
        deployments: items(value, "/deployments").filter_map(deployment).collect(),
        events: items(value, "/events").filter_map(event).collect(),
    })
}
