//! Metrics: values over time.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::PAGES;
use super::calls::Aws;
use super::operation::Operation;
use super::times::moment;
use crate::http::{AskError, items, maybe, text};
use crate::triage::window::Window;

/// How values of a period are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statistic {
    /// The mean.
    Average,
    /// The largest.
    Maximum,
    /// The smallest.
    Minimum,
    /// All together.
    Sum,
    /// How many there are.
    SampleCount,
}

/// One metric, as CloudWatch knows it, and what is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Metric {
    /// `AWS/SQS`.
    pub namespace: String,
    /// `ApproximateAgeOfOldestMessage`.
    pub name: String,
    /// All of its dimensions: with one less it is another metric.
    pub dimensions: BTreeMap<String, String>,
    /// What is wanted.
    pub statistic: Statistic,
}

/// The values of one metric.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// When each period begins, and its value, in order; none for a period without
    /// data.
    pub points: Vec<(Timestamp, f64)>,
    /// All of it was read.
    pub is_whole: bool,
}

impl Statistic {
    const ALL: [Self; 5] =
        [Self::Average, Self::Maximum, Self::Minimum, Self::Sum, Self::SampleCount];

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// As CloudWatch has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Average => "Average",
            Self::Maximum => "Maximum",
            Self::Minimum => "Minimum",
            Self::Sum => "Sum",
            Self::SampleCount => "SampleCount",
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} {}", self.statistic.name(), self.namespace, self.name)?;
        let mut dimensions = self.dimensions.iter();
        dimensions.try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

/// Seconds of one value, by how long ago a window begins: CloudWatch keeps minutes
/// for 15 days, five minutes for 63, hours for 455. `None` where it has nothing
/// any more.
pub fn period(window: &Window, now: Timestamp) -> Option<u32> {
    let age = now.duration_since(window.from);
    let days = |number: i64| SignedDuration::from_hours(24 * number);
    [(15, 60), (63, 300), (455, 3_600)]
        .into_iter()
        .find(|(kept, _)| age <= days(*kept))
        .map(|(_, seconds)| seconds)
}

impl Aws {
    /// Values of metrics, one series for each, in their order.
    ///
    /// # Errors
    /// CloudWatch did not answer.
    pub fn metrics(
        &mut self,
        metrics: &[Metric],
        window: &Window,
        period: u32,
    ) -> Result<Vec<Series>, AskError> {
        let operation = Operation::GetMetricData;
        let mut input = json!({
            "StartTime": aligned(window.from, period),
            "EndTime": aligned(window.until, period).saturating_add(i64::from(period)),
            "ScanBy": "TimestampAscending",
            "MetricDataQueries": metrics.iter().enumerate().map(|(at, it)| query(at, it, period)).collect::<Vec<_>>(),
        });
        let mut all = vec![Series { is_whole: true, ..Series::default() }; metrics.len()];
        for _ in 0..PAGES {
            let answer = self.ask(operation, &input)?;
            for result in items(&answer, "/MetricDataResults") {
                add(&mut all, result).map_err(|why| self.strange(operation, why))?;
            }
            match maybe(&answer, "/NextToken") {
                Some(token) => input["NextToken"] = json!(token),
                None => return Ok(sorted(all, window)),
            }
        }
        for series in &mut all {
            series.is_whole = false;
        }
        Ok(sorted(all, window))
    }
}

/// Seconds since 1970 at which a period begins.
fn aligned(time: Timestamp, period: u32) -> i64 {
    let seconds = time.as_second();
    seconds - seconds.rem_euclid(period.into())
}

fn query(at: usize, metric: &Metric, period: u32) -> Value {
    let dimension = |(name, value): (&String, &String)| json!({"Name": name, "Value": value});
    json!({
        "Id": format!("m{at}"),
        "MetricStat": {
            "Metric": {
                "Namespace": metric.namespace,
                "MetricName": metric.name,
                "Dimensions": metric.dimensions.iter().map(dimension).collect::<Vec<_>>(),
            },
            "Period": period,
            "Stat": metric.statistic.name(),
        },
        "ReturnData": true,
    })
}

fn add(all: &mut [Series], result: &Value) -> Result<(), String> {
    let id = text(result, "/Id")?;
    let at = id.strip_prefix('m').and_then(|it| it.parse::<usize>().ok());
    let series = at.and_then(|at| all.get_mut(at));
    let series = series.ok_or_else(|| format!("it has a series that nobody asked for: {id}"))?;
    let (times, values) = (items(result, "/Timestamps"), items(result, "/Values"));
    let points = times.zip(values).map(|(time, value)| Some((moment(time)?, value.as_f64()?)));
    let points: Option<Vec<_>> = points.collect();
    series.points.extend(points.ok_or_else(|| format!("a value of {id} is none"))?);
    let status = maybe(result, "/StatusCode").unwrap_or_default();
    // A part is whole with the next page; what failed inside never is.
    series.is_whole &= matches!(status.as_str(), "" | "Complete" | "PartialData");
    Ok(())
}

/// In order of time, and nothing past the window: the last period asked about is the one
/// that the window ends in.
fn sorted(mut all: Vec<Series>, window: &Window) -> Vec<Series> {
    for series in &mut all {
        series.points.retain(|(time, _)| *time <= window.until);
        series.points.sort_by_key(|(time, _)| *time);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_as_short_as_it_is_kept() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let window = Window { from: at("2026-11-03T02:00:00Z"), until: at("2026-11-03T05:00:00Z") };
        assert_eq!(period(&window, at("2026-11-03T06:00:00Z")), Some(60));
        assert_eq!(period(&window, at("2026-11-28T00:00:00Z")), Some(300));
        assert_eq!(period(&window, at("2027-03-01T00:00:00Z")), Some(3_600));
        assert_eq!(period(&window, at("2028-06-01T00:00:00Z")), None);
    }

    #[test]
    fn a_period_begins_where_clocks_have_it() {
        let time: Timestamp = "2026-11-03T02:03:07Z".parse().unwrap();
        let whole = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
        assert_eq!(aligned(time, 60), whole("2026-11-03T02:03:00Z"));
        assert_eq!(aligned(time, 300), whole("2026-11-03T02:00:00Z"));
    }
}
