//! Workspaces for calls: so many at a time, the others wait their turn.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::workspace::Pool;

/// Workspaces for calls. What it is cloned to shares them and their number.
#[derive(Clone)]
pub struct Lending {
    pool: Arc<Pool>,
    turns: Arc<Semaphore>,
}

/// The right to one workspace, for as long as it lives.
pub struct Turn {
    /// What may be lent from.
    pub pool: Arc<Pool>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Lending {
    /// At most `at_once` calls at the same time, one at least.
    pub fn new(pool: Pool, at_once: usize) -> Self {
        Self { pool: Arc::new(pool), turns: Arc::new(Semaphore::new(at_once.max(1))) }
    }

    /// What is lent from.
    pub fn pool(&self) -> Arc<Pool> {
        Arc::clone(&self.pool)
    }

    /// Waits until a workspace may be taken.
    pub async fn turn(&self) -> Turn {
        // Nobody closes it, so that it always gives.
        let permit = Arc::clone(&self.turns).acquire_owned().await.ok();
        Turn { pool: Arc::clone(&self.pool), _permit: permit }
    }
}
