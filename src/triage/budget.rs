//! How much a run may spend, and what ends a tool's part in it.
//!
//! Pure: what was spent is the sum of the run's events, so that a replay stops
//! where the run did. Near a limit only what is required is asked; over one,
//! nothing is. A breaker ends a tool's part however much is left.

mod ledger;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use ledger::Ledger;

/// In per cent of a limit: from here on only what is required is asked.
pub const NEAR: u64 = 80;

/// What a run may spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budgets {
    /// Calls.
    pub calls: u32,
    /// Calls of one specialist.
    pub tool_calls: u32,
    /// Bytes of all answers.
    pub bytes: u64,
    /// Cost units that specialists report.
    pub cost_units: u32,
    /// Calls that report 10 cost units or more.
    pub expensive: u32,
    /// Steps without new evidence.
    pub quiet: u32,
    /// Seconds from which an answer is slow.
    pub slow: u32,
    /// Calls that were left of the day when it began, where the day has a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_calls: Option<u32>,
}

impl Budgets {
    /// Where nothing is set.
    pub fn usual() -> Self {
        Self {
            calls: 40,
            tool_calls: 10,
            bytes: 10 << 20,
            cost_units: 1_000,
            expensive: 3,
            quiet: 6,
            slow: 45,
            day_calls: None,
        }
    }

    /// The stricter of both, limit by limit.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        Self {
            calls: self.calls.min(other.calls),
            tool_calls: self.tool_calls.min(other.tool_calls),
            bytes: self.bytes.min(other.bytes),
            cost_units: self.cost_units.min(other.cost_units),
            expensive: self.expensive.min(other.expensive),
            quiet: self.quiet.min(other.quiet),
            slow: self.slow.min(other.slow),
            day_calls: self.day_calls.into_iter().chain(other.day_calls).min(),
        }
    }
}

/// What one call took, as its event tells it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spent {
    /// Bytes of the answer as it came.
    pub bytes: u64,
    /// Seconds.
    pub seconds: u32,
    /// Cost units that it reports.
    pub cost_units: u32,
    /// Its findings, and its queries that were answered.
    pub evidence: u32,
}

/// A limit of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Its deadline.
    Time,
    /// [`Budgets::calls`].
    Calls,
    /// [`Budgets::day_calls`].
    DayCalls,
    /// [`Budgets::tool_calls`].
    ToolCalls,
    /// [`Budgets::bytes`].
    Bytes,
    /// [`Budgets::cost_units`].
    CostUnits,
    /// [`Budgets::expensive`].
    Expensive,
}

/// What ends a tool's part in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaker {
    /// Questions that were answered are asked for again.
    SameCall,
    /// It fails, and is asked again.
    RetryStorm,
    /// Nothing new comes.
    NoNewEvidence,
    /// It is slow.
    Latency,
}

/// Why a question is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// A limit is reached.
    Over(Limit),
    /// A limit is near, and the question is not required.
    Near(Limit),
    /// A breaker tripped.
    Tripped(Breaker),
}

impl Stop {
    /// True where it ends the investigation early; a question that is left out
    /// near a limit does not.
    pub fn is_early(self) -> bool {
        !matches!(self, Self::Near(_))
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Time => "time",
            Self::Calls => "calls",
            Self::DayCalls => "calls of the day",
            Self::ToolCalls => "calls of one specialist",
            Self::Bytes => "bytes",
            Self::CostUnits => "cost units",
            Self::Expensive => "expensive calls",
        })
    }
}

impl fmt::Display for Breaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SameCall => "same-call: what was answered was asked for again",
            Self::RetryStorm => "retry-storm: it failed, and failed again",
            Self::NoNewEvidence => "no-new-evidence: the last answers brought nothing",
            Self::Latency => "latency: its last answers were slow",
        })
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Over(Limit::Time) => f.write_str("the time of the run was over"),
            Self::Over(limit) => write!(f, "the run's budget of {limit} was used up"),
            Self::Near(limit) => {
                write!(f, "left out: {NEAR} % of the run's budget of {limit} was used up")
            }
            Self::Tripped(breaker) => write!(f, "the breaker {breaker}; it is asked no more"),
        }
    }
}
