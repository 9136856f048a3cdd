//! What an open index remembers between answers.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::shard::Shard;
use super::view::View;

/// What an open index remembers between answers.
#[derive(Default)]
pub(super) struct State {
    pub(super) open: HashMap<String, Arc<Shard>>,
    /// Shards that could not be written.
    pub(super) memory: Vec<Arc<Shard>>,
    /// Views over shards that could not be written.
    pub(super) views: Vec<View>,
    /// Shards found damaged.
    pub(super) bad: HashSet<String>,
}
