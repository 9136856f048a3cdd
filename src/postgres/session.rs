//! One connection with one transaction that cannot write, watched from this side.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::types::{FromSql, ToSql, Type};
use tokio_postgres::{CancelToken, Client, Error, Row};

use super::address::{ReadAddress, settings};
use super::error::PostgresError;
use super::stream::Stream;

/// How long a server may take to let us in.
const ENTRY: Duration = Duration::from_secs(5);

/// How much longer than a statement may take all of a transaction may: the server has to
/// be the first that gives up.
const GRACE: Duration = Duration::from_secs(3);

/// How long is waited for a word of farewell, or for the one that cancels.
const FAREWELL: Duration = Duration::from_secs(2);

/// How many bytes of a connection are read that only cancels: what a server says while
/// encryption is agreed on, certificates included.
const CANCELLING: usize = 64 << 10;

/// What one statement may take, and all that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) limit: Duration,
    pub(super) bytes: usize,
}

/// A transaction, as far as it is spoken in.
pub(super) struct Transaction<'a> {
    client: &'a Client,
    server: &'a str,
    limit: Duration,
}

/// Does `work` in a transaction that cannot write, on a connection of its own, and rolls
/// it back. Nothing outlives it: what does not end is cancelled, and the connection is
/// closed.
pub(super) fn transaction<T>(
    address: &ReadAddress,
    bounds: Bounds,
    work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, PostgresError>,
) -> Result<T, PostgresError> {
    let runtime = Builder::new_current_thread().enable_io().enable_time().build();
    let runtime = runtime.map_err(|error| unreachable(address, error.to_string()))?;
    let read = Arc::new(AtomicUsize::new(0));
    let done = runtime.block_on(async {
        let (client, connection) = connect(address, bounds, &read).await?;
        let cancel = client.cancel_token();
        let within = Transaction { client: &client, server: address.shown(), limit: bounds.limit };
        let whole = bounds.limit.saturating_add(GRACE);
        let done = timeout(whole, within.whole(work)).await;
        let done = done.unwrap_or(Err(PostgresError::Late(whole)));
        if done.is_err() {
            // An end of the connection alone is not seen by a server that computes.
            let _ = timeout(FAREWELL, stop(address, cancel)).await;
        }
        drop(client);
        let _ = timeout(FAREWELL, connection).await;
        done
    });
    Runtime::shutdown_background(runtime);
    match done {
        Err(_) if read.load(Ordering::Relaxed) > bounds.bytes => {
            Err(PostgresError::TooMuch(bounds.bytes))
        }
        done => done,
    }
}

async fn connect(
    address: &ReadAddress,
    bounds: Bounds,
    read: &Arc<AtomicUsize>,
) -> Result<(Client, JoinHandle<()>), PostgresError> {
    let entry = async {
        let stream = Stream::open(&address.place(), bounds.bytes, Arc::clone(read)).await;
        let stream = stream.map_err(|error| unreachable(address, error.to_string()))?;
        let handshake = address.handshake();
        let handshake = handshake.map_err(|it| PostgresError::untrusted(it, address.shown()))?;
        let connected = address.config(bounds.limit).connect_raw(stream, handshake).await;
        connected.map_err(|error| PostgresError::of(&error, address.shown(), bounds.limit))
    };
    let late = || unreachable(address, format!("no answer in {} s", ENTRY.as_secs()));
    let (client, connection) = timeout(ENTRY, entry).await.map_err(|_| late())??;
    // How it ends is told by whatever is asked next.
    Ok((client, tokio::spawn(async move { drop(connection.await) })))
}

async fn stop(address: &ReadAddress, cancel: CancelToken) {
    let Ok(handshake) = address.handshake() else { return };
    let read = Arc::default();
    if let Ok(stream) = Stream::open(&address.place(), CANCELLING, read).await {
        let _ = cancel.cancel_query_raw(stream, handshake).await;
    }
}

fn unreachable(address: &ReadAddress, why: String) -> PostgresError {
    PostgresError::Unreachable { server: address.shown().to_owned(), why }
}

impl Transaction<'_> {
    async fn whole<T>(
        &self,
        work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, PostgresError>,
    ) -> Result<T, PostgresError> {
        self.say("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY").await?;
        for (name, value) in settings(self.limit) {
            self.say(&format!("SET LOCAL {name} = '{value}'")).await?;
        }
        let done = work(self).await?;
        self.say("ROLLBACK").await?;
        Ok(done)
    }

    /// The rows that a statement gives. Values are bound; nothing is prepared by a name, so
    /// that one statement is one message.
    pub(super) async fn rows(
        &self,
        sql: &str,
        values: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<Vec<Row>, PostgresError> {
        self.client.query_typed(sql, values).await.map_err(|error| self.failed(&error))
    }

    /// The one row of a statement that always gives one.
    pub(super) async fn row(&self, sql: &str) -> Result<Row, PostgresError> {
        let row = self.rows(sql, &[]).await?.into_iter().next();
        row.ok_or_else(|| PostgresError::Failed("it said nothing of itself".to_owned()))
    }

    async fn say(&self, sql: &str) -> Result<(), PostgresError> {
        let said = self.client.execute_typed(sql, &[]).await;
        said.map(drop).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &Error) -> PostgresError {
        PostgresError::of(error, self.server, self.limit)
    }
}

/// What a row has at a place.
pub(super) fn get<'a, T: FromSql<'a>>(row: &'a Row, at: usize) -> Result<T, PostgresError> {
    row.try_get(at).map_err(|error| PostgresError::Failed(crate::database::words(&error)))
}
