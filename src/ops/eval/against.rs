//! `eval --against REV`: which examples a change moved.
//!
//! The sets are those of the answer, asked at both revisions on one day. A page
//! is followed to the name that it has there, so that a rename alone moves
//! nothing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::FIRST;
use super::cases::{Case, Example};
use super::figures::{Figures, Intervals, figures};
use super::renames::{Side, renamed};
use crate::ops::batch;
use crate::ops::error::OpError;
use crate::routing::analysis::Analyzer;
use crate::workspace::{Asked, Memory, Workspace};

/// The same examples at another revision, and what is different now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Against {
    /// The other revision, as it was typed.
    pub rev: String,
    /// Its commit.
    pub commit: Option<String>,
    /// Route tests that came out as expected there.
    pub passed: usize,
    /// Tickets for which the router must abstain, and did there.
    pub abstained: usize,
    /// The figures there.
    pub figures: Figures,
    /// How far they can be trusted; null where no example expects a page.
    pub intervals: Option<Intervals>,
    /// The figures now, less those there.
    pub difference: Figures,
    /// Examples that the change moved: those that lost most first, else in the order of the sets.
    pub moved: Vec<Moved>,
    /// Expected pages that do not stand on both sides by the name that is expected, by path.
    pub one_sided: Vec<StandsOnOneSide>,
}

impl Against {
    /// True if a page left the first three, or a route test fails that passed.
    pub(super) fn is_worse(&self) -> bool {
        self.moved.iter().any(|it| it.how == How::LeftFirstThree || it.regressed)
    }
}

/// What happened to an example, by what matters most.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// An expected page is no longer among the first three.
    LeftFirstThree,
    /// An expected page is among the first three now.
    EnteredFirstThree,
    /// An expected page has another rank.
    Rank,
    /// The router abstains and did not, or no longer does.
    Abstention,
    /// Ranks are the same, and a route test fails that passed: it expects a page by the name
    /// that it had.
    Renamed,
}

/// An example that moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// What happened.
    pub how: How,
    /// The file it stands in.
    pub file: String,
    /// The ticket or question.
    pub text: String,
    /// Its expected pages whose rank is another.
    pub pages: Vec<PageMove>,
    /// Whether the router abstained: there, and now.
    pub abstained: [bool; 2],
    /// True for a route test that passed there and fails now.
    pub regressed: bool,
}

/// An expected page whose rank is another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageMove {
    /// The page, as the example names it.
    pub expect: String,
    /// Its rank there, from 1; null where it did not come.
    pub before: Option<usize>,
    /// Its rank now.
    pub now: Option<usize>,
    /// What stands before it now: the first three.
    pub ahead: Vec<String>,
}

/// Where an expected page stands that does not stand on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// There only: it was deleted.
    Gone,
    /// Now only: it was added.
    New,
    /// On both sides by two names.
    Renamed,
    /// On no side.
    Nowhere,
}

/// An expected page that does not stand on both sides by the name that is expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StandsOnOneSide {
    /// The page, as examples name it.
    pub path: String,
    /// Where it stands.
    pub stands: Stands,
    /// What it is called at the other revision, where it was renamed.
    pub before: Option<String>,
    /// What it is called now, where it was renamed.
    pub now: Option<String>,
    /// Examples that expect it.
    pub examples: usize,
}

