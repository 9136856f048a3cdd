//! Questions of the services that a ticket names, one after the other.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::settings::{Asked, Bound, Row};
use super::{Looking, absence};
use crate::ops::triage::connector::{Answer, Found, Query};
use crate::postgres::{Answered, MOST_ROWS, Parameter};
use crate::triage::output::{Absence, FindingKind, QueryResult};
use crate::triage::snapshot::Extract;

/// Questions of one answer.
const MOST: usize = 20;

/// Rows that are shown.
const SHOWN: usize = 6;

/// Characters that a value of a ticket may have.
const LONGEST: usize = 200;

pub(super) fn look(looking: &mut Looking<'_>, rows: &[&Row], answer: &mut Answer<'_>) {
    let all = rows.iter().flat_map(|row| row.asked.iter().map(move |asked| (*row, asked)));
    for (at, (row, asked)) in all.enumerate() {
        let values = match values(looking, row, asked) {
            Ok(values) => values,
            Err(why) => {
                let what = format!("{}: {why}", asked.name);
                answer.gap(what, Absence::NotSearched, false);
                continue;
            }
        };
        let query = Query {
            of: looking.of,
            text: asked.sql.clone(),
            parameters: values.iter().map(|(of, value)| (of.name, value.clone())).collect(),
            window: looking.looking.window,
        };
        if at >= MOST || looking.looking.is_late() {
            answer.missed(&query, Absence::NotSearched, "no time or place was left for it");
            continue;
        }
        answer.cost(1);
        let value = |of: &Parameter| {
            let found = values.iter().find(|(it, _)| it.name == of.name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        match looking.looking.client.ask(&asked.question, value) {
            Ok(answered) => tell(looking, asked, &answered, &query, answer),
            Err(error) => answer.missed(&query, absence(&error), &error.to_string()),
        }
    }
}

/// What is bound: the window's ends, and the first value of each sort that was recognised
/// in the ticket.
fn values(
    looking: &Looking<'_>,
    row: &Row,
    asked: &Asked,
) -> Result<Vec<(&'static Parameter, String)>, String> {
    let window = looking.looking.window;
    let first = |what| looking.ticket.extracted(what).first().cloned();
    let value = |of: &Parameter| match of.name {
        "window_start" => Some(window.from.to_string()),
        "window_end" => Some(window.until.to_string()),
        "service" => Some(row.name.clone()),
        "release" => first(Extract::Release),
        "app_version" => first(Extract::AppVersion),
        "request_id" => first(Extract::RequestId),
        _ => first(Extract::Error),
    };
    let bound = asked.question.parameters().iter().map(|of| {
        let fits = |it: &String| it.len() <= LONGEST && !it.contains('\0');
        let value = value(of).filter(fits);
        Ok((*of, value.ok_or_else(|| format!("the ticket names no {}", of.name))?))
    });
    bound.collect()
}

fn tell(
    looking: &Looking<'_>,
    asked: &Asked,
    answered: &Answered,
    query: &Query,
    answer: &mut Answer<'_>,
) {
    let numbers = answered.rows.iter().map(|row| number(row[asked.value].as_deref()));
    let Ok(numbers) = numbers.collect::<Result<Vec<Option<f64>>, String>>() else {
        let why = "the value that counts is no number";
        return answer.missed(query, Absence::Error, why);
    };
    let is_sign = |it: &Option<f64>| {
        it.is_some_and(|it| match asked.bound {
            Bound::Above(bound) => it > bound,
            Bound::Below(bound) => it < bound,
        })
    };
    let signs = numbers.iter().zip(&answered.rows).filter(|(it, _)| is_sign(it));
    let signs: Vec<&Vec<Option<String>>> = signs.map(|(_, row)| row).collect();
    let Some(first) = signs.first() else {
        return absent(looking, asked, answered, query, answer);
    };
    let covered = looking.lag.is_some().then_some(query.window);
    answer.asked(query, QueryResult::Found, covered, &asked.would_refute);
    let number = match (signs.len(), answered.is_cut) {
        (1, false) => String::new(),
        (count, cut) => format!("{}{count} groups, the first ", if cut { "at least " } else { "" }),
    };
    let mut excerpt: Vec<String> = signs.iter().take(SHOWN).map(|row| line(asked, row)).collect();
    excerpt.push(standing(answered));
    let time = asked.at.and_then(|at| time(first[at].as_deref()));
    answer.found(
        query,
        Found {
            claim: format!("{}: {number}{}", asked.name, line(asked, first)),
            kind: FindingKind::Observation,
            supports: asked.supports.clone(),
            refutes: asked.would_refute.clone(),
            excerpt,
            at: time.unwrap_or(query.window.until),
            link: None,
        },
    );
    if let Some(correction) = &asked.correction {
        answer.wanted(correction.clone());
    }
}

/// Nothing past its bound: an absence only where the standby has all of the time, and all
/// rows were seen.
fn absent(
    looking: &Looking<'_>,
    asked: &Asked,
    answered: &Answered,
    query: &Query,
    answer: &mut Answer<'_>,
) {
    if looking.lag.is_some() {
        let covered = Some(query.window);
        return answer.asked(query, QueryResult::OutsideWindow, covered, &asked.would_refute);
    }
    if answered.is_cut {
        let why = format!("it has more than {MOST_ROWS} rows, and was not read to its end");
        return answer.missed(query, Absence::Error, &why);
    }
    answer.asked(query, QueryResult::Empty, None, &asked.would_refute);
}

/// A row as names and values.
fn line(asked: &Asked, row: &[Option<String>]) -> String {
    let columns = asked.question.columns().iter().zip(row);
    let shown =
        columns.map(|(name, value)| format!("{name} {}", value.as_deref().unwrap_or("none")));
    shown.collect::<Vec<_>>().join(", ")
}

/// How far the standby was, or that it was none.
fn standing(answered: &Answered) -> String {
    let server = &answered.server;
    if !server.is_standby {
        let now = server.now.map_or("an unknown time".to_owned(), |it| it.to_string());
        return format!("the server that takes writes was asked, at {now}");
    }
    let reached = server.reached.map_or("an unknown time".to_owned(), |it| it.to_string());
    let lag = match (server.now, server.reached) {
        (Some(now), Some(reached)) => {
            format!(", at most {} s behind", now.duration_since(reached).as_secs().max(0))
        }
        _ => String::new(),
    };
    let bytes = server.behind.unwrap_or(0);
    format!(
        "the standby had what happened until {reached}{lag}; {bytes} bytes were not applied yet"
    )
}

/// `None` where nothing is there.
fn number(text: Option<&str>) -> Result<Option<f64>, String> {
    match text {
        None => Ok(None),
        Some("true") => Ok(Some(1.0)),
        Some("false") => Ok(Some(0.0)),
        Some(text) => {
            let number = text.parse::<f64>().ok().filter(|it| !it.is_nan());
            number.map(Some).ok_or_else(|| text.to_owned())
        }
    }
}

/// A time as the server writes it; one without a zone is in UTC.
fn time(text: Option<&str>) -> Option<Timestamp> {
    let text = text?;
    let plain = || text.parse::<DateTime>().ok().and_then(|it| Offset::UTC.to_timestamp(it).ok());
    text.parse().ok().or_else(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_the_server_writes_them() {
        assert_eq!(number(Some("1932")), Ok(Some(1_932.0)));
        assert_eq!(number(Some("12.50")), Ok(Some(12.5)));
        assert_eq!((number(Some("true")), number(None)), (Ok(Some(1.0)), Ok(None)));
        assert!(number(Some("open")).is_err() && number(Some("NaN")).is_err());
        for text in ["2026-11-02 10:15:04+00", "2026-11-02 10:15:04", "2026-11-02T10:15:04Z"] {
            assert_eq!(time(Some(text)).unwrap().to_string(), "2026-11-02T10:15:04Z", "{text}");
        }
        assert_eq!(time(Some("2026-11-02")).unwrap().to_string(), "2026-11-02T00:00:00Z");
        assert_eq!((time(Some("soon")), time(None)), (None, None));
    }
}
