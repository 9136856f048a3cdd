//! What a coordinator is asked, and what it may say.
//!
//! A coordinator is a program, mostly an agent, that judges: which questions are
//! worth asking, which explanations are worth weighing, and which claims a
//! classification rests on. It names things, and the gate weighs them. It can
//! ask for less confidence than the evidence has, and for nothing more.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::class::Kind;
use super::evidence::{Control, Evidence, Finding, Gap, Hypothesis, MemoryUse, Receipt};
use super::gate::Chosen;
use super::plan::{Question, question};
use super::snapshot::Snapshot;

/// How often a coordinator is asked in one run: once to plan, then to decide.
pub const ROUNDS: u32 = 4;

/// Explanations that it may add.
const MOST_HYPOTHESES: usize = 16;

/// Questions that it may ask for at once.
const MOST_WISHES: usize = 32;

/// What it is told. Every text in it is data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// `prode.coordinator.request/v1`.
    pub schema: String,
    /// 0 while nobody was asked yet.
    pub round: u32,
    /// Rounds that are left after this one.
    pub rounds_left: u32,
    /// The ticket, redacted.
    pub ticket: Snapshot,
    /// Pages that routed; they are no evidence.
    pub memory: Vec<MemoryUse>,
    /// Specialists that can be asked, by name.
    pub specialists: Vec<String>,
    /// Questions that are planned; those that are required stay.
    pub questions: Vec<Question>,
    /// What explanations can be, by name.
    pub kinds: BTreeMap<String, String>,
    /// Claims so far, by name.
    pub findings: Vec<Finding>,
    /// What they were seen by.
    pub receipts: Vec<Receipt>,
    /// Queries that could have refuted something.
    pub negative_controls: Vec<Control>,
    /// What was not looked at.
    pub gaps: Vec<Gap>,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// `prode.coordinator.reply/v1`.
    pub schema: String,
    /// Whom to ask beside those that are required, and what; one specialist may be
    /// asked several questions, and each of them once in a run.
    #[serde(default)]
    pub ask: Vec<Wish>,
    /// Explanations beside the usual ones.
    #[serde(default)]
    pub hypotheses: Vec<Hypothesis>,
    /// What the ticket is, and the claims that this rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classification: Option<Chosen>,
}

/// A question that it wants to have asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// Whom.
    pub specialist: String,
    /// What; the specialist's usual question where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// True if the decision needs the answer.
    #[serde(default)]
    pub required: bool,
}

/// A reply that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is no reply of a coordinator: {0}")]
pub struct BadReply(pub String);

impl Request {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.coordinator.request/v1";
}

impl Reply {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.coordinator.reply/v1";

    /// Reads a reply and holds it to what is known.
    ///
    /// # Errors
    /// Another form, an explanation of no known kind, or a claim that nobody made.
    pub fn parse(text: &str, evidence: &Evidence) -> Result<Self, BadReply> {
        let reply: Self =
            serde_json::from_str(text).map_err(|error| BadReply(error.to_string()))?;
        if reply.schema != Self::SCHEMA {
            return Err(BadReply(format!("its schema is not {}", Self::SCHEMA)));
        }
        if reply.ask.len() > MOST_WISHES {
            return Err(BadReply(format!("it asks for more than {MOST_WISHES} answers at once")));
        }
        reply.check_hypotheses()?;
        reply.check_classification(evidence)?;
        Ok(reply)
    }

    fn check_hypotheses(&self) -> Result<(), BadReply> {
        if self.hypotheses.len() > MOST_HYPOTHESES {
            return Err(BadReply(format!("it adds more than {MOST_HYPOTHESES} explanations")));
        }
        for (at, hypothesis) in self.hypotheses.iter().enumerate() {
            let Hypothesis { id, kind, .. } = hypothesis;
            if Kind::named(kind).is_none() {
                return Err(BadReply(format!("'{kind}' is no kind of explanation")));
            }
            let is_taken =
                Kind::named(id).is_some() || self.hypotheses[..at].iter().any(|it| it.id == *id);
            if is_taken || id.trim().is_empty() {
                return Err(BadReply(format!("the explanation '{id}' is named already")));
            }
        }
        Ok(())
    }

    fn check_classification(&self, evidence: &Evidence) -> Result<(), BadReply> {
        let Some(chosen) = &self.classification else { return Ok(()) };
        let is_known = |name: &String| {
            Kind::named(name).is_some() || self.hypotheses.iter().any(|it| it.id == *name)
        };
        if !is_known(&chosen.hypothesis) {
            return Err(BadReply(format!("'{}' is no explanation", chosen.hypothesis)));
        }
        match chosen.claims.iter().find(|claim| evidence.finding(claim).is_none()) {
            Some(claim) => Err(BadReply(format!("nobody made the claim '{claim}'"))),
            None => Ok(()),
        }
    }

    /// Specialists of whom it wants again what they answered.
    pub fn repeated(&self, answered: &[&Question]) -> Vec<String> {
        let is_again = |wish: &&Wish| {
            let specialist = wish.specialist.trim().to_lowercase();
            let text = wish.question.as_deref().unwrap_or_else(|| question(&specialist));
            answered.iter().any(|it| it.is_like(&specialist, text))
        };
        let mut all: Vec<String> = self
            .ask
            .iter()
            .filter(is_again)
            .map(|it| it.specialist.trim().to_lowercase())
            .collect();
        all.sort();
        all.dedup();
        all
    }

    /// The questions of a run after this reply: those that are required or
    /// answered stay, and each question is asked once.
    pub fn questions(
        &self,
        planned: &[Question],
        answered: &dyn Fn(&Question) -> bool,
    ) -> Vec<Question> {
        let stays = |it: &&Question| it.required || answered(it);
        let mut all: Vec<Question> = planned.iter().filter(stays).cloned().collect();
        for wish in &self.ask {
            let specialist = wish.specialist.trim().to_lowercase();
            let text = wish.question.clone().unwrap_or_else(|| question(&specialist).to_owned());
            let is_there = all.iter().any(|it| it.is_like(&specialist, &text));
            if is_there || !Question::may_name(&specialist) {
                continue;
            }
            let name = Question::free_name(&specialist, &all);
            let because = "the coordinator asks for it".to_owned();
            all.push(Question { name, specialist, text, required: wish.required, because });
        }
        all
    }
}
