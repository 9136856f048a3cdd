//! Metrics of the services that a ticket names, beside the same hours of the day
//! before.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::settings::{Check, Queue, Row};
use super::{Looking, queues};
use crate::aws::{Metric, Series, Statistic, period};
use crate::ops::triage::connector::{Answer, Found, Query, absence};
use crate::triage::output::{Absence, FindingKind, QueryResult};
use crate::triage::window::Window;

/// Metrics of one answer.
const MOST: usize = 50;

/// Values that are shown of a metric.
const SHOWN: usize = 6;

/// How far apart values may lie of a metric that is reported all the time, in
/// seconds: SQS says something every five minutes where nobody asks for more. Where
/// only longer periods are kept, two of those.
const APART: u32 = 600;

/// Beside the age of the oldest message, which has a bound: what goes into a queue, what
/// goes out, what lies in it.
const BESIDE: &[(&str, Statistic)] = &[
    ("NumberOfMessagesSent", Statistic::Sum),
    ("NumberOfMessagesDeleted", Statistic::Sum),
    ("ApproximateNumberOfMessagesVisible", Statistic::Maximum),
];

/// A metric, and what makes it a sign.
struct Sign {
    metric: Metric,
    bound: Option<Bound>,
    supports: Vec<String>,
    would_refute: Vec<String>,
    /// What is missing without it is said, and holds nothing up.
    is_beside: bool,
}

/// From when on a value is a sign.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bound {
    Above(f64),
    Below(f64),
}

pub(super) fn look(looking: &mut Looking<'_>, rows: &[&Row], answer: &mut Answer<'_>) {
    let signs = signs(looking, rows, answer);
    if signs.is_empty() {
        return;
    }
    let window = looking.window;
    let Some(seconds) = period(&window, looking.now) else {
        for sign in &signs {
            let why = "no metrics of that time are kept";
            answer.missed(&query(looking, sign, 3_600), Absence::OutsideWindow, why);
        }
        return;
    };
    answer.cost((2 * signs.len()).div_ceil(10));
    let metrics: Vec<Metric> = signs.iter().map(|it| it.metric.clone()).collect();
    match looking.client.metrics(&metrics, &window, seconds) {
        Ok(all) => {
            let before = before(looking, &metrics, seconds, answer);
            for ((sign, series), before) in signs.iter().zip(&all).zip(&before) {
                let (query, values) = (query(looking, sign, seconds), (series, before));
                tell(sign, values, seconds, &query, answer);
            }
        }
        Err(error) => {
            let why = error.to_string();
            for sign in &signs {
                answer.missed(&query(looking, sign, seconds), absence(&error), &why);
            }
        }
    }
}

/// The same metrics a day before; nothing where that cannot be had, which is
/// said.
fn before(
    looking: &mut Looking<'_>,
    metrics: &[Metric],
    seconds: u32,
    answer: &mut Answer<'_>,
) -> Vec<Series> {
    let day = SignedDuration::from_hours(24);
    let Window { from, until } = looking.window;
    let (Ok(from), Ok(until)) = (from.checked_sub(day), until.checked_sub(day)) else {
        return vec![Series::default(); metrics.len()];
    };
    looking.client.metrics(metrics, &Window { from, until }, seconds).unwrap_or_else(|error| {
        let what = format!("the same metrics a day before: {error}");
        answer.gap(what, absence(&error), false);
        vec![Series::default(); metrics.len()]
    })
}

fn query(looking: &Looking<'_>, sign: &Sign, seconds: u32) -> Query {
    let mut parameters =
        vec![("period", seconds.to_string()), ("region", looking.client.region().to_owned())];
    parameters.extend(sign.bound.map(|bound| match bound {
        Bound::Above(value) => ("above", shown(value)),
        Bound::Below(value) => ("below", shown(value)),
    }));
    Query {
        of: "cloudwatch",
        text: format!("GetMetricData {}", sign.metric),
        parameters,
        window: looking.window,
    }
}

