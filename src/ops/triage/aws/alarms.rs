//! Alarms of the services that a ticket names.

use super::Looking;
use super::settings::Row;
use crate::aws::Alarm;
use crate::ops::triage::connector::{Answer, Found, Query, absence};
use crate::triage::output::{Absence, QueryResult};

/// Alarms that are asked about at once.
const MOST: usize = 100;

pub(super) fn look(looking: &mut Looking<'_>, rows: &[&Row], answer: &mut Answer<'_>) {
    let mut names: Vec<String> = rows.iter().flat_map(|row| row.looks.alarms.clone()).collect();
    names.sort();
    names.dedup();
    names.truncate(MOST);
    if names.is_empty() {
        return;
    }
    let query = |name: &str| Query {
        of: "cloudwatch",
        text: format!("DescribeAlarms {name}"),
        parameters: vec![("region", looking.client.region().to_owned())],
        window: answer.incident(),
    };
    let queries: Vec<Query> = names.iter().map(|name| query(name)).collect();
    let alarms = match looking.client.alarms(&names) {
        Ok(alarms) => alarms,
        Err(error) => {
            let why = error.to_string();
            for query in &queries {
                answer.missed(query, absence(&error), &why);
            }
            return;
        }
    };
    for (name, query) in names.iter().zip(&queries) {
        if let Some(alarm) = alarms.iter().find(|it| it.name == *name) {
            tell(alarm, query, answer);
        } else {
            let what = format!("there is no alarm '{name}' in this account and region");
            answer.gap(what, Absence::NotSearched, false);
        }
    }
}

/// Only the last change is known: what was before one after the window is not.
fn tell(alarm: &Alarm, query: &Query, answer: &mut Answer<'_>) {
    let window = query.window;
    let Alarm { name, state, since, reason } = alarm;
    let excerpt = vec![format!("{name} is {state} since {since}: {reason}")];
    if *since > window.until {
        let what = format!(
            "alarm {name} changed to {state} at {since}: what it was in the window is not known"
        );
        answer.gap(what, Absence::OutsideWindow, false);
    } else if *since >= window.from {
        answer.asked(query, QueryResult::Found, None, &[]);
        let claim = format!("alarm {name} changed to {state} at {since}");
        answer.found(query, Found::plain(claim, excerpt, *since));
    } else if state == "ALARM" {
        answer.asked(query, QueryResult::Found, None, &[]);
        let claim = format!("alarm {name} was in ALARM all the time, since {since}");
        answer.found(query, Found::plain(claim, excerpt, window.from));
    } else {
        answer.asked(query, QueryResult::Empty, None, &[]);
    }
}
