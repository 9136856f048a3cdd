//! `specialists.postgres` of the user's side: which standby, as whom, and what may be asked
//! of which service.

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{Replica, exception};
use crate::config::Secret;
use crate::ops::triage::connector::{self, Connect, Named};
use crate::postgres::{
    Exception, Limits, Postgres, PostgresError, Question, ReadAddress, Relation,
};
use crate::triage::output::Wanted;
use crate::workspace::Workspace;

/// What one statement may take at most.
const STATEMENT: Duration = Duration::from_secs(10);

/// What may be asked of one service.
#[derive(Debug)]
pub(super) struct Row {
    /// What tickets call it.
    pub(super) name: String,
    pub(super) asked: Vec<Asked>,
}

/// One question.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) name: String,
    /// As it was written, in one line.
    pub(super) sql: String,
    pub(super) question: Question,
    /// The column whose value is looked at.
    pub(super) value: usize,
    /// The column that says when.
    pub(super) at: Option<usize>,
    pub(super) bound: Bound,
    pub(super) supports: Vec<String>,
    pub(super) would_refute: Vec<String>,
    pub(super) correction: Option<Wanted>,
}

/// From when on a value is a sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bound {
    Above(f64),
    Below(f64),
}

/// As it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Looks {
    relations: Vec<String>,
    questions: Vec<Written>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    sql: String,
    value: Option<String>,
    at: Option<String>,
    above: Option<f64>,
    below: Option<f64>,
    #[serde(default)]
    supports: Vec<String>,
    #[serde(default)]
    would_refute: Vec<String>,
    correction: Option<Correction>,
}

/// What somebody may approve where the question finds something. Nobody runs it here.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    what: String,
    target: String,
    reason: String,
}

/// What the user's settings say; `None` where they set nothing up, or another way to ask
/// `postgres`. An error is why nothing is asked.
pub(super) fn read(
    workspace: &Workspace,
    seconds: Duration,
    now: fn() -> Timestamp,
) -> Option<Result<Replica, String>> {
    let row = connector::row(workspace, Replica::NAME)?;
    let role = row["role"].as_str()?;
    Some(made(workspace, &row, role, seconds, now))
}

fn made(
    workspace: &Workspace,
    row: &Value,
    role: &str,
    seconds: Duration,
    now: fn() -> Timestamp,
) -> Result<Replica, String> {
    let services = services(&row["services"])?;
    let secret = |name: &str| {
        let found = workspace.own_settings().secret(&format!("specialists.postgres.{name}"));
        found.map(Secret::reveal).filter(|it| !it.is_empty())
    };
    let url = secret("url").ok_or("specialists.postgres.url is not set")?;
    let transport = workspace.transport("specialists.postgres", row);
    let address = ReadAddress::new(url, secret("password"), &transport);
    let address = address.map_err(|it| match it {
        PostgresError::Transport(_) => it.to_string(),
        it => format!("specialists.postgres.url cannot be used: {it}"),
    })?;
    let limits = Limits { statement: STATEMENT.min(seconds / 6) };
    let exception = exception::read(workspace, &row["exception"], address.shown(), role);
    let until = match &exception {
        Exception::Until(until) => Some(*until),
        _ => None,
    };
    let postgres = Postgres::new(address, role.to_owned(), limits).with(exception, now);
    Ok(Replica { postgres, services, until })
}

fn services(value: &Value) -> Result<Vec<Row>, String> {
    let rows =
        connector::services(Replica::NAME, value, |looks: &Looks| questions(looks).map(drop))?;
    rows.into_iter().map(|(name, looks)| Ok(Row { name, asked: questions(&looks)? })).collect()
}

fn questions(looks: &Looks) -> Result<Vec<Asked>, String> {
    let relations = looks.relations.iter().map(|it| Relation::new(it));
    let relations: Vec<Relation> =
        relations.collect::<Result<_, _>>().map_err(|it| it.to_string())?;
    if looks.questions.is_empty() {
        return Err("it asks nothing".to_owned());
    }
    let read = |it: &Written| {
        asked(it, &relations).map_err(|why| format!("question '{}': {why}", it.name))
    };
    looks.questions.iter().map(read).collect()
}

fn asked(of: &Written, relations: &[Relation]) -> Result<Asked, String> {
    let question = Question::check(&of.sql, relations).map_err(|it| it.to_string())?;
    if !question.parameters().iter().any(|it| it.name.starts_with("window_")) {
        return Err("it says nothing of a time: bind :window_start or :window_end".to_owned());
    }
    let column = |name: &String| {
        let at = question.columns().iter().position(|it| it == name);
        at.ok_or_else(|| format!("it has no column '{name}'"))
    };
    let value = of.value.as_ref().map_or(Ok(0), column)?;
    let at = of.at.as_ref().map(column).transpose()?;
    let bound = match (of.above, of.below) {
        (Some(_), Some(_)) => return Err("it has both above and below: write two".to_owned()),
        (None, Some(below)) => Bound::Below(below),
        (above, None) => Bound::Above(above.unwrap_or(0.0)),
    };
    connector::explanations(of.supports.iter().chain(&of.would_refute))?;
    let correction = of.correction.clone().map(|it| Wanted {
        action: "data-correction".to_owned(),
        what: it.what,
        target: it.target,
        reason: it.reason,
    });
    Ok(Asked {
        name: of.name.clone(),
        sql: of.sql.split_whitespace().collect::<Vec<_>>().join(" "),
        value,
        at,
        bound,
        supports: of.supports.clone(),
        would_refute: of.would_refute.clone(),
        correction,
        question,
    })
}

impl Named for Row {
    fn names(&self) -> Vec<&str> {
        vec![self.name.as_str()]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_says_what_is_wrong_with_it() {
        let row = |sql: &str, more: Value| {
            let mut question = json!({"name": "wrong rows", "sql": sql});
            let members = question.as_object_mut().unwrap();
            members.extend(more.as_object().unwrap().clone());
            json!({"relations": ["billing.invoices"], "questions": [question]})
        };
        let sql = "SELECT count(*) AS rows FROM billing.invoices WHERE created_at < :window_end";
        let bad = |row: Value| services(&json!({"billing": row})).err().unwrap_or_default();
        for (row, says) in [
            (json!({"relations": ["invoices"], "questions": []}), "'invoices' is no table"),
            (json!({"relations": [], "questions": []}), "it asks nothing"),
            (json!({"relations": [], "queries": []}), "unknown field `queries`"),
            (row("SELECT 1", json!({})), "question 'wrong rows': it says nothing of a time"),
            (row("DELETE FROM billing.invoices", json!({})), "it is no SELECT"),
            (row(sql, json!({"value": "count"})), "it has no column 'count'"),
            (row(sql, json!({"above": 1, "below": 2})), "has both above and below"),
            (row(sql, json!({"supports": ["gremlins"]})), "there is no explanation 'gremlins'"),
            (row(sql, json!({"correction": {"sql": "x"}})), "unknown field `sql`"),
        ] {
            let said = bad(row);
            assert!(said.starts_with("specialists.postgres.services.billing: "), "{said}");
            assert!(said.contains(says), "{said}");
        }
        assert_eq!(bad(row(sql, json!({"value": "rows", "supports": ["data-state"]}))), "");
    }
}
