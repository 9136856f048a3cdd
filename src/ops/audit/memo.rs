//! Answers that are worked out once, whichever thread asks first.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Answers by question. Two threads that ask the same at once may both work it
/// out; they come to the same.
pub(super) struct Memo<K, V>(Mutex<HashMap<K, V>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// The answer, if it is known.
    pub(super) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.all().get(key).cloned()
    }

    pub(super) fn insert(&self, key: K, value: V) {
        self.all().insert(key, value);
    }

    /// The answer, worked out if it is not known. No lock is held meanwhile.
    pub(super) fn or_else(&self, key: K, work: impl FnOnce() -> V) -> V {
        if let Some(known) = self.get(&key) {
            return known;
        }
        let value = work();
        self.insert(key, value.clone());
        value
    }

    fn all(&self) -> MutexGuard<'_, HashMap<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
