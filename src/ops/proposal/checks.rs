//! What lint and the route tests say of a proposal.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::ops::eval::{self, Case, Set};
use crate::ops::lint::{self, Item, Options};
use crate::ops::route_tests;
use crate::workspace::{Asked, Workspace};

/// What was found of the result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Checks {
    /// Findings of lint that the trunk does not have; notes are left out.
    pub findings: Vec<Item>,
    /// Route tests that were run.
    pub route_tests: usize,
    /// Those that fail.
    pub failing: Vec<Failing>,
}

/// A route test that fails.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Failing {
    /// What came instead of what was expected.
    #[serde(flatten)]
    pub case: Case,
    /// True if it passes on the trunk.
    pub regression: bool,
}

impl Checks {
    /// Route tests that pass on the trunk and fail then.
    pub fn regressions(&self) -> impl Iterator<Item = &Case> {
        self.failing.iter().filter(|it| it.regression).map(|it| &it.case)
    }
}

/// Looks at the commit `result` beside the commit `trunk`.
pub(super) fn checks(
    workspace: &Workspace,
    trunk: CommitId,
    result: CommitId,
) -> Result<Checks, OpError> {
    let [trunk, result] = [trunk, result].map(|it| it.to_string());
    let options = Options {
        asked: Asked::Rev(result.clone()),
        against: Some(trunk.clone()),
        ..Options::default()
    };
    let (report, _) = lint::run(workspace, &options)?;
    let mut findings = report.answer.findings;
    findings.retain(|it| it.severity > Severity::Info);
    let (route_tests, failing) = routes(workspace, trunk, result)?;
    Ok(Checks { findings, route_tests, failing })
}

/// How many route tests there are, and which fail.
fn routes(
    workspace: &Workspace,
    trunk: String,
    result: String,
) -> Result<(usize, Vec<Failing>), OpError> {
    let asked = Asked::Rev(result);
    let memory = workspace.memory(&asked)?;
    let files = route_tests::files(workspace, &memory)?;
    let sets = files.iter().map(|path| route_tests::set(workspace, &memory, path));
    let sets: Vec<(String, Set)> = sets.collect::<Result<_, _>>()?;
    if sets.is_empty() {
        return Ok((0, Vec::new()));
    }
    let (now, _) = eval::run(workspace, &asked, &sets, &eval::Options::default())?;
    if now.failed.is_empty() {
        return Ok((now.checked, Vec::new()));
    }
    let (then, _) = eval::run(workspace, &Asked::Rev(trunk), &sets, &eval::Options::default())?;
    let name = |case: &Case| (case.file.clone(), case.text.clone());
    let before: BTreeSet<_> = then.failed.iter().map(name).collect();
    let failing = now.failed.into_iter();
    let failing = failing.map(|case| Failing { regression: !before.contains(&name(&case)), case });
    Ok((now.checked, failing.collect()))
}