/// What is looked at: the metrics that are listed, and those of queues.
fn signs(looking: &mut Looking<'_>, rows: &[&Row], answer: &mut Answer<'_>) -> Vec<Sign> {
    let listed = rows.iter().flat_map(|row| &row.looks.metrics);
    let mut all: Vec<Sign> = listed.filter_map(listed_sign).collect();
    for queue in rows.iter().flat_map(|row| &row.looks.queues) {
        match queues::named(looking, &queue.name) {
            Ok(names) => names.iter().for_each(|name| all.extend(of_queue(queue, name))),
            Err(error) => {
                let what = format!("metrics of queues {}: {error}", queue.name);
                answer.gap(what, absence(&error), true);
            }
        }
    }
    let left = all.len().saturating_sub(MOST);
    if left > 0 {
        answer.gap(format!("{left} more metrics"), Absence::NotSearched, true);
        all.truncate(MOST);
    }
    all
}

fn listed_sign(check: &Check) -> Option<Sign> {
    Some(Sign {
        metric: check.metric()?,
        bound: check.above.map(Bound::Above).or(check.below.map(Bound::Below)),
        supports: check.supports.clone(),
        would_refute: check.would_refute.clone(),
        is_beside: false,
    })
}

fn of_queue(queue: &Queue, name: &str) -> Vec<Sign> {
    let metric = |metric: &str, statistic| Metric {
        namespace: "AWS/SQS".to_owned(),
        name: metric.to_owned(),
        dimensions: BTreeMap::from([("QueueName".to_owned(), name.to_owned())]),
        statistic,
    };
    let age = Sign {
        metric: metric("ApproximateAgeOfOldestMessage", Statistic::Maximum),
        bound: queue.oldest_above.map(Bound::Above),
        supports: queue.supports.clone(),
        would_refute: queue.would_refute.clone(),
        is_beside: false,
    };
    let beside = BESIDE.iter().map(|(name, statistic)| Sign {
        metric: metric(name, *statistic),
        bound: None,
        supports: Vec::new(),
        would_refute: Vec::new(),
        is_beside: true,
    });
    std::iter::once(age).chain(beside).collect()
}

impl Bound {
    fn is_crossed(self, value: f64) -> bool {
        match self {
            Self::Above(bound) => value > bound,
            Self::Below(bound) => value < bound,
        }
    }

    fn words(self) -> String {
        match self {
            Self::Above(bound) => format!("above {}", shown(bound)),
            Self::Below(bound) => format!("below {}", shown(bound)),
        }
    }
}

fn tell(
    sign: &Sign,
    (series, before): (&Series, &Series),
    seconds: u32,
    query: &Query,
    answer: &mut Answer<'_>,
) {
    let is_low = matches!(sign.bound, Some(Bound::Below(_)));
    let Some((at, value)) = extreme(&series.points, is_low) else {
        if sign.is_beside {
            let what = format!("{}: it has no values of that time", query.text);
            return answer.gap(what, Absence::OutsideWindow, false);
        }
        return answer.missed(query, Absence::OutsideWindow, "it has no values of that time");
    };
    // A period begins before a window that begins in its middle.
    let at = at.max(query.window.from);
    let word = if is_low { "lowest" } else { "highest" };
    let mut claim = format!("{} was {word} at {at}: {}", sign.metric, shown(value));
    let mut found = Found::plain(String::new(), excerpt(series, before, is_low), at);
    if let Some(bound) = sign.bound {
        let crossed = series.points.iter().find(|(_, value)| bound.is_crossed(*value));
        let Some((since, _)) = crossed else {
            if !series.is_whole {
                return answer.missed(query, Absence::Error, "it was not read to its end");
            }
            let covered = covered(&series.points, &query.window, seconds);
            return answer.asked(query, QueryResult::Empty, covered, &sign.would_refute);
        };
        claim.push_str(&format!(", {} first at {since}", bound.words()));
        answer.pivot(format!("what changed before {since}"));
        found.supports.clone_from(&sign.supports);
        found.refutes.clone_from(&sign.would_refute);
    }
    if let Some((_, value)) = extreme(&before.points, is_low) {
        claim.push_str(&format!("; {word} a day before: {}", shown(value)));
    }
    answer.asked(query, QueryResult::Found, None, &sign.would_refute);
    answer.found(query, Found { claim, kind: FindingKind::Observation, ..found });
}