/// Asks `examples` at `rev`, and compares with `cases`, which `memory` gave.
pub(super) fn against(
    workspace: &Workspace,
    memory: &Memory,
    rev: &str,
    examples: &[Example<'_>],
    cases: &[Case],
) -> Result<Against, OpError> {
    let mut other = workspace.memory(&Asked::Rev(rev.to_owned()))?;
    other.remember_words(batch::WORDS);
    // What is overdue on which day is no change of the pages.
    other.revision.clock = memory.revision.clock;
    let names = Names::of(workspace, &other, memory, examples)?;
    let mut analyzer = Analyzer::default();
    let mut before = Vec::new();
    for example in examples {
        let expect = example.expect().iter().map(|path| names.before(path).to_owned()).collect();
        before.push(example.ask_for(workspace, &other, &mut analyzer, expect)?);
    }
    let (then, measured) = figures(before.iter().map(|case| (&*case.expect, &*case.got)));
    let (now, _) = figures(cases.iter().map(|case| (&*case.expect, &*case.got)));
    let pairs = || examples.iter().zip(before.iter().zip(cases));
    let mut moved: Vec<Moved> = pairs()
        .filter_map(|(example, (before, now))| moved(example.is_route(), before, now, &names))
        .collect();
    moved.sort_by_key(|it| it.how);
    let routes =
        || pairs().filter(|(example, _)| example.is_route()).map(|(_, (before, _))| before);
    Ok(Against {
        rev: rev.to_owned(),
        commit: other.revision.commit.map(|commit| commit.to_string()),
        passed: routes().filter(|case| case.passed).count(),
        abstained: routes().filter(|case| case.expect.is_empty() && case.abstained).count(),
        figures: then,
        intervals: then.intervals(measured),
        difference: now.less(&then),
        moved,
        one_sided: names.one_sided,
    })
}

/// How one example moved, if it did.
fn moved(is_route: bool, before: &Case, now: &Case, names: &Names) -> Option<Moved> {
    let mut pages = Vec::new();
    for (expect, was) in now.expect.iter().zip(&before.expect) {
        let is = names.now(expect);
        let rank = |case: &Case, path: &str| case.got.iter().position(|it| it == path);
        let (before, at) = (rank(before, was), rank(now, is));
        if before != at {
            let ahead = now.got.iter().take(at.unwrap_or(FIRST).min(FIRST));
            let ahead = ahead.cloned().collect();
            let [before, now] = [before, at].map(|it| it.map(|at| at + 1));
            pages.push(PageMove { expect: expect.clone(), before, now, ahead });
        }
    }
    let is_first = |rank: Option<usize>| rank.is_some_and(|rank| rank <= FIRST);
    let hows = pages.iter().map(|page| match (is_first(page.before), is_first(page.now)) {
        (true, false) => How::LeftFirstThree,
        (false, true) => How::EnteredFirstThree,
        _ => How::Rank,
    });
    let abstained = [before.abstained, now.abstained];
    let regressed = is_route && before.passed && !now.passed;
    let beside = (abstained[0] != abstained[1]).then_some(How::Abstention);
    let how = hows.min().or(beside).or(regressed.then_some(How::Renamed))?;
    let (file, text) = (now.file.clone(), now.text.clone());
    Some(Moved { how, file, text, pages, abstained, regressed })
}

/// What expected pages are called on both sides.
struct Names {
    /// By the path that examples expect.
    called: BTreeMap<String, [String; 2]>,
    one_sided: Vec<StandsOnOneSide>,
}

impl Names {
    fn of(
        workspace: &Workspace,
        other: &Memory,
        memory: &Memory,
        examples: &[Example<'_>],
    ) -> Result<Self, OpError> {
        let mut expected: BTreeMap<&String, usize> = BTreeMap::new();
        for path in examples.iter().flat_map(Example::expect) {
            *expected.entry(path).or_default() += 1;
        }
        let [then, now] = [Side::of(workspace, other)?, Side::of(workspace, memory)?];
        let mut names = Self { called: BTreeMap::new(), one_sided: Vec::new() };
        for (path, examples) in expected {
            let (before, after, stands) = match (then.has(path), now.has(path)) {
                (true, true) => continue,
                (false, false) => (None, None, Stands::Nowhere),
                (false, true) => match renamed(path, &now, &then) {
                    Some(before) => (Some(before), None, Stands::Renamed),
                    None => (None, None, Stands::New),
                },
                (true, false) => match renamed(path, &then, &now) {
                    Some(after) => (None, Some(after), Stands::Renamed),
                    None => (None, None, Stands::Gone),
                },
            };
            let called = [&before, &after].map(|it| it.as_ref().unwrap_or(path).clone());
            names.called.insert(path.clone(), called);
            let path = path.clone();
            names.one_sided.push(StandsOnOneSide { path, stands, before, now: after, examples });
        }
        Ok(names)
    }

    /// What the page that examples expect at `path` is called at the other revision.
    fn before<'a>(&'a self, path: &'a str) -> &'a str {
        self.called.get(path).map_or(path, |[before, _]| before)
    }

    /// What it is called now.
    fn now<'a>(&'a self, path: &'a str) -> &'a str {
        self.called.get(path).map_or(path, |[_, now]| now)
    }
}
