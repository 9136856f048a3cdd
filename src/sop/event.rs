//! What happened in a run of a procedure.
//!
//! Gates, steps and stop conditions are counted from 1, as people type them.
//! Every text passed redaction before it became part of an event.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::chain;

/// One line of a run.
pub type Line = chain::Line<Event>;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// Somebody began to walk a procedure.
    SopOpened {
        /// The run's name, so that two walks are never the same events.
        run: String,
        /// The page, from the top of the repository.
        sop: String,
        /// The commit of the trunk whose page is walked.
        commit: String,
        /// [`digest`](super::Procedure::digest) of its gates.
        gates: String,
        /// The ticket or change that it is for.
        ticket: Option<String>,
        /// The program that wrote it.
        by: String,
        /// The rules that redacted what is stored.
        ruleset: String,
    },
    /// A step was done, and this came out.
    Output {
        /// Of which gate.
        gate: u32,
        /// Of which step.
        step: u32,
        /// SHA-256 of the redacted excerpt, which is kept.
        artifact: String,
        /// All of the output, as HMAC-SHA256 with the store's key.
        raw: String,
        /// How many bytes that is.
        bytes: u64,
        /// Who did it.
        by: String,
    },
    /// A stop condition is so, or is so no more.
    Marked {
        /// Of which gate.
        gate: u32,
        /// Which of its conditions.
        condition: u32,
        /// True if it is so.
        holds: bool,
        /// Why.
        why: String,
        /// Who says so.
        by: String,
    },
    /// Something that blocks gates is so, or is so no more.
    Blocked {
        /// Such as `incident`.
        what_blocks: String,
        /// True if it is so.
        on: bool,
        /// Who says so.
        by: String,
    },
    /// A person decided at a gate.
    Decided {
        /// Which.
        gate: u32,
        /// To go on, or to end here.
        decision: Decision,
        /// Why.
        why: String,
        /// Who.
        by: String,
        /// How that is known.
        how: How,
        /// Ids of the signed statements; empty for a decision that was typed.
        statements: Vec<String>,
    },
}

/// What is decided at a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The gate is passed.
    Go,
    /// The run ends here.
    Stop,
}

impl Decision {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Stop => "stop",
        }
    }
}

/// How it is known that a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Somebody typed it. Nothing shows who.
    Attested,
    /// Signed with a software key.
    Weak,
    /// Signed with a hardware key that was touched.
    Strong,
}

impl How {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attested => "attested",
            Self::Weak => "weak",
            Self::Strong => "strong",
        }
    }
}
