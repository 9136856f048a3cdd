//! What words add, remembered by a process that asks many questions of one tree.
//!
//! Most of a question's time in a large memory goes into the lists of common words, and
//! the questions of a batch have those in common. What a word adds to pages and to
//! sections follows from the documents and from the weights alone: it is the same, to the
//! last bit, whether it is read or remembered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::weights::Weights;

/// Words in fewer places are read as fast as they are remembered.
const FEW: usize = 256;

/// What one word adds, before it is known how much the word counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Parts {
    /// Numbers of pages, and what is added to each; once for each field.
    pub(super) pages: Vec<(u32, f32)>,
    /// Documents, and what is added to each; once for each field.
    pub(super) sections: Vec<(u32, f32)>,
    /// Pages that hold the word.
    pub(super) holding: u32,
}

/// What words add to the documents of one snapshot.
pub struct Memo {
    /// Places that are remembered at most.
    most: usize,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// With which weights it was worked out.
    weights: Option<Weights>,
    words: HashMap<String, Word>,
    /// Places of all words.
    places: usize,
    /// Counts what was asked for.
    asked: u64,
}

struct Word {
    parts: Arc<Parts>,
    /// When it was asked for last.
    last: u64,
}

impl Parts {
    pub(super) fn clear(&mut self) {
        self.pages.clear();
        self.sections.clear();
        self.holding = 0;
    }

    fn places(&self) -> usize {
        self.pages.len() + self.sections.len()
    }
}

impl Memo {
    /// One that takes about so many `bytes` at most.
    pub fn of(bytes: usize) -> Self {
        Self { most: bytes / size_of::<(u32, f32)>(), known: Mutex::default() }
    }

    /// What `word` adds, if it is remembered.
    pub(super) fn get(&self, word: &str, weights: &Weights) -> Option<Arc<Parts>> {
        let mut known = self.known();
        if known.weights.as_ref() != Some(weights) {
            return None;
        }
        known.asked += 1;
        let asked = known.asked;
        let word = known.words.get_mut(word)?;
        word.last = asked;
        Some(Arc::clone(&word.parts))
    }

    /// Remembers what `word` adds, where that is worth it; what nobody asked for longest
    /// goes for it.
    pub(super) fn put(&self, word: &str, weights: &Weights, parts: &Parts) {
        if !(FEW..=self.most).contains(&parts.places()) {
            return;
        }
        let mut known = self.known();
        if known.weights.as_ref() != Some(weights) {
            *known = Known { weights: Some(*weights), ..Known::default() };
        }
        known.forget(word);
        while known.places + parts.places() > self.most {
            let oldest = known.words.iter().min_by_key(|(_, it)| it.last);
            let Some(oldest) = oldest.map(|(word, _)| word.clone()) else { break };
            known.forget(&oldest);
        }
        known.places += parts.places();
        let (parts, last) = (Arc::new(parts.clone()), known.asked);
        known.words.insert(word.to_owned(), Word { parts, last });
    }

    /// What a panic left is whole: a word is put in at once.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn forget(&mut self, word: &str) {
        if let Some(word) = self.words.remove(word) {
            self.places -= word.parts.places();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(places: usize) -> Parts {
        let pages = (0..).zip(std::iter::repeat_n(1.0, places)).collect();
        Parts { pages, sections: Vec::new(), holding: 1 }
    }

    #[test]
    fn what_is_large_is_remembered_and_the_longest_unasked_goes() {
        let weights = Weights::default();
        let memo = Memo::of(3 * FEW * size_of::<(u32, f32)>());
        let known = |word: &str| memo.get(word, &weights).is_some();
        memo.put("rare", &weights, &parts(FEW - 1));
        memo.put("everywhere", &weights, &parts(3 * FEW + 1));
        for word in ["pod", "node", "disk", "pod"] {
            memo.put(word, &weights, &parts(FEW));
        }
        assert_eq!(["rare", "everywhere", "node", "disk"].map(known), [false, false, true, true]);
        memo.put("queue", &weights, &parts(FEW + 1));
        assert_eq!(["pod", "node", "disk", "queue"].map(known), [false, false, true, true]);
        assert_eq!(*memo.get("queue", &weights).unwrap(), parts(FEW + 1));
    }

    #[test]
    fn other_weights_begin_anew() {
        let (usual, other) = (Weights::default(), Weights::default().with("title", 9.0));
        let memo = Memo::of(1 << 20);
        memo.put("pod", &usual, &parts(FEW));
        assert!(memo.get("pod", &other).is_none() && memo.get("pod", &usual).is_some());
        memo.put("node", &other, &parts(FEW));
        assert!(memo.get("node", &other).is_some() && memo.get("pod", &usual).is_none());
    }
}
