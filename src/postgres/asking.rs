//! The one who asks.

use std::time::Duration;

use jiff::Timestamp;
use tokio_postgres::types::{ToSql, Type};

use super::address::ReadAddress;
use super::check::{MOST_ROWS, Parameter, Question};
use super::error::PostgresError;
use super::exception::Exception;
use super::guard::{self, Server};
use super::session::{Bounds, Transaction, get, transaction};

/// Bytes that are read of one connection, the server's words about itself included.
const MOST_BYTES: usize = 2 << 20;

/// How much an answer may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Of one statement.
    pub statement: Duration,
}

/// A standby, and the role that asks it.
pub struct Postgres {
    address: ReadAddress,
    role: String,
    limits: Limits,
    exception: Exception,
    now: fn() -> Timestamp,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The server as it was just before.
    pub server: Server,
    /// Its rows, at most [`MOST_ROWS`]; each value is a text, cut where it is long.
    pub rows: Vec<Vec<Option<String>>>,
    /// Whether there were more rows than are kept.
    pub is_cut: bool,
}

impl Postgres {
    /// Asks `address` as `role`.
    pub fn new(address: ReadAddress, role: String, limits: Limits) -> Self {
        let now = || Timestamp::MAX;
        Self { address, role, limits, exception: Exception::None, now }
    }

    /// The same, where something was said about a server that takes writes; by this clock
    /// it ends.
    #[must_use]
    pub fn with(self, exception: Exception, now: fn() -> Timestamp) -> Self {
        Self { exception, now, ..self }
    }

    /// The address without user and password.
    pub fn shown(&self) -> &str {
        self.address.shown()
    }

    /// Whether it is spoken to encrypted.
    pub fn encrypts(&self) -> bool {
        self.address.encrypts()
    }

    /// What the server is, if it may be asked.
    ///
    /// # Errors
    /// It does not answer, takes writes without an exception, or the role may do more
    /// than read.
    pub fn server(&self) -> Result<Server, PostgresError> {
        transaction(&self.address, self.bounds(), async |within| self.pass(within).await)
    }

    /// Asks a question; `value` gives what is bound to it.
    ///
    /// # Errors
    /// As for [`server`](Self::server), and where the answer is late, too large, or none.
    pub fn ask(
        &self,
        question: &Question,
        value: impl Fn(&Parameter) -> String,
    ) -> Result<Answered, PostgresError> {
        let values: Vec<String> = question.parameters().iter().map(|it| value(it)).collect();
        let values: Vec<(&(dyn ToSql + Sync), Type)> =
            values.iter().map(|it| (it as &(dyn ToSql + Sync), Type::TEXT)).collect();
        transaction(&self.address, self.bounds(), async |within| {
            let server = self.pass(within).await?;
            guard::tables(within, question).await?;
            let rows = within.rows(question.text(), &values).await?;
            guard::holds(within, &server).await?;
            let is_cut = rows.len() > MOST_ROWS;
            let rows = rows.iter().take(MOST_ROWS);
            let rows = rows.map(|row| (0..row.len()).map(|at| get(row, at)).collect());
            Ok(Answered { server, rows: rows.collect::<Result<_, _>>()?, is_cut })
        })
    }

    async fn pass(&self, within: &Transaction<'_>) -> Result<Server, PostgresError> {
        let exception = self.exception.holds((self.now)());
        guard::pass(within, self.shown(), &self.role, exception).await
    }

    fn bounds(&self) -> Bounds {
        Bounds { limit: self.limits.statement, bytes: MOST_BYTES }
    }
}
