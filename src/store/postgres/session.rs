//! One connection, and the thread's wait for what it answers.
//!
//! Every wait has an end. Statements are not prepared by name, so that a pooler
//! may stand between which gives each transaction another connection.

use std::cell::Cell;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::time::{sleep, timeout};
use tokio_postgres::types::{FromSql, ToSql, Type};
use tokio_postgres::{Client, Error, Row, SimpleQueryMessage};

use super::address::PgAddress;
use super::fault::{Fault, is_lost};
use crate::database::words;

/// How long all servers of an address together may take to let us in.
const ENTRY: Duration = Duration::from_secs(10);

/// How long an answer may take. The server gives up before that by itself.
const ANSWER: Duration = Duration::from_secs(30);

/// The first pause before another attempt, which doubles up to the second.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));

/// A value for a statement, with its type.
pub(super) type Value<'a> = (&'a (dyn ToSql + Sync), Type);

/// A connection. It must be [ended](Session::end), never just dropped.
pub(super) struct Session {
    runtime: Runtime,
    client: Client,
    /// What is said together with what is asked next.
    opening: Cell<Option<Opening>>,
}

/// Statements without values, and what has to hold of the last text that they give.
#[derive(Clone, Copy)]
pub(super) struct Opening {
    pub(super) sql: &'static str,
    pub(super) holds: fn(Option<String>) -> Result<(), Fault>,
}

impl Session {
    /// Connects. While a server is starting, or none of them takes writes yet,
    /// it is asked again for as long as `patience`.
    pub(super) fn open(address: &PgAddress, patience: Duration) -> Result<Self, Fault> {
        let mut builder = Builder::new_current_thread();
        let runtime = builder.enable_io().enable_time().build().map_err(Fault::System)?;
        let limit = ENTRY.saturating_add(patience);
        let found = runtime.block_on(async { timeout(limit, connect(address, patience)).await });
        let refused = match found {
            Ok(Ok(client)) => return Ok(Self { runtime, client, opening: Cell::new(None) }),
            Ok(Err(error)) => Fault::Database(error),
            Err(_) => Fault::Late(limit),
        };
        runtime.shutdown_background();
        Err(refused)
    }

    /// Closes the connection without waiting for anything.
    pub(super) fn end(self) {
        self.runtime.shutdown_background();
    }

    /// Says so together with what is asked next, which spares a wait. Where it does not
    /// hold, what was asked with it counts for nothing: the turn is rolled back.
    pub(super) fn open_with(&self, opening: Opening) {
        self.opening.set(Some(opening));
    }

    /// The rows that a statement gives.
    pub(super) fn rows(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, Fault> {
        self.ask(self.client.query_typed(sql, values))
    }

    /// The only row that a statement gives; `None` where it gives none.
    pub(super) fn row(&self, sql: &str, values: &[Value<'_>]) -> Result<Option<Row>, Fault> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// How many rows a statement changed.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
        self.ask(self.client.execute_typed(sql, values))
    }

    /// The same of two, of which the second is said before the first is answered.
    pub(super) fn execute_both(
        &self,
        (first, values): (&str, &[Value<'_>]),
        (second, others): (&str, &[Value<'_>]),
    ) -> Result<(u64, u64), Fault> {
        let first = self.client.execute_typed(first, values);
        let second = self.client.execute_typed(second, others);
        self.ask(async {
            let (first, second) = tokio::join!(biased; first, second);
            Ok((first?, second?))
        })
    }

    /// The last row of a statement between an opening and statements without values, all
    /// of which are said before any is answered. Where the opening does not hold, or the
    /// statement fails, what comes after it fails too.
    pub(super) fn between(
        &self,
        Opening { sql, holds }: Opening,
        (asked, values): (&str, &[Value<'_>]),
        ending: &str,
    ) -> Result<Option<Row>, Fault> {
        let (opened, rows, ended) = self.wait(async {
            let opened = self.client.simple_query(sql);
            let rows = self.client.query_typed(asked, values);
            Ok(tokio::join!(biased; opened, rows, self.client.simple_query(ending)))
        })?;
        holds(last(&opened?))?;
        let row = rows?.pop();
        ended?;
        Ok(row)
    }

    /// Takes statements without values in one go. The text that the last row has first.
    pub(super) fn batch(&self, sql: &str) -> Result<Option<String>, Fault> {
        self.ask(self.client.simple_query(sql)).map(|said| last(&said))
    }

    /// What is asked, after what it is opened with. Both are said in this order before
    /// either is answered.
    fn ask<T>(&self, asked: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
        let Some(Opening { sql, holds }) = self.opening.take() else { return self.wait(asked) };
        let opened = self.client.simple_query(sql);
        let (opened, answer) = self.wait(async {
            let (opened, answer) = tokio::join!(biased; opened, asked);
            // Why the opening failed says more than that nothing goes on after it.
            Ok((opened?, answer))
        })?;
        holds(last(&opened))?;
        Ok(answer?)
    }

    fn wait<T>(&self, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
        let answer = self.runtime.block_on(async { timeout(ANSWER, answer).await });
        Ok(answer.map_err(|_| Fault::Late(ANSWER))??)
    }
}

/// The text that the last row has first.
fn last(said: &[SimpleQueryMessage]) -> Option<String> {
    let rows = said.iter().rev().filter_map(|it| match it {
        SimpleQueryMessage::Row(row) => row.try_get(0).ok().flatten(),
        _ => None,
    });
    rows.map(str::to_owned).next()
}

/// What a row has in a column.
pub(super) fn get<'a, T: FromSql<'a>>(row: &'a Row, column: &str) -> Result<T, Fault> {
    row.try_get(column).map_err(|error| Fault::Damaged(words(&error)))
}

async fn connect(address: &PgAddress, patience: Duration) -> Result<Client, Error> {
    let (mut pause, mut left) = (PAUSES.0, patience);
    loop {
        match address.config().connect(address.connector()).await {
            Ok((client, connection)) => {
                // How it ends is told by whatever is asked next.
                tokio::spawn(async move { drop(connection.await) });
                return Ok(client);
            }
            Err(error) if left.is_zero() || !is_lost(&error) => return Err(error),
            Err(_) => {
                sleep(pause.min(left)).await;
                left = left.saturating_sub(pause);
                pause = pause.saturating_mul(2).min(PAUSES.1);
            }
        }
    }
}
