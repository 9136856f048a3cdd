//! What an open index remembers between answers.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::shard::Shard;
use super::view::{View, ViewKey};
use crate::routing::Memo;

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
    /// Bytes that what words add may take; `None` where it is not remembered.
    pub(super) remembers: Option<usize>,
    /// What words add to the documents of the view that was asked last.
    words: Option<(Numbering, Arc<Memo>)>,
}

/// What gives each document its number: a merge gives those of one view other ones.
type Numbering = (ViewKey, Vec<String>);

impl State {
    /// Where what words add to the documents of `view` is remembered.
    pub(super) fn words_of(&mut self, view: &View) -> Option<Arc<Memo>> {
        let bytes = self.remembers?;
        let shards = view.shards.iter().map(|(id, _)| id.clone()).collect();
        let numbering = (view.key.clone(), shards);
        if self.words.as_ref().is_none_or(|(known, _)| *known != numbering) {
            self.words = Some((numbering, Arc::new(Memo::of(bytes))));
        }
        self.words.as_ref().map(|(_, memo)| Arc::clone(memo))
    }
}
