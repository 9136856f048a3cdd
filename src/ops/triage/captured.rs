//! `triage show --captured`: what was said between a run and those it asked, where
//! somebody wanted it kept.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::begin::now;
use super::crew::Reply;
use super::written::hidden_text;
use crate::captures::Captures;
use crate::ops::OpError;
use crate::ops::redact::Screen;
use crate::run_id::RunId;
use crate::triage::output::Request;
use crate::workspace::Workspace;

/// Characters of one answer that are kept.
const LONGEST: usize = 256 * 1024;

/// What was captured of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Captured {
    /// `prode.triage_captured/v1`.
    pub schema: String,
    /// The run.
    pub run: String,
    /// When it goes.
    pub until: String,
    /// In the order in which they were asked.
    pub exchanges: Vec<Exchange>,
}

/// One question and what came back, as it came but for redaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// When the answer was there.
    pub at: String,
    /// The question's name.
    pub question: String,
    /// Who was asked.
    pub specialist: String,
    /// Milliseconds until the answer.
    pub took_ms: u64,
    /// `prode.specialist.request/v1`.
    pub request: Value,
    /// What was said, whether it is an answer or not; null where nothing was.
    pub reply: Option<String>,
    /// Why nothing was said; null where something was.
    pub nothing: Option<String>,
}

/// Keeps what is said.
pub(super) struct Capturing(Captures);

impl Capturing {
    /// Where it can be kept.
    ///
    /// # Errors
    /// The folder is no repository.
    pub(super) fn of(workspace: &Workspace) -> Result<Self, OpError> {
        workspace.captures().map(Self).ok_or_else(|| OpError::Usage {
            message: "what is said cannot be kept: the folder is no repository".to_owned(),
            hint: "run it in the repository, or leave --capture out".to_owned(),
        })
    }

    /// Keeps one exchange.
    ///
    /// # Errors
    /// It cannot be written, or not be redacted.
    pub(super) fn keep(
        &self,
        run: &RunId,
        screen: &Screen,
        (request, reply): (&Request, &Reply),
        took: Duration,
    ) -> Result<(), OpError> {
        let now = now();
        let (reply, nothing) = match reply {
            Reply::Said { text, .. } => (Some(shown(screen, text)?), None),
            Reply::Nothing { absence, why } => {
                (None, Some(shown(screen, &format!("{absence}: {why}"))?))
            }
        };
        let exchange = Exchange {
            at: now.to_string(),
            question: request.name.clone(),
            specialist: request.specialist.clone(),
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            request: serde_json::to_value(request).unwrap_or_default(),
            reply,
            nothing,
        };
        let line = serde_json::to_value(&exchange).unwrap_or_default();
        self.0.add(run, &line, now).map_err(|error| OpError::File {
            path: "what is said in the run".to_owned(),
            reason: error.to_string(),
        })
    }
}

/// Redacted as a whole, and cut after that: half a secret is no secret to a rule.
fn shown(screen: &Screen, text: &str) -> Result<String, OpError> {
    let hidden = hidden_text(screen, text)?;
    Ok(match hidden.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}… ({} bytes in all)", &hidden[..end], hidden.len()),
        None => hidden,
    })
}

/// What is kept still of a run.
///
/// # Errors
/// There is none: nobody wanted it kept, or its hour is over.
pub fn captured(workspace: &Workspace, run: &RunId) -> Result<Captured, OpError> {
    let now = now();
    let failed = |error: std::io::Error| OpError::File {
        path: format!("what was said in run '{run}'"),
        reason: error.to_string(),
    };
    let kept = match workspace.captures() {
        Some(captures) => {
            captures.sweep(now);
            captures.read(run, now).map_err(failed)?
        }
        None => None,
    };
    let Some(kept) = kept else {
        return Err(OpError::NotFound {
            message: format!("nothing that was said in run '{run}' is kept"),
            hint: "it is kept for an hour where that was asked for: prode triage run ticket.json --capture".to_owned(),
        });
    };
    let exchanges = kept.lines.into_iter().filter_map(|it| serde_json::from_value(it).ok());
    Ok(Captured {
        schema: "prode.triage_captured/v1".to_owned(),
        run: run.to_string(),
        until: kept.until.to_string(),
        exchanges: exchanges.collect(),
    })
}
