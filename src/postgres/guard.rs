//! What a server and a role have to be before anything is asked.

mod statements;

use jiff::Timestamp;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::check::{Question, Relation};
use super::error::PostgresError;
use super::reached::Replay;
use super::session::{Transaction, get};

/// Reasons that are told.
const MOST: usize = 5;

/// A server, and as whom it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// As it calls itself: `15.14 (Debian 15.14-0+deb12u1)`.
    pub version: String,
    /// The role.
    pub role: String,
    /// The database.
    pub database: String,
    /// False where it takes writes.
    pub is_standby: bool,
    /// Its clock.
    pub now: Option<Timestamp>,
    /// Up to which time it has what happened; `None` where that is not known.
    pub reached: Option<Timestamp>,
    /// Bytes that it has received and not applied yet.
    pub behind: Option<i64>,
}

/// What the server is, if it may be asked by this role. `exception` is what holds for one
/// that takes writes; else what is said of it.
pub(super) async fn pass(
    transaction: &Transaction<'_>,
    shown: &str,
    wanted: &str,
    exception: Result<(), String>,
) -> Result<Server, PostgresError> {
    let row = transaction.row(statements::SERVER).await?;
    let only_reads: bool = get(&row, 1)?;
    if !only_reads {
        return Err(PostgresError::Changed);
    }
    let server = server(&row)?;
    let session: String = get(&row, 4)?;
    if server.role != wanted || session != wanted {
        let found = server.role;
        return Err(PostgresError::OtherRole { found, wanted: wanted.to_owned() });
    }
    if let (false, Err(why)) = (server.is_standby, exception) {
        return Err(PostgresError::Primary { server: shown.to_owned(), why });
    }
    let rights = transaction.rows(statements::RIGHTS, &[]).await?;
    let rights = rights.iter().map(|row| get(row, 0));
    let rights: Vec<String> = rights.collect::<Result<_, _>>()?;
    if rights.is_empty() {
        return Ok(server);
    }
    let more = if rights.len() > MOST { "; and more" } else { "" };
    let why = rights.iter().take(MOST).cloned().collect::<Vec<_>>().join("; ") + more;
    Err(PostgresError::Rights { role: server.role, why })
}

/// Whether the transaction still is one that cannot write, on a server that still is what
/// it was.
pub(super) async fn holds(
    transaction: &Transaction<'_>,
    server: &Server,
) -> Result<(), PostgresError> {
    let row = transaction.row(statements::HOLDS).await?;
    let (is_standby, only_reads): (bool, bool) = (get(&row, 0)?, get(&row, 1)?);
    let is_same = only_reads && is_standby == server.is_standby;
    if is_same { Ok(()) } else { Err(PostgresError::Changed) }
}

fn server(row: &Row) -> Result<Server, PostgresError> {
    let time = |at| -> Result<Option<Timestamp>, PostgresError> {
        let micros: Option<i64> = get(row, at)?;
        Ok(micros.and_then(|it| Timestamp::from_microsecond(it).ok()))
    };
    let replay = Replay {
        now: time(6)?,
        last: time(7)?,
        behind: get(row, 8)?,
        follows: get(row, 9)?,
        heard: time(10)?,
        silence: get(row, 11)?,
    };
    let is_standby = get(row, 0)?;
    Ok(Server {
        version: get(row, 2)?,
        role: get(row, 3)?,
        database: get(row, 5)?,
        is_standby,
        now: replay.now,
        // Where it is written to, there is nothing that it does not have yet.
        reached: if is_standby { replay.reached() } else { replay.now },
        behind: if is_standby { replay.behind } else { Some(0) },
    })
}

/// Whether all that a question looks at are plain tables that are here, with columns of
/// the server's own types; views too, where they run nothing of their own.
pub(super) async fn tables(
    transaction: &Transaction<'_>,
    question: &Question,
) -> Result<(), PostgresError> {
    let relations: Vec<&Relation> = question.relations().collect();
    let schemas: Vec<&str> = relations.iter().map(|it| it.schema.as_str()).collect();
    let names: Vec<&str> = relations.iter().map(|it| it.name.as_str()).collect();
    let rows = transaction
        .rows(statements::TABLES, &[(&schemas, Type::TEXT_ARRAY), (&names, Type::TEXT_ARRAY)])
        .await?;
    let found = rows.iter().map(table).collect::<Result<Vec<_>, _>>()?;
    for relation in relations {
        let table =
            found.iter().find(|it| it.schema == relation.schema && it.name == relation.name);
        let table = table.ok_or_else(|| {
            PostgresError::Relation(format!("there is no table '{relation}' there"))
        })?;
        if let Some(why) = table.refused() {
            return Err(PostgresError::Relation(format!("'{relation}' {why}")));
        }
        table.columns(relation, question)?;
    }
    Ok(())
}

/// Something that rows are in.
struct Table {
    schema: String,
    name: String,
    kind: String,
    is_elsewhere: bool,
    runs: bool,
    plain: Vec<String>,
    strange: Vec<String>,
}

fn table(row: &Row) -> Result<Table, PostgresError> {
    Ok(Table {
        schema: get(row, 0)?,
        name: get(row, 1)?,
        kind: get(row, 2)?,
        is_elsewhere: get(row, 3)?,
        runs: get(row, 4)?,
        plain: get(row, 5)?,
        strange: get(row, 6)?,
    })
}

impl Table {
    fn refused(&self) -> Option<&'static str> {
        match (self.kind.as_str(), self.is_elsewhere, self.runs) {
            ("r" | "p" | "m" | "v", false, false) => None,
            (_, true, _) => Some("has rows of another server"),
            (_, _, true) => Some("runs functions of its own when it is read"),
            _ => Some("is no table and no view"),
        }
    }

    /// Names that the question gives to columns of this table are columns, of a type whose
    /// text and operators are the server's own.
    fn columns(&self, relation: &Relation, question: &Question) -> Result<(), PostgresError> {
        for column in question.names() {
            let name = &column.name;
            if self.strange.contains(name) {
                return Err(PostgresError::Relation(format!(
                    "'{relation}' has the column '{name}' of a type that is not the server's own"
                )));
            }
            if column.of.as_ref() == Some(relation) && !self.plain.contains(name) {
                return Err(PostgresError::Relation(format!(
                    "'{relation}' has no column '{name}'"
                )));
            }
        }
        Ok(())
    }
}
