//! `specialists.github` and `specialists.gitlab` of the user's side: where, and which
//! repositories belong to which service.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::changes::{Forge, Kind, Repo};
use crate::ops::triage::connector::{self, Named};
use crate::workspace::Workspace;

/// What may be looked at of one service.
pub(super) struct Row {
    /// What tickets call it.
    name: String,
    pub(super) repos: Vec<Repo>,
    /// Where it is deployed; anywhere where none is named.
    pub(super) environments: Vec<String>,
}

/// As it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Looks {
    repos: Vec<String>,
    environments: Vec<String>,
}

/// A forge, and the services that it is asked about.
type Set = (Forge, Vec<Row>);

/// What the user's settings say; `None` where they set nothing up, or another way to ask. An
/// error is why nothing is asked.
pub(super) fn read(
    workspace: &Workspace,
    name: &str,
    kind: Kind,
    seconds: Duration,
) -> Option<Result<Set, String>> {
    let row = connector::row(workspace, name)?;
    row["services"].is_object().then(|| made(workspace, name, kind, &row, seconds))
}

fn made(
    workspace: &Workspace,
    name: &str,
    kind: Kind,
    row: &Value,
    seconds: Duration,
) -> Result<Set, String> {
    let services = services(name, kind, &row["services"])?;
    let place = connector::known(workspace, name, row, kind.known(), seconds)?;
    let token = connector::token(workspace, name)?;
    Ok((Forge::new(kind, place, token), services))
}

fn services(name: &str, kind: Kind, value: &Value) -> Result<Vec<Row>, String> {
    let rows = connector::services(name, value, |looks| repos(kind, looks).map(drop))?;
    rows.into_iter()
        .map(|(name, looks): (String, Looks)| {
            Ok(Row { name, repos: repos(kind, &looks)?, environments: looks.environments })
        })
        .collect()
}

fn repos(kind: Kind, looks: &Looks) -> Result<Vec<Repo>, String> {
    if looks.repos.is_empty() {
        return Err("it names no repos".to_owned());
    }
    let repos = looks.repos.iter().map(|it| Repo::new(kind, it));
    repos.collect::<Result<_, _>>().map_err(|it| it.to_string())
}

impl Named for Row {
    fn names(&self) -> Vec<&str> {
        std::iter::once(self.name.as_str()).chain(self.repos.iter().map(Repo::short)).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_says_what_is_wrong_with_it() {
        let bad = |row: Value| {
            let services = services("github", Kind::GitHub, &json!({"checkout": row}));
            services.err().unwrap_or_default()
        };
        for (row, says) in [
            (json!({}), "it names no repos"),
            (json!({"repo": "a/b"}), "unknown field `repo`"),
            (json!({"repos": ["a/b/c"]}), "'a/b/c' is no repository of GitHub"),
        ] {
            let said = bad(row);
            assert!(said.starts_with("specialists.github.services.checkout: "), "{said}");
            assert!(said.contains(says), "{said}");
        }
        assert_eq!(bad(json!({"repos": ["acme/checkout"], "environments": ["production"]})), "");
    }
}
