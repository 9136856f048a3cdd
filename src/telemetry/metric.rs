//! What is counted, whatever form it is told in.

use std::time::Duration;

/// All series of one name.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// As Prometheus names it: `prode_triage_runs_total`.
    pub name: &'static str,
    /// What it counts, in a sentence.
    pub help: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// By labels.
    pub points: Vec<Point>,
}

/// How a series behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It only grows, until the process ends.
    Counter,
    /// It goes up and down.
    Gauge,
    /// Times, by their bounds.
    Histogram,
}

/// One series.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Names and values.
    pub labels: Vec<(&'static str, String)>,
    /// What it stands at.
    pub value: Value,
}

/// What a series stands at.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// So many.
    Whole(u64),
    /// Times.
    Times(Times),
}

/// Upper bounds of a histogram, in milliseconds.
pub const BOUNDS: [u64; 11] = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000];

/// Times by their bounds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Times {
    /// As many as took no longer than each bound.
    pub within: [u64; BOUNDS.len()],
    /// All.
    pub count: u64,
    /// All together.
    pub sum: Duration,
}

impl Times {
    /// One more.
    pub fn add(&mut self, took: Duration) {
        for (within, bound) in self.within.iter_mut().zip(BOUNDS) {
            *within += u64::from(took <= Duration::from_millis(bound));
        }
        self.count += 1;
        self.sum += took;
    }
}

impl Family {
    /// One that has no series yet.
    pub fn new(name: &'static str, kind: Kind, help: &'static str) -> Self {
        Self { name, help, kind, points: Vec::new() }
    }

    /// With one series that has no labels.
    #[must_use]
    pub fn at(self, value: u64) -> Self {
        self.with(Vec::new(), Value::Whole(value))
    }

    /// With one more series.
    #[must_use]
    pub fn with(mut self, labels: Vec<(&'static str, String)>, value: Value) -> Self {
        self.points.push(Point { labels, value });
        self
    }
}
