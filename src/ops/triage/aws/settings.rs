//! `specialists.aws` of the user's side: where, as whom, and what may be looked at
//! of which service.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::Amazon;
use crate::aws::{Aws, Credentials, Metric, Place, Statistic};
use crate::ops::triage::connector::{self, Connect, Named};
use crate::ops::triage::programs::texts;
use crate::workspace::Workspace;

/// What may be looked at of one service.
pub(super) struct Row {
    /// What tickets call it.
    pub(super) name: String,
    pub(super) looks: Looks,
}

/// As it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Looks {
    pub(super) alarms: Vec<String>,
    pub(super) queues: Vec<Queue>,
    /// `cluster/service`, or a cluster.
    pub(super) ecs: Vec<String>,
    pub(super) logs: Vec<LogGroup>,
    pub(super) metrics: Vec<Check>,
}

/// A queue, and from when on its oldest message is too old.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Queue {
    /// Its name, or the beginning of some with a `*` behind it.
    pub(super) name: String,
    /// Seconds.
    pub(super) oldest_above: Option<f64>,
    #[serde(default)]
    pub(super) supports: Vec<String>,
    #[serde(default)]
    pub(super) would_refute: Vec<String>,
}

/// Lines of a log group.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LogGroup {
    pub(super) group: String,
    /// In the language of CloudWatch Logs.
    pub(super) pattern: String,
    #[serde(default)]
    pub(super) supports: Vec<String>,
    #[serde(default)]
    pub(super) would_refute: Vec<String>,
}

/// A metric, and from when on it is a sign.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    namespace: String,
    name: String,
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
    statistic: String,
    pub(super) above: Option<f64>,
    pub(super) below: Option<f64>,
    #[serde(default)]
    pub(super) supports: Vec<String>,
    #[serde(default)]
    pub(super) would_refute: Vec<String>,
}

impl Check {
    /// What is asked; `None` for a statistic that there is not.
    pub(super) fn metric(&self) -> Option<Metric> {
        Some(Metric {
            namespace: self.namespace.clone(),
            name: self.name.clone(),
            dimensions: self.dimensions.clone(),
            statistic: Statistic::named(&self.statistic)?,
        })
    }
}

/// What the user's settings say; `None` where they set nothing up, or another way
/// to ask `aws`. An error is why nothing is asked.
pub(super) fn read(
    workspace: &Workspace,
    seconds: Duration,
    now: fn() -> Timestamp,
) -> Option<Result<Amazon, String>> {
    let row = connector::row(workspace, Amazon::NAME)?;
    let region = row["region"].as_str()?;
    Some(made(workspace, &row, region, seconds, now))
}

fn made(
    workspace: &Workspace,
    row: &Value,
    region: &str,
    seconds: Duration,
    now: fn() -> Timestamp,
) -> Result<Amazon, String> {
    if !is_region(region) {
        return Err("specialists.aws.region is no region such as eu-west-1".to_owned());
    }
    let account = row["account"].as_str().unwrap_or_default();
    if account.len() != 12 || !account.chars().all(|it| it.is_ascii_digit()) {
        return Err("specialists.aws.account has to be the 12 digits of the account that the credentials are of".to_owned());
    }
    let services = services(&row["services"])?;
    let connector::Place { endpoint, reach, limit, waiting } =
        connector::place(workspace, Amazon::NAME, row, seconds)?;
    let place = Place { region: region.to_owned(), endpoint, reach, limit, waiting };
    let aws = Aws::new(place, credentials(workspace, row)?, now);
    Ok(Amazon { aws, account: account.to_owned(), services })
}