/// The first of the highest, or of the lowest values.
fn extreme(points: &[(Timestamp, f64)], is_low: bool) -> Option<(Timestamp, f64)> {
    let further = |a: f64, b: f64| if is_low { a < b } else { a > b };
    points.iter().copied().reduce(|best, it| if further(it.1, best.1) { it } else { best })
}

/// The time that there are values of, where that is not the whole window: no longer
/// than up to the first hole.
fn covered(points: &[(Timestamp, f64)], window: &Window, seconds: u32) -> Option<Window> {
    let apart = SignedDuration::from_secs(APART.max(2 * seconds).into());
    let near = |a: Timestamp, b: Timestamp| b.duration_since(a) <= apart;
    let first = points.first()?.0;
    let hole = points.windows(2).find(|pair| !near(pair[0].0, pair[1].0));
    let last = hole.map_or(points.last()?.0, |pair| pair[0].0);
    if near(window.from, first) && near(last, window.until) {
        return None;
    }
    Some(Window { from: first.max(window.from), until: last.max(first.max(window.from)) })
}

/// Some values, the highest or lowest among them, and that of the day before.
fn excerpt(series: &Series, before: &Series, is_low: bool) -> Vec<String> {
    let points = &series.points;
    let step = points.len().div_ceil(SHOWN).max(1);
    let mut some: Vec<(Timestamp, f64)> = points.iter().copied().step_by(step).collect();
    some.extend(points.last().copied());
    some.extend(extreme(points, is_low));
    some.sort_by_key(|(at, _)| *at);
    some.dedup_by_key(|(at, _)| *at);
    let line = |(at, value): &(Timestamp, f64)| format!("{at} {}", shown(*value));
    let mut lines = vec![some.iter().map(line).collect::<Vec<_>>().join(", ")];
    let earlier = extreme(&before.points, is_low);
    lines.push(match earlier {
        Some((at, value)) => format!("the day before: {at} {}", shown(value)),
        None => "the day before: no values".to_owned(),
    });
    lines
}

/// A value without digits that nobody reads.
fn shown(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-03T{text}:00Z").parse().unwrap()
    }

    fn window() -> Window {
        Window { from: at("02:00"), until: at("05:00") }
    }

    fn every(minutes: &[u32], value: f64) -> Vec<(Timestamp, f64)> {
        let of = |it: &u32| (at(&format!("{:02}:{:02}", 2 + it / 60, it % 60)), value);
        minutes.iter().map(of).collect()
    }

    #[test]
    fn values_from_end_to_end_cover_a_window() {
        let all: Vec<u32> = (0..180).step_by(5).collect();
        assert_eq!(covered(&every(&all, 1.0), &window(), 60), None);
        let hours = every(&[0, 60, 120, 179], 1.0);
        assert_eq!(covered(&hours, &window(), 3_600), None);
        assert!(covered(&hours, &window(), 300).is_some());
    }

    #[test]
    fn a_hole_ends_what_is_covered() {
        let begun: Vec<u32> = (60..180).step_by(5).collect();
        let late = covered(&every(&begun, 1.0), &window(), 60).unwrap();
        assert_eq!(late, Window { from: at("03:00"), until: at("04:55") });
        let hole: Vec<u32> = (0..180).step_by(5).filter(|it| !(60..120).contains(it)).collect();
        let cut = covered(&every(&hole, 1.0), &window(), 60).unwrap();
        assert_eq!(cut, Window { from: at("02:00"), until: at("02:55") });
    }

    #[test]
    fn the_first_of_the_highest_is_told() {
        let mut points = every(&[0, 5, 10, 15], 4.0);
        points[1].1 = 1840.0;
        points[2].1 = 1840.0;
        assert_eq!(extreme(&points, false), Some((at("02:05"), 1840.0)));
        assert_eq!(extreme(&points, true), Some((at("02:00"), 4.0)));
        assert_eq!(extreme(&[], false), None);
    }

    #[test]
    fn a_bound_itself_is_not_crossed() {
        assert!(!Bound::Above(900.0).is_crossed(900.0) && Bound::Above(900.0).is_crossed(900.5));
        assert!(!Bound::Below(1.0).is_crossed(1.0) && Bound::Below(1.0).is_crossed(0.0));
        assert_eq!((shown(1840.0), shown(0.25)), ("1840".to_owned(), "0.250".to_owned()));
    }
}
