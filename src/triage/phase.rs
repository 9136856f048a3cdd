//! How far a run is.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A phase of a run, in their order; the last five end it or let it rest, and it
/// rests where people have the change, and where time has to pass.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The ticket is being read.
    Intake,
    /// It is looked up what can be asked.
    Inventory,
    /// The memory is asked where to look.
    Route,
    /// Specialists are asked.
    Investigate,
    /// The gate decides.
    Decide,
    /// A change is made and proposed.
    Deliver,
    /// People have the change before them.
    AwaitMerge,
    /// The confirming query is asked again.
    Monitor,
    /// What was learned is written down.
    Learn,
    /// All is done.
    Closed,
    /// Nobody has to act, or too little is known.
    Stopped,
    /// Somebody else has to act.
    HandedOff,
    /// A person's approval is awaited.
    Waiting,
    /// It could not go on.
    Failed,
}

impl Phase {
    /// All of them, in their order.
    pub const ALL: [Self; 14] = [
        Self::Intake,
        Self::Inventory,
        Self::Route,
        Self::Investigate,
        Self::Decide,
        Self::Deliver,
        Self::AwaitMerge,
        Self::Monitor,
        Self::Learn,
        Self::Closed,
        Self::Stopped,
        Self::HandedOff,
        Self::Waiting,
        Self::Failed,
    ];

    /// True where nothing more happens by itself.
    pub fn rests(self) -> bool {
        self >= Self::Closed || matches!(self, Self::AwaitMerge | Self::Monitor)
    }

    /// True where nothing more happens at all.
    pub fn is_over(self) -> bool {
        self >= Self::Closed && self != Self::Waiting
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Intake => "intake",
            Self::Inventory => "inventory",
            Self::Route => "route",
            Self::Investigate => "investigate",
            Self::Decide => "decide",
            Self::Deliver => "deliver",
            Self::AwaitMerge => "await-merge",
            Self::Monitor => "monitor",
            Self::Learn => "learn",
            Self::Closed => "closed",
            Self::Stopped => "stopped",
            Self::HandedOff => "handed-off",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
        })
    }
}
