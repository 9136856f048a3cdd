//! One connection, and the thread's wait for what it answers.
//!
//! Every wait has an end. Statements are not prepared by name, so that a pooler
//! may stand between which gives each transaction another connection.

use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::time::{sleep, timeout};
use tokio_postgres::types::{FromSql, ToSql, Type};
use tokio_postgres::{Client, Error, NoTls, Row, SimpleQueryMessage};

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
            Ok(Ok(client)) => return Ok(Self { runtime, client }),
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

    /// The rows that a statement gives.
    pub(super) fn rows(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, Fault> {
        self.wait(self.client.query_typed(sql, values))
    }

    /// The only row that a statement gives; `None` where it gives none.
    pub(super) fn row(&self, sql: &str, values: &[Value<'_>]) -> Result<Option<Row>, Fault> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// How many rows a statement changed.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
        self.wait(self.client.execute_typed(sql, values))
    }

    /// Takes statements without values in one go. The text that the last row has first.
    pub(super) fn batch(&self, sql: &str) -> Result<Option<String>, Fault> {
        let said = self.wait(self.client.simple_query(sql))?;
        let rows = said.iter().rev().filter_map(|it| match it {
            SimpleQueryMessage::Row(row) => row.try_get(0).ok().flatten(),
            _ => None,
        });
        Ok(rows.map(str::to_owned).next())
    }

    fn wait<T>(&self, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
        let answer = self.runtime.block_on(async { timeout(ANSWER, answer).await });
        Ok(answer.map_err(|_| Fault::Late(ANSWER))??)
    }
}

/// What a row has in a column.
pub(super) fn get<'a, T: FromSql<'a>>(row: &'a Row, column: &str) -> Result<T, Fault> {
    row.try_get(column).map_err(|error| Fault::Damaged(words(&error)))
}

async fn connect(address: &PgAddress, patience: Duration) -> Result<Client, Error> {
    let (mut pause, mut left) = (PAUSES.0, patience);
    loop {
        match address.config().connect(NoTls).await {
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
