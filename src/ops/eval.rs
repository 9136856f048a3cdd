//! `eval`: examples that must keep working, like unit tests for memory.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::batch::{self, Question};
use super::error::OpError;
use super::{query, route};
use crate::routing::query::Filters;
use crate::workspace::{Asked, Memory, Workspace};

/// Pages looked at for every measure.
const DEPTH: usize = 10;

/// A set of examples.
#[derive(Debug, Clone, PartialEq)]
pub enum Set {
    /// Route tests: tickets and the page that must come.
    Routes(Vec<RouteTest>),
    /// Questions and the pages that answer them.
    Questions(Vec<Judged>),
}

/// One route test.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteTest {
    /// The ticket.
    pub ticket: String,
    /// The page that must come, or `none` where the router must abstain.
    pub expect: String,
    /// Among how many (1 if not given).
    #[serde(default = "one")]
    pub within: usize,
}

fn one() -> usize {
    1
}

/// One question with its answers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Judged {
    /// The question's name.
    pub qid: serde_json::Value,
    /// Literal words.
    pub query: String,
    /// Paths that answer it.
    pub relevant: Vec<String>,
}

/// Lowest figures that pass.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Minimum {
    /// Recall among the first.
    pub recall1: Option<f64>,
    /// Recall among the first three.
    pub recall3: Option<f64>,
    /// Recall among the first five.
    pub recall5: Option<f64>,
    /// Mean reciprocal rank.
    pub mrr: Option<f64>,
    /// Normalised discounted cumulative gain.
    pub ndcg10: Option<f64>,
}

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
    /// What came, best first.
    pub got: Vec<String>,
    /// True if the router abstained.
    pub abstained: bool,
    /// True if it is as expected.
    pub passed: bool,
}

/// Means over all examples that expect a page.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Share of the expected pages among the first.
    pub recall1: f64,
    /// Among the first three.
    pub recall3: f64,
    /// Among the first five.
    pub recall5: f64,
    /// Mean of one divided by the rank of the first expected page, among ten.
    pub mrr: f64,
    /// Discounted gain among ten, divided by the best possible.
    pub ndcg10: f64,
}

/// The result of all sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// `prode.eval/v1`.
    pub schema: String,
    /// The commit that answered; null for files outside Git.
    pub commit: Option<String>,
    /// True if files on disk answered.
    pub worktree: bool,
    /// Examples in all.
    pub checked: usize,
    /// Route tests that came out as expected. Questions are measured, not judged one by one.
    pub passed: usize,
    /// Tickets for which the router must abstain, and did.
    pub abstained: usize,
    /// Tickets for which it must.
    pub must_abstain: usize,
    /// Means over examples that expect a page.
    pub figures: Figures,
    /// Figures below the minimum that was given, as `name: value < minimum`.
    pub below: Vec<String>,
    /// Route tests that failed.
    pub failed: Vec<Case>,
}

/// Reads a file: YAML lists are route tests, JSON lines are questions.
pub fn read(name: &str, text: &str) -> Result<Set, OpError> {
    if Path::new(name).extension().is_some_and(|it| it.eq_ignore_ascii_case("jsonl")) {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let read = |(number, line): (usize, &str)| {
            serde_json::from_str(line).map_err(|error| bad(name, number + 1, &error.to_string()))
        };
        return lines.map(read).collect::<Result<_, _>>().map(Set::Questions);
    }
    let tests: Vec<RouteTest> = serde_yaml::from_str(text).map_err(|error| {
        let line = error.location().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
        let reason = error.to_string();
        bad(name, line, reason.lines().next().unwrap_or_default())
    })?;
    Ok(Set::Routes(tests))
}

fn bad(name: &str, line: usize, reason: &str) -> OpError {
    OpError::Invalid {
        message: format!("{name}:{line} is no example: {reason}"),
        hint: "see the forms: prode show wiki/writing-pages.md".to_owned(),
    }
}

/// Runs every set at one revision.
pub fn run(
    workspace: &Workspace,
    asked: &Asked,
    sets: &[(String, Set)],
    minimum: &Minimum,
) -> Result<(Report, Memory), OpError> {
    let memory = workspace.memory(asked)?;
    let mut cases = Vec::new();
    for (file, set) in sets {
        match set {
            Set::Routes(tests) => {
                for test in tests {
                    cases.push((true, route_case(workspace, &memory, file, test)?));
                }
            }
            Set::Questions(questions) => {
                for question in questions {
                    cases.push((false, question_case(&memory, file, question)?));
                }
            }
        }
    }
    let report = report(&memory, cases, minimum);
    Ok((report, memory))
}

pub(super) fn route_case(
    workspace: &Workspace,
    memory: &Memory,
    file: &str,
    test: &RouteTest,
) -> Result<Case, OpError> {
    let options = route::Options {
        text: test.ticket.clone(),
        asked: Asked::Trunk,
        limit: test.within.max(DEPTH),
        budget: Some(0),
        filters: Filters::default(),
    };
    let answer = route::ask(workspace, memory, &options)?;
    let got: Vec<String> = answer.pages.into_iter().map(|page| page.hit.path).collect();
    let abstains = test.expect == "none";
    let came = got.iter().take(test.within).any(|path| *path == test.expect);
    let passed = if abstains { answer.abstained } else { came && !answer.abstained };
    Ok(Case {
        file: file.to_owned(),
        text: test.ticket.clone(),
        expect: if abstains { Vec::new() } else { vec![test.expect.clone()] },
        within: test.within,
        got,
        abstained: answer.abstained,
        passed,
    })
}

