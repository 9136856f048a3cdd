//! One example, asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::figures::DEPTH;
use super::sets::{Judged, RouteTest, Set};
use crate::ops::batch::{self, Question};
use crate::ops::error::OpError;
use crate::ops::{query, route};
use crate::routing::analysis::Analyzer;
use crate::routing::query::Filters;
use crate::workspace::{Asked, Memory, Workspace};

/// What came of one example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Case {
    /// The file it stands in.
    pub file: String,
    /// The ticket or question.
    pub text: String,
    /// What must come.
    pub expect: Vec<String>,
    /// Among how many.
    pub within: usize,
    /// Where the first page came of those that must, from 1; null where none came.
    #[serde(default)]
    pub rank: Option<usize>,
    /// What came, best first.
    pub got: Vec<String>,
    /// True if the router abstained.
    pub abstained: bool,
    /// True if it is as expected.
    pub passed: bool,
}

/// One example of a set, and the file that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Example<'a> {
    file: &'a str,
    asks: Asks<'a>,
}

#[derive(Clone, Copy)]
enum Asks<'a> {
    Route(&'a RouteTest),
    Question(&'a Judged),
}

/// Every example of `sets`, in their order.
pub(super) fn examples(sets: &[(String, Set)]) -> Vec<Example<'_>> {
    let mut all = Vec::new();
    for (file, set) in sets {
        let example = |asks| Example { file, asks };
        match set {
            Set::Routes(tests) => {
                all.extend(tests.iter().map(|it| example(Asks::Route(it))));
            }
            Set::Questions(questions) => {
                all.extend(questions.iter().map(|it| example(Asks::Question(it))));
            }
        }
    }
    all
}

impl<'a> Example<'a> {
    /// A route test of the file called `file`.
    pub(super) fn of_route(file: &'a str, test: &'a RouteTest) -> Self {
        Self { file, asks: Asks::Route(test) }
    }

    /// True for a route test, which passes or fails; questions are measured.
    pub(super) fn is_route(&self) -> bool {
        matches!(self.asks, Asks::Route(_))
    }

    /// What is asked, as it stands.
    pub(super) fn text(&self) -> &'a str {
        match self.asks {
            Asks::Route(test) => &test.ticket,
            Asks::Question(judged) => &judged.query,
        }
    }

    /// The pages that must come; none where the router must abstain.
    pub(super) fn expect(&self) -> &'a [String] {
        match self.asks {
            Asks::Route(test) if test.expect == "none" => &[],
            Asks::Route(test) => std::slice::from_ref(&test.expect),
            Asks::Question(judged) => &judged.relevant,
        }
    }

    /// Asks it, and holds what came against its own names.
    pub(super) fn ask(
        &self,
        workspace: &Workspace,
        memory: &Memory,
        analyzer: &mut Analyzer,
    ) -> Result<Case, OpError> {
        self.ask_for(workspace, memory, analyzer, self.expect().to_vec())
    }

    /// The same where the expected pages are called `expect`.
    pub(super) fn ask_for(
        &self,
        workspace: &Workspace,
        memory: &Memory,
        analyzer: &mut Analyzer,
        expect: Vec<String>,
    ) -> Result<Case, OpError> {
        let (within, got, abstained) = match self.asks {
            Asks::Route(test) => {
                let (got, abstained) = routed(workspace, memory, test)?;
                (test.within, got, abstained)
            }
            Asks::Question(judged) => (1, ranked(memory, judged, analyzer)?, false),
        };
        let rank = got.iter().position(|path| expect.contains(path)).map(|at| at + 1);
        let passed = match rank {
            None => expect.is_empty() && abstained,
            Some(rank) => rank <= within && !abstained,
        };
        let (file, text) = (self.file.to_owned(), self.text().to_owned());
        Ok(Case { file, text, expect, within, rank, got, abstained, passed })
    }
}

fn routed(
    workspace: &Workspace,
    memory: &Memory,
    test: &RouteTest,
) -> Result<(Vec<String>, bool), OpError> {
    let options = route::Options {
        text: test.ticket.clone(),
        asked: Asked::Trunk,
        limit: test.within.max(DEPTH),
        budget: Some(0),
        filters: Filters::default(),
    };
    let answer = route::ask(workspace, memory, &options)?;
    let got = answer.pages.into_iter().map(|page| page.hit.path).collect();
    Ok((got, answer.abstained))
}

fn ranked(
    memory: &Memory,
    judged: &Judged,
    analyzer: &mut Analyzer,
) -> Result<Vec<String>, OpError> {
    let options = query::Options { limit: DEPTH, ..query::Options::default() };
    let question = Question { qid: judged.qid.clone(), query: judged.query.clone() };
    let line = batch::answer(memory, &question, &options, analyzer)?;
    Ok(line.ranked.into_iter().map(|place| place.path).collect())
}
