//! A server that follows another repository, beside its answers.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::sleep;

use super::metrics::Metrics;
use crate::clock::Clock;
use crate::ops::OpError;
use crate::ops::follow::follow;
use crate::workspace::Pool;

/// What is followed, and how often it is looked at.
pub(super) struct Following {
    remote: String,
    every: Duration,
}

impl Following {
    /// Reads the section `serve`; `None` where nothing is followed.
    pub(super) fn of(settings: &Value) -> Option<Self> {
        let remote = settings.get("follow").and_then(Value::as_str)?.to_owned();
        let every = settings.get("follow_every").and_then(Value::as_u64).unwrap_or(30);
        Some(Self { remote, every: Duration::from_secs(every) })
    }

    /// Looks once, so that what cannot work is said at the start.
    ///
    /// # Errors
    /// As [`follow`], for what no later look mends.
    pub(super) fn first(&self, pool: &Pool, metrics: &Metrics) -> Result<(), OpError> {
        match look(pool, &self.remote) {
            Err(error @ OpError::Usage { .. }) => Err(error),
            looked => {
                metrics.followed(looked.is_ok());
                Ok(())
            }
        }
    }

    /// Looks again and again.
    pub(super) async fn on(self, pool: Arc<Pool>, metrics: Arc<Metrics>) {
        loop {
            sleep(self.every).await;
            let (pool, remote) = (Arc::clone(&pool), self.remote.clone());
            let looked = tokio::task::spawn_blocking(move || look(&pool, &remote)).await;
            metrics.followed(matches!(looked, Ok(Ok(()))));
        }
    }
}

fn look(pool: &Pool, remote: &str) -> Result<(), OpError> {
    let mut workspace = pool.lend()?;
    workspace.set_clock(Clock::system());
    follow(&workspace, remote).map(drop)
}