fn question_case(memory: &Memory, file: &str, judged: &Judged) -> Result<Case, OpError> {
    let options = query::Options { limit: DEPTH, ..query::Options::default() };
    let question = Question { qid: judged.qid.clone(), query: judged.query.clone() };
    let line = batch::answer(
        memory,
        question,
        &options,
        &mut crate::routing::analysis::Analyzer::default(),
    )?;
    let got: Vec<String> = line.ranked.into_iter().map(|place| place.path).collect();
    let passed = got.first().is_some_and(|first| judged.relevant.contains(first));
    Ok(Case {
        file: file.to_owned(),
        text: judged.query.clone(),
        expect: judged.relevant.clone(),
        within: 1,
        got,
        abstained: false,
        passed,
    })
}

fn report(memory: &Memory, cases: Vec<(bool, Case)>, minimum: &Minimum) -> Report {
    let expecting: Vec<&Case> =
        cases.iter().map(|(_, case)| case).filter(|case| !case.expect.is_empty()).collect();
    let figures = figures(&expecting);
    let must_abstain = cases.iter().filter(|(is_route, case)| *is_route && case.expect.is_empty());
    let (mut must, mut did) = (0, 0);
    for (_, case) in must_abstain {
        (must, did) = (must + 1, did + usize::from(case.abstained));
    }
    Report {
        schema: "prode.eval/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        worktree: memory.revision.on_disk,
        checked: cases.len(),
        passed: cases.iter().filter(|(is_route, case)| *is_route && case.passed).count(),
        abstained: did,
        must_abstain: must,
        below: below(&figures, minimum),
        figures,
        failed: cases
            .into_iter()
            .filter(|(is_route, case)| *is_route && !case.passed)
            .map(|(_, case)| case)
            .collect(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of examples are small")]
fn figures(cases: &[&Case]) -> Figures {
    let mut sum = Figures::default();
    for case in cases {
        let expect = case.expect.len() as f64;
        let recall = |k: usize| {
            let found =
                case.expect.iter().filter(|path| case.got.iter().take(k).any(|got| got == *path));
            found.count() as f64 / expect
        };
        let ranks =
            case.got.iter().take(DEPTH).enumerate().filter(|(_, path)| case.expect.contains(path));
        let ranks: Vec<usize> = ranks.map(|(at, _)| at).collect();
        let gain = |at: usize| 1.0 / (at as f64 + 2.0).log2();
        let best: f64 = (0..case.expect.len().min(DEPTH)).map(gain).sum();
        sum.recall1 += recall(1);
        sum.recall3 += recall(3);
        sum.recall5 += recall(5);
        sum.mrr += ranks.first().map_or(0.0, |at| 1.0 / (*at as f64 + 1.0));
        sum.ndcg10 += ranks.iter().map(|at| gain(*at)).sum::<f64>() / best;
    }
    let mean = |value: f64| {
        if cases.is_empty() { 0.0 } else { (value / cases.len() as f64 * 1e4).round() / 1e4 }
    };
    Figures {
        recall1: mean(sum.recall1),
        recall3: mean(sum.recall3),
        recall5: mean(sum.recall5),
        mrr: mean(sum.mrr),
        ndcg10: mean(sum.ndcg10),
    }
}

fn below(figures: &Figures, minimum: &Minimum) -> Vec<String> {
    let rows = [
        ("recall1", figures.recall1, minimum.recall1),
        ("recall3", figures.recall3, minimum.recall3),
        ("recall5", figures.recall5, minimum.recall5),
        ("mrr", figures.mrr, minimum.mrr),
        ("ndcg10", figures.ndcg10, minimum.ndcg10),
    ];
    let missed = rows.into_iter().filter_map(|(name, value, least)| Some((name, value, least?)));
    missed
        .filter(|(_, value, least)| value < least)
        .map(|(name, value, least)| format!("{name}: {value} < {least}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(expect: &[&str], got: &[&str]) -> Case {
        let texts = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
        Case {
            file: String::new(),
            text: String::new(),
            expect: texts(expect),
            within: 1,
            got: texts(got),
            abstained: false,
            passed: false,
        }
    }

    #[test]
    fn figures_are_the_usual_ones() {
        let (first, third) = (case(&["a"], &["a", "b"]), case(&["c", "d"], &["a", "b", "c"]));
        let figures = figures(&[&first, &third]);
        let shown = format!("{figures:?}");
        let expected = "recall1: 0.5, recall3: 0.75, recall5: 0.75, mrr: 0.6667, ndcg10: 0.6533";
        assert!(shown.contains(expected), "{shown}");
    }

    #[test]
    fn what_is_below_is_named() {
        let figures = Figures { recall3: 0.9, ..Figures::default() };
        let minimum = Minimum { recall3: Some(0.93), mrr: Some(0.0), ..Minimum::default() };
        assert_eq!(below(&figures, &minimum), ["recall3: 0.9 < 0.93"]);
    }

    #[test]
    fn forms_are_read_and_mistakes_named_by_line() {
        let routes = "- ticket: a\n  expect: none\n- ticket: b\n  expect: x.md\n  within: 3\n";
        assert!(matches!(read("r.yaml", routes), Ok(Set::Routes(tests)) if tests.len() == 2));
        let error = read("r.yaml", "- ticket: a\n  expct: none\n").unwrap_err().to_string();
        assert!(error.starts_with("r.yaml:"), "{error}");
        assert!(read("q.jsonl", "{\"qid\":1}\n").unwrap_err().to_string().starts_with("q.jsonl:1"));
    }
}
