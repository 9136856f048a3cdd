//! Specialists that are programs of the user's side.
//!
//! Which program answers for whom is the user's word alone: a repository cannot
//! name one.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::crew::{Crew, Reply};
use super::tracing::VARIABLE;
use crate::config::Environment;
use crate::specialist::{Asked, Program, USUAL};
use crate::triage::evidence::How;
use crate::triage::inventory::{Inventory, Sort, Tool};
use crate::triage::output::Absence;
use crate::triage::output::Request;
use crate::triage::trace::Context;
use crate::workspace::Workspace;

/// Programs by specialist.
pub(super) struct Programs(BTreeMap<String, Program>);

impl Programs {
    /// Those that the user's settings name.
    pub(super) fn of(workspace: &Workspace) -> Self {
        let section = workspace.own_settings().section("specialists").merged();
        let rows = section.as_object().into_iter().flatten();
        let environment = workspace.environment();
        let programs = rows.filter_map(|(name, row)| {
            let program = program(&row["program"], &row["variables"], environment);
            Some((name.clone(), program?))
        });
        Self(programs.collect())
    }
}

/// The program that judges, where the user's settings name one.
pub(super) fn coordinator(workspace: &Workspace) -> Option<Program> {
    let section = workspace.own_settings().section("coordinator").merged();
    program(&section["program"], &section["variables"], workspace.environment())
}

/// The program of one specialist, where the user's settings name one.
pub(super) fn named(workspace: &Workspace, specialist: &str) -> Option<Program> {
    let section = workspace.own_settings().section("specialists").merged();
    let row = &section[specialist];
    program(&row["program"], &row["variables"], workspace.environment())
}

/// A program with its arguments, and the variables that it sees beside the usual
/// ones.
pub(super) fn program(
    words: &Value,
    variables: &Value,
    environment: &Environment,
) -> Option<Program> {
    let own = texts(variables);
    let variables = environment.only(USUAL.iter().copied().chain(own.iter().map(String::as_str)));
    let mut words = texts(words).into_iter();
    Some(Program {
        program: words.next().filter(|it| !it.is_empty())?,
        words: words.collect(),
        variables,
    })
}

/// The texts of a list.
pub(super) fn texts(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

impl Crew for Programs {
    fn inventory(&mut self) -> Inventory {
        let tool = |(name, program): (&String, &Program)| {
            let missing = program.missing();
            Tool {
                name: name.clone(),
                sort: Sort::Program,
                answered: missing.is_none(),
                identity: Some(program.called().into_owned()),
                read_only: Some("not enforced: a program of the user's side".to_owned()),
                blocked: missing,
                chosen: true,
            }
        };
        Inventory::of(self.0.iter().map(tool).collect())
    }

    fn ask(&mut self, request: &Request, context: Option<&Context>) -> Reply {
        let Some(program) = self.0.get(&request.specialist) else {
            let why = format!("no program answers for '{}'", request.specialist);
            return Reply::Nothing { absence: Absence::NotSearched, why };
        };
        let input = serde_json::to_vec(request).unwrap_or_default();
        let limit = Duration::from_secs(request.limits.seconds.into());
        let most = usize::try_from(request.limits.bytes).unwrap_or(usize::MAX);
        let program = match context {
            Some(context) => &program.clone().told(VARIABLE, context),
            None => program,
        };
        match program.ask(input, limit, most) {
            Asked::Said(text) => Reply::Said { text, how: How::Captured },
            Asked::Failed(why) => Reply::Nothing { absence: Absence::Error, why },
        }
    }
}
