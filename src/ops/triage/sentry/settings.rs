//! `specialists.sentry` of the user's side: where, whose, and which projects belong to
//! which service.

use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::Value;

use super::Errors;
use crate::ops::triage::connector::{self, Connect, Named};
use crate::sentry::{KNOWN, Sentry, Slug};
use crate::workspace::Workspace;

/// Days that every plan of Sentry keeps events.
const DAYS: i64 = 30;

/// What may be looked at of one service.
pub(super) struct Row {
    /// What tickets call it.
    name: String,
    /// Its projects.
    pub(super) projects: Vec<Slug>,
    /// Where events have to come from; anywhere where none is named.
    pub(super) environments: Vec<String>,
    /// What errors of one release alone speak for, and the same errors in another one
    /// against.
    pub(super) supports: Vec<String>,
}

/// As it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Looks {
    projects: Vec<String>,
    environments: Vec<String>,
    supports: Vec<String>,
}

/// What the user's settings say; `None` where they set nothing up, or another way to ask
/// `sentry`. An error is why nothing is asked.
pub(super) fn read(workspace: &Workspace, seconds: Duration) -> Option<Result<Errors, String>> {
    let row = connector::row(workspace, Errors::NAME)?;
    let organization = row["organization"].as_str()?;
    Some(made(workspace, &row, organization, seconds))
}

fn made(
    workspace: &Workspace,
    row: &Value,
    organization: &str,
    seconds: Duration,
) -> Result<Errors, String> {
    let wrong = |it: &dyn std::fmt::Display| format!("specialists.sentry.organization: {it}");
    let organization = Slug::new(organization).map_err(|it| wrong(&it))?;
    let services = services(&row["services"])?;
    let place = connector::known(workspace, Errors::NAME, row, KNOWN, seconds)?;
    let token = connector::token(workspace, Errors::NAME)?;
    let days = row["days"].as_i64().unwrap_or(DAYS);
    let keeps = SignedDuration::from_hours(days.saturating_mul(24));
    Ok(Errors { sentry: Sentry::new(place, organization, token), services, keeps })
}

fn services(value: &Value) -> Result<Vec<Row>, String> {
    let rows = connector::services(Errors::NAME, value, |looks: &Looks| {
        slugs(looks)?;
        connector::explanations(looks.supports.iter())
    })?;
    rows.into_iter()
        .map(|(name, looks)| {
            let projects = slugs(&looks)?;
            let Looks { environments, supports, .. } = looks;
            Ok(Row { name, projects, environments, supports })
        })
        .collect()
}

fn slugs(looks: &Looks) -> Result<Vec<Slug>, String> {
    if looks.projects.is_empty() {
        return Err("it names no projects".to_owned());
    }
    let slugs = looks.projects.iter().map(|it| Slug::new(it));
    slugs.collect::<Result<_, _>>().map_err(|it| it.to_string())
}

impl Named for Row {
    fn names(&self) -> Vec<&str> {
        std::iter::once(self.name.as_str()).chain(self.projects.iter().map(Slug::as_str)).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_says_what_is_wrong_with_it() {
        let bad = |row: Value| services(&json!({"checkout": row})).err().unwrap_or_default();
        for (row, says) in [
            (json!({}), "it names no projects"),
            (json!({"project": ["a"]}), "unknown field `project`"),
            (json!({"projects": ["a/b"]}), "'a/b' is no name of an organization or a project"),
            (
                json!({"projects": ["a"], "supports": ["gremlins"]}),
                "there is no explanation 'gremlins'",
            ),
        ] {
            let said = bad(row);
            assert!(said.starts_with("specialists.sentry.services.checkout: "), "{said}");
            assert!(said.contains(says), "{said}");
        }
        assert_eq!(bad(json!({"projects": ["a"], "supports": ["app-regression"]})), "");
    }
}
