//! A set of documents of one shard.

use serde::{Deserialize, Serialize};

/// Which documents of a shard belong to a view; as many bits as the shard has documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Runs", try_from = "Runs")]
pub(super) struct Alive {
    words: Vec<u64>,
    len: u32,
}

/// As it is stored: mostly everything belongs, or neighbours do.
#[derive(Serialize, Deserialize)]
struct Runs {
    len: u32,
    /// How many documents are passed over, then how many belong, and so on.
    runs: Vec<(u32, u32)>,
}

impl From<Alive> for Runs {
    fn from(alive: Alive) -> Self {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let mut end = 0;
        for doc in alive.docs() {
            match runs.last_mut() {
                Some((_, count)) if doc == end => *count += 1,
                _ => runs.push((doc - end, 1)),
            }
            end = doc + 1;
        }
        Self { len: alive.len, runs }
    }
}

impl TryFrom<Runs> for Alive {
    type Error = &'static str;

    fn try_from(stored: Runs) -> Result<Self, Self::Error> {
        let mut alive = Self::none(stored.len);
        let mut at = 0_u32;
        for (skipped, count) in stored.runs {
            let start = at.checked_add(skipped);
            let end = start.and_then(|start| start.checked_add(count));
            let (Some(start), Some(end)) = (start, end.filter(|&end| end <= stored.len)) else {
                return Err("a run ends behind the last document");
            };
            alive.set_range(start..end, true);
            at = end;
        }
        Ok(alive)
    }
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
        let mut doc = docs.start;
        while doc < docs.end {
            let count = (64 - doc % 64).min(docs.end - doc);
            let mask = (u64::MAX >> (64 - count)) << (doc % 64);
            let word = &mut self.words[(doc / 64) as usize];
            if alive {
                *word |= mask;
            } else {
                *word &= !mask;
            }
            doc += count;
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
    fn it_is_stored_as_runs() {
        for bits in [vec![], vec![true; 200], vec![false; 3], vec![false, true, true, false, true]]
        {
            let alive: Alive = bits.into_iter().collect();
            let bytes = postcard::to_stdvec(&alive).unwrap();
            assert!(bytes.len() < 10);
            assert_eq!(postcard::from_bytes::<Alive>(&bytes), Ok(alive));
        }
        let wild = postcard::to_stdvec(&(5_u32, vec![(4_u32, 2_u32)])).unwrap();
        assert!(postcard::from_bytes::<Alive>(&wild).is_err());
    }

    #[test]
    fn keeping_renumbers() {
        let alive: Alive = [true, false, true, true].into_iter().collect();
        let kept: Alive = [true, true, false, true].into_iter().collect();
        let after: Alive = alive.after_keeping(&kept).collect();
        assert_eq!(after, [true, false, true].into_iter().collect());
    }
}
