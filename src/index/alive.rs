//! A set of documents of one shard.

use serde::{Deserialize, Serialize};

/// Which documents of a shard belong to a view; as many bits as the shard has documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Alive {
    words: Vec<u64>,
    len: u32,
}

impl Alive {
    pub(super) fn none(len: u32) -> Self {
        Self { words: vec![0; len.div_ceil(64) as usize], len }
    }

    pub(super) fn all(len: u32) -> Self {
        let mut alive = Self::none(len);
        alive.set_range(0..len, true);
        alive
    }

    /// Number of documents in the shard.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    pub(super) fn contains(&self, doc: u32) -> bool {
        self.words.get((doc / 64) as usize).is_some_and(|word| word & (1 << (doc % 64)) != 0)
    }

    pub(super) fn set_range(&mut self, docs: std::ops::Range<u32>, alive: bool) {
        for doc in docs {
            let word = &mut self.words[(doc / 64) as usize];
            if alive { *word |= 1 << (doc % 64) } else { *word &= !(1 << (doc % 64)) }
        }
    }

    pub(super) fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    pub(super) fn is_all(&self) -> bool {
        self.count() == self.len
    }

    pub(super) fn union(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(mine, theirs)| *mine |= theirs);
    }

    pub(super) fn docs(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.len).filter(|&doc| self.contains(doc))
    }

    /// The set as it is after only `kept` documents were left, in order.
    pub(super) fn after_keeping(&self, kept: &Self) -> impl Iterator<Item = bool> + '_ {
        let kept: Vec<u32> = kept.docs().collect();
        kept.into_iter().map(|doc| self.contains(doc))
    }

    /// True where every word and the length fit together; a torn file's may not.
    pub(super) fn is_sound(&self) -> bool {
        self.words.len() == self.len.div_ceil(64) as usize
    }
}

impl FromIterator<bool> for Alive {
    fn from_iter<T: IntoIterator<Item = bool>>(bits: T) -> Self {
        let (mut words, mut len) = (Vec::new(), 0_u32);
        for bit in bits {
            if len % 64 == 0 {
                words.push(0);
            }
            if let (true, Some(word)) = (bit, words.last_mut()) {
                *word |= 1 << (len % 64);
            }
            len += 1;
        }
        Self { words, len }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_set_and_cleared() {
        let mut alive = Alive::all(130);
        alive.set_range(60..70, false);
        assert_eq!(alive.count(), 120);
        assert!(
            alive.contains(59) && !alive.contains(60) && !alive.contains(69) && alive.contains(70)
        );
        assert!(!alive.contains(130) && !alive.contains(5_000));
    }

    #[test]
    fn keeping_renumbers() {
        let alive: Alive = [true, false, true, true].into_iter().collect();
        let kept: Alive = [true, true, false, true].into_iter().collect();
        let after: Alive = alive.after_keeping(&kept).collect();
        assert_eq!(after, [true, false, true].into_iter().collect());
    }
}
