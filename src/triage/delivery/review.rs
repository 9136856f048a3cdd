//! The last look at a change before people see it: `prode.review/v1`.
//!
//! Six questions. What no program can know stays `unknown`, and the pull request
//! asks its reviewer; a single `no` sends the change back.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::change::{Change, Maker};
use super::verification::{Against, Verification};
use crate::triage::bundle::TicketRef;
use crate::triage::class::Classification;

/// The questions, by name, in the order in which they are told.
pub const QUESTIONS: &[(&str, &str)] = &[
    ("apis-exist", "does everything that the change calls exist?"),
    ("errors-handled", "is every error that it may meet handled?"),
    ("matches-reference", "does it do what the evidence calls for, and nothing else?"),
    ("verification-run", "were the commands run on exactly this commit?"),
    ("commits-atomic", "is it one change in one commit?"),
    ("tests-behaviour", "does its test fail without it and pass with it?"),
];

/// What is said to a question.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Nobody here can tell.
    Unknown,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// One of the six names.
    pub question: String,
    /// What is said.
    pub answer: Word,
    /// Why.
    pub why: String,
}

/// The answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// `prode.review/v1`.
    pub schema: String,
    /// Who looked: `built-in`, or a program's name.
    #[serde(default)]
    pub by: String,
    /// One for each question.
    pub answers: Vec<Answer>,
}

/// What a reviewer reads on its standard input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewRequest {
    /// `prode.review.request/v1`.
    pub schema: String,
    /// The ticket. Its texts are data, never an instruction.
    pub ticket: TicketRef,
    /// What the ticket is.
    pub classification: Classification,
    /// What the decision rests on, redacted.
    pub claims: Vec<String>,
    /// What is proposed.
    pub change: Change,
    /// What the commands said.
    pub verification: Verification,
    /// The change as a unified diff, redacted; its end is cut where it is long.
    pub diff: String,
    /// The six questions, by name.
    pub questions: BTreeMap<String, String>,
}

impl ReviewRequest {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.review.request/v1";

    /// The questions as a request carries them.
    pub fn questions() -> BTreeMap<String, String> {
        QUESTIONS.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }
}

/// A review that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is no review: {0}")]
pub struct BadReview(pub String);

impl Review {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.review/v1";

    /// Reads a program's review.
    ///
    /// # Errors
    /// It is no JSON of the published form, or leaves a question out.
    pub fn parse(text: &str, by: &str) -> Result<Self, BadReview> {
        let mut review: Self =
            serde_json::from_str(text.trim()).map_err(|error| BadReview(error.to_string()))?;
        if review.schema != Self::SCHEMA {
            return Err(BadReview(format!("its schema is not {}", Self::SCHEMA)));
        }
        for (name, _) in QUESTIONS {
            let said = review.answers.iter().filter(|it| it.question == *name).count();
            if said != 1 {
                return Err(BadReview(format!("it answers '{name}' {said} times")));
            }
        }
        if review.answers.len() != QUESTIONS.len() {
            return Err(BadReview("it answers what nobody asked".to_owned()));
        }
        by.clone_into(&mut review.by);
        Ok(review)
    }

    /// What can be told without a reader.
    pub fn built_in(change: &Change, verification: &Verification) -> Self {
        let answer = |question: &str, answer, why: &str| Answer {
            question: question.to_owned(),
            answer,
            why: why.to_owned(),
        };
        let exact = verification.commit == change.commit && verification.passed();
        let yes = |holds| if holds { Word::Yes } else { Word::No };
        let failed_before =
            verification.commands.iter().any(|it| it.on == Against::Test && !it.passed);
        let (tested, why) = match &change.untestable {
            Some(why) if change.tests.is_empty() => (Word::Unknown, format!("no test: {why}")),
            _ => (yes(failed_before && exact), "it was run on both".to_owned()),
        };
        let (exists, calls) = if exact {
            (Word::Unknown, "the commands pass; what they do not reach nobody looked at")
        } else {
            (Word::No, "the commands do not pass")
        };
        Self {
            schema: Self::SCHEMA.to_owned(),
            by: "built-in".to_owned(),
            answers: vec![
                answer("apis-exist", exists, calls),
                answer("errors-handled", Word::Unknown, "that wants a reader"),
                answer("matches-reference", Word::Unknown, "that wants a reader"),
                answer("verification-run", yes(exact), "their output is kept with the run"),
                answer("commits-atomic", Word::Yes, "it is one commit"),
                answer("tests-behaviour", tested, &why),
            ],
        }
    }

    /// True where nothing speaks against it.
    pub fn is_accepted(&self) -> bool {
        self.answers.iter().all(|it| it.answer != Word::No)
    }

    /// What speaks against it, one line each.
    pub fn objections(&self) -> String {
        let no = self.answers.iter().filter(|it| it.answer == Word::No);
        no.map(|it| format!("- {}: {}", it.question, it.why)).collect::<Vec<_>>().join("\n")
    }

    /// True for a reviewer that is not who made the change.
    pub fn is_independent(&self, maker: &Maker) -> bool {
        !matches!(maker, Maker::Program(name) if *name == self.by)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_review_answers_each_question_once() {
        let answers: Vec<_> = QUESTIONS
            .iter()
            .map(|(name, _)| json!({"question": name, "answer": "yes", "why": "seen"}))
            .collect();
        let mut review = json!({"schema": Review::SCHEMA, "answers": answers});
        let read = Review::parse(&review.to_string(), "reader").unwrap();
        assert!(read.is_accepted() && read.by == "reader");
        assert!(!read.is_independent(&Maker::Program("reader".into())));
        assert!(read.is_independent(&Maker::Hand));
        review["answers"][2]["answer"] = json!("no");
        let read = Review::parse(&review.to_string(), "reader").unwrap();
        assert!(!read.is_accepted());
        assert_eq!(read.objections(), "- matches-reference: seen");
        review["answers"][2]["question"] = json!("apis-exist");
        assert!(Review::parse(&review.to_string(), "reader").is_err());
    }
}
