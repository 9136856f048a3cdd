//! What lies in queues now. How that was in the incident's time, their metrics
//! say.

use super::Looking;
use super::settings::Row;
use crate::aws::MOST_NAMES;
use crate::http::AskError;
use crate::ops::triage::connector::{Answer, Found, Query, absence};
use crate::triage::output::{Absence, QueryResult};

pub(super) fn look(looking: &mut Looking<'_>, rows: &[&Row], answer: &mut Answer<'_>) {
    let listed = rows.iter().flat_map(|row| &row.looks.queues);
    for name in listed.map(|it| it.name.as_str()) {
        if looking.is_late() {
            let what = format!("queue {name}: no time was left");
            answer.gap(what, Absence::NotSearched, false);
            continue;
        }
        match named(looking, name) {
            Ok(names) => names.iter().for_each(|name| depth(looking, name, answer)),
            Err(error) => {
                let query = query(looking, "ListQueues", name);
                answer.missed(&query, absence(&error), &error.to_string());
            }
        }
    }
}

/// The queues that a name means.
pub(super) fn named(looking: &mut Looking<'_>, name: &str) -> Result<Vec<String>, AskError> {
    match name.strip_suffix('*') {
        Some(start) => {
            let mut names = looking.client.queues(start)?;
            names.truncate(MOST_NAMES);
            Ok(names)
        }
        None => Ok(vec![name.to_owned()]),
    }
}

fn query(looking: &Looking<'_>, operation: &str, name: &str) -> Query {
    Query {
        of: "sqs",
        text: format!("{operation} {name}"),
        parameters: vec![("region", looking.client.region().to_owned())],
        window: looking.moment(),
    }
}

fn depth(looking: &mut Looking<'_>, name: &str, answer: &mut Answer<'_>) {
    let query = query(looking, "GetQueueAttributes", name);
    match looking.client.depth(name) {
        Ok(Some(depth)) => {
            answer.asked(&query, QueryResult::Found, None, &[]);
            let said = format!(
                "{} messages wait in queue {name} now, {} are in flight, {} are held back",
                depth.waiting, depth.in_flight, depth.delayed
            );
            answer.found(&query, Found::plain(said.clone(), vec![said], looking.now));
        }
        Ok(None) => {
            let why = "there is no such queue in this account and region";
            answer.missed(&query, Absence::NotSearched, why);
        }
        Err(error) => answer.missed(&query, absence(&error), &error.to_string()),
    }
}
