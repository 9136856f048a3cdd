//! `eval`: examples that must keep working, like unit tests for memory.
//!
//! The same examples can be asked at another revision ([`Against`]), and of
//! plain search over whole pages ([`Baseline`]).

mod against;
mod baselines;
mod cases;
mod figures;
mod plain;
mod renames;
mod sets;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::batch;
use super::error::OpError;
use crate::routing::analysis::Analyzer;
use crate::workspace::{Asked, Memory, Workspace};

pub use against::{Against, How, Moved, PageMove, Stands, StandsOnOneSide};
pub use baselines::Baseline;
pub use cases::Case;
pub use figures::{Figures, Intervals, Minimum};
pub use sets::{Judged, RouteTest, Set, read};

/// A question whose page is not among so many is told as missed, and one that
/// a change moves out of them as lost: what a reader looks at.
const FIRST: usize = 3;

/// What is asked for beside the figures.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Lowest figures that pass.
    pub minimum: Minimum,
    /// A commit-ish at which the same is asked.
    pub against: Option<String>,
    /// Measure plain search too.
    pub baselines: bool,
    /// List questions that were missed.
    pub failed: bool,
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
    /// Examples that expect a page: those that `figures` are means over.
    pub measured: usize,
    /// Means over examples that expect a page.
    pub figures: Figures,
    /// How far they can be trusted; null where no example expects a page.
    pub intervals: Option<Intervals>,
    /// Figures below the minimum that was given, as `name: value < minimum`.
    pub below: Vec<String>,
    /// Route tests that failed.
    pub failed: Vec<Case>,
    /// Questions of which no expected page is among the first three.
    pub missed: usize,
    /// The same, one by one; where `--failed` asked for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_questions: Option<Vec<Case>>,
    /// Plain search over the same pages; where `--baselines` asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baselines: Option<Vec<Baseline>>,
    /// The same examples at another revision; where `--against` named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
}

impl Report {
    /// True if nothing was found that a check must tell: no figure is below its
    /// minimum, and no route test fails; beside another revision, no route test
    /// that passed there fails, and no page left the first three.
    pub fn is_good(&self) -> bool {
        let holds = match &self.against {
            Some(against) => !against.is_worse(),
            None => self.failed.is_empty(),
        };
        holds && self.below.is_empty()
    }
}

/// Runs every set at one revision.
pub fn run(
    workspace: &Workspace,
    asked: &Asked,
    sets: &[(String, Set)],
    options: &Options,
) -> Result<(Report, Memory), OpError> {
    let mut memory = workspace.memory(asked)?;
    memory.remember_words(batch::WORDS);
    let examples = cases::examples(sets);
    let mut analyzer = Analyzer::default();
    let asked = examples.iter().map(|it| it.ask(workspace, &memory, &mut analyzer));
    let cases: Vec<Case> = asked.collect::<Result<_, _>>()?;
    let against = options.against.as_ref();
    let against =
        against.map(|rev| against::against(workspace, &memory, rev, &examples, &cases)).transpose();
    let against = against?;
    let baselines = options.baselines.then(|| baselines::baselines(workspace, &memory, &cases));
    let baselines = baselines.transpose()?;
    let cases: Vec<(bool, Case)> =
        examples.iter().map(cases::Example::is_route).zip(cases).collect();
    Ok((Report { baselines, against, ..report(&memory, cases, options) }, memory))
}

/// Asks one route test of the file called `file`.
pub(super) fn route_case(
    workspace: &Workspace,
    memory: &Memory,
    file: &str,
    test: &RouteTest,
) -> Result<Case, OpError> {
    cases::Example::of_route(file, test).ask(workspace, memory, &mut Analyzer::default())
}

/// Each case stands behind whether it is a route test.
fn report(memory: &Memory, cases: Vec<(bool, Case)>, options: &Options) -> Report {
    let pairs = cases.iter().map(|(_, case)| (&*case.expect, &*case.got));
    let (figures, measured) = figures::figures(pairs);
    let (mut missed, mut failed) = (Vec::new(), Vec::new());
    let (mut passed, mut must_abstain, mut abstained) = (0, 0, 0);
    let checked = cases.len();
    for (is_route, case) in cases {
        if is_route && case.expect.is_empty() {
            (must_abstain, abstained) = (must_abstain + 1, abstained + usize::from(case.abstained));
        }
        passed += usize::from(is_route && case.passed);
        match is_route {
            true if !case.passed => failed.push(case),
            false if case.rank.is_none_or(|rank| rank > FIRST) => missed.push(case),
            _ => {}
        }
    }
    Report {
        schema: "prode.eval/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        worktree: memory.revision.on_disk,
        checked,
        passed,
        abstained,
        must_abstain,
        measured,
        figures,
        intervals: figures.intervals(measured),
        below: figures::below(&figures, &options.minimum),
        failed,
        missed: missed.len(),
        missed_questions: options.failed.then_some(missed),
        baselines: None,
        against: None,
    }
}
