//! Services of containers: how many of their tasks run now, and what was deployed in
//! the incident's window.

use std::collections::BTreeMap;

use super::Looking;
use super::settings::Row;
use crate::aws::{MOST_NAMES, Service};
use crate::http::AskError;
use crate::ops::triage::connector::{Answer, Found, Query, absence};
use crate::triage::output::{Absence, FindingKind, QueryResult};

pub(super) fn look(looking: &mut Looking<'_>, rows: &[&Row], answer: &mut Answer<'_>) {
    let mut clusters: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for entry in rows.iter().flat_map(|row| &row.looks.ecs) {
        let (cluster, service) = entry.split_once('/').unwrap_or((entry, ""));
        let services = clusters.entry(cluster).or_default();
        services.extend(Some(service.to_owned()).filter(|it| !it.is_empty()));
    }
    for (cluster, names) in clusters {
        let query = Query {
            of: "ecs",
            text: format!("DescribeServices {cluster} {}", names.join(" ")).trim_end().to_owned(),
            parameters: vec![("region", looking.client.region().to_owned())],
            window: looking.moment(),
        };
        match described(looking, cluster, names) {
            Ok((names, services)) => {
                answer.asked(&query, QueryResult::Found, None, &[]);
                for service in &services {
                    tell(looking, cluster, service, &query, answer);
                }
                let is_there = |name: &String| services.iter().any(|it| it.name == *name);
                for name in names.iter().filter(|name| !is_there(name)) {
                    let what = format!("there is no service '{name}' in cluster '{cluster}'");
                    answer.gap(what, Absence::NotSearched, false);
                }
            }
            Err(error) => answer.missed(&query, absence(&error), &error.to_string()),
        }
    }
}

/// Services of a cluster: those that are named, else those that it has.
fn described(
    looking: &mut Looking<'_>,
    cluster: &str,
    mut names: Vec<String>,
) -> Result<(Vec<String>, Vec<Service>), AskError> {
    if names.is_empty() {
        names = looking.client.services(cluster)?;
    }
    names.truncate(MOST_NAMES);
    if names.is_empty() {
        return Ok((names, Vec::new()));
    }
    let services = looking.client.tasks(cluster, &names)?;
    Ok((names, services))
}

fn tell(
    looking: &Looking<'_>,
    cluster: &str,
    service: &Service,
    query: &Query,
    answer: &mut Answer<'_>,
) {
    let Service { name, wanted, running, pending, deployments, events } = service;
    let incident = answer.incident();
    let claim =
        format!("{running} of {wanted} tasks of {cluster}/{name} run now, {pending} begin to");
    let mut excerpt = vec![claim.clone()];
    let then = events.iter().filter(|(at, _)| incident.holds(*at));
    excerpt.extend(then.map(|(at, said)| format!("{at} {said}")));
    answer.found(query, Found::plain(claim, excerpt, looking.now));
    for it in deployments.iter().filter(|it| incident.holds(it.begun)) {
        let query = Query { window: incident, ..query.clone() };
        let claim = format!("a deployment of {cluster}/{name} began at {}: {}", it.begun, it.task);
        let found = Found::plain(claim.clone(), vec![claim], it.begun);
        answer.found(&query, Found { kind: FindingKind::Change, ..found });
    }
}