fn is_region(text: &str) -> bool {
    let is_part = |it: &str| {
        !it.is_empty() && it.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    text.split('-').count() >= 3 && text.split('-').all(is_part)
}

/// Keys of the profile that is named, else of the variables that are listed.
fn credentials(workspace: &Workspace, row: &Value) -> Result<Credentials, String> {
    let environment = workspace.environment();
    let found = if let Some(profile) = row["profile"].as_str() {
        let home = environment.home.as_deref().ok_or("there is no home folder")?;
        let file = fs::read_to_string(home.join(".aws/credentials"));
        let file = file.map_err(|it| format!("~/.aws/credentials cannot be read: {it}"))?;
        Credentials::of_profile(&file, profile)
    } else {
        let listed = texts(&row["variables"]);
        let variables = environment.only(listed.iter().map(String::as_str));
        Credentials::of_variables(&variables)
    };
    found.map_err(|error| error.to_string())
}

fn services(value: &Value) -> Result<Vec<Row>, String> {
    let rows = connector::services(Amazon::NAME, value, Looks::check)?;
    Ok(rows.into_iter().map(|(name, looks)| Row { name, looks }).collect())
}

impl Looks {
    fn check(&self) -> Result<(), String> {
        let statistic = self.metrics.iter().find(|it| it.metric().is_none());
        if let Some(check) = statistic {
            return Err(format!(
                "statistic '{}' is none of Average, Maximum, Minimum, Sum, SampleCount",
                check.statistic
            ));
        }
        if let Some(both) = self.metrics.iter().find(|it| it.above.is_some() && it.below.is_some())
        {
            return Err(format!("metric '{}' has both above and below: write two", both.name));
        }
        connector::explanations(self.explanations())
    }

    fn explanations(&self) -> impl Iterator<Item = &String> {
        let queues = self.queues.iter().flat_map(|it| it.supports.iter().chain(&it.would_refute));
        let logs = self.logs.iter().flat_map(|it| it.supports.iter().chain(&it.would_refute));
        let metrics = self.metrics.iter();
        let metrics = metrics.flat_map(|it| it.supports.iter().chain(&it.would_refute));
        queues.chain(logs).chain(metrics)
    }
}

impl Named for Row {
    fn names(&self) -> Vec<&str> {
        let Looks { alarms, queues, ecs, .. } = &self.looks;
        let queues = queues.iter().map(|it| it.name.as_str());
        let services = ecs.iter().filter_map(|it| Some(it.split_once('/')?.1));
        let alarms = alarms.iter().map(String::as_str);
        std::iter::once(self.name.as_str()).chain(alarms).chain(queues).chain(services).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_says_what_is_wrong_with_it() {
        let bad = |row: Value| services(&json!({"billing": row})).err().unwrap_or_default();
        let metric = |more: Value| {
            let mut metric = json!({"namespace": "AWS/SQS", "name": "A", "statistic": "Maximum"});
            let members = metric.as_object_mut().unwrap();
            members.extend(more.as_object().unwrap().clone());
            json!({"metrics": [metric]})
        };
        for (row, says) in [
            (json!({"queus": []}), "unknown field `queus`"),
            (json!({"logs": [{"group": "/a"}]}), "missing field `pattern`"),
            (metric(json!({"statistic": "p99"})), "statistic 'p99' is none of"),
            (metric(json!({"above": 1, "below": 2})), "has both above and below"),
            (metric(json!({"supports": ["gremlins"]})), "there is no explanation 'gremlins'"),
        ] {
            let said = bad(row);
            assert!(said.starts_with("specialists.aws.services.billing: "), "{said}");
            assert!(said.contains(says), "{said}");
        }
        assert_eq!(bad(metric(json!({"above": 900.5, "supports": ["infra-capacity"]}))), "");
        assert!(services(&json!({})).is_err() && services(&Value::Null).is_err());
    }

    #[test]
    fn a_region_is_part_of_a_host_s_name() {
        for good in ["eu-west-1", "us-gov-east-1", "cn-north-1"] {
            assert!(is_region(good), "{good}");
        }
        for bad in
            ["", "eu", "eu-west-1.evil.example", "eu-west-1/", "EU-west-1", "a--b", "x@y-z-1"]
        {
            assert!(!is_region(bad), "{bad}");
        }
    }
}
