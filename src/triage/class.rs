//! What a ticket can turn out to be, and what follows from it.
//!
//! One row for each thing that evidence can speak for. A specialist names a
//! row, a coordinator may give a row words of its own; what follows from a row
//! is this table's alone.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a ticket is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Classification {
    /// A change of the code made it.
    AppRegression,
    /// A system has too little of something.
    InfraCapacity,
    /// Stored data is wrong.
    DataState,
    /// Somebody else's system fails.
    Vendor,
    /// A setting makes it.
    Config,
    /// It happens all the time and harms nobody.
    ExpectedNoise,
    /// Another ticket says it already.
    Duplicate,
    /// The evidence speaks for none of these.
    Unknown,
}

/// How a run's investigation ends.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Nobody has to act, or too little is known.
    Stop,
    /// Somebody else has to act.
    Handoff,
    /// A change of this repository may be proposed.
    Pr,
}

/// Something that would explain a ticket.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name, by which findings support or refute it.
    pub name: &'static str,
    /// What the ticket is if it holds.
    pub class: Classification,
    /// What follows, given enough evidence.
    pub rule: Decision,
    /// What it says, for people and specialists.
    pub about: &'static str,
}

use Classification::{
    AppRegression, Config, DataState, Duplicate, ExpectedNoise, InfraCapacity, Vendor,
};
use Decision::{Handoff, Pr, Stop};

/// Every explanation that the built-in table weighs.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    Kind { name: "app-regression",   class: AppRegression, rule: Pr,      about: "a change of this repository's code made it" },
    Kind { name: "config",           class: Config,        rule: Pr,      about: "a setting that this repository keeps makes it" },
    Kind { name: "config-elsewhere", class: Config,        rule: Handoff, about: "a setting that is kept elsewhere makes it" },
    Kind { name: "data-state",       class: DataState,     rule: Handoff, about: "stored data is wrong" },
    Kind { name: "infra-capacity",   class: InfraCapacity, rule: Handoff, about: "a system has too little of something" },
    Kind { name: "vendor",           class: Vendor,        rule: Handoff, about: "somebody else's system fails" },
    Kind { name: "expected-noise",   class: ExpectedNoise, rule: Stop,    about: "it happens all the time and harms nobody" },
    Kind { name: "duplicate",        class: Duplicate,     rule: Stop,    about: "another ticket says it already" },
];

impl Kind {
    /// The row called this.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// True if it can be the cause of wrong data, and mended in this repository.
    pub fn is_fault_here(&self) -> bool {
        self.rule == Pr
    }
}

impl fmt::Display for Classification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AppRegression => "app-regression",
            Self::InfraCapacity => "infra-capacity",
            Self::DataState => "data-state",
            Self::Vendor => "vendor",
            Self::Config => "config",
            Self::ExpectedNoise => "expected-noise",
            Self::Duplicate => "duplicate",
            Self::Unknown => "unknown",
        })
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stop => "stop",
            Self::Handoff => "handoff",
            Self::Pr => "pr",
        })
    }
}
