//! Several trees as one, to be asked together.
//!
//! What a word weighs follows from counts over everything that is asked. Were
//! each tree ranked by its own, an ordinary word of a large one would be rare in
//! a small one, and bring its pages to the front.

use super::snapshot::Snapshot;
use crate::routing::Totals;

impl Snapshot {
    /// All documents of `snapshots`, numbered one behind the other, and the number
    /// at which each begins. Nothing is copied but which documents belong.
    pub fn joined<'a>(snapshots: impl IntoIterator<Item = &'a Self>) -> (Self, Vec<u32>) {
        let (mut shards, mut totals) = (Vec::new(), Totals::default());
        let (mut firsts, mut next) = (Vec::new(), 0);
        for snapshot in snapshots {
            let (own, counts) = snapshot.clone().into_parts();
            firsts.push(next);
            next += own.iter().map(|(shard, _)| shard.len()).sum::<u32>();
            totals.add(&counts);
            shards.extend(own);
        }
        (Self::new(shards, totals), firsts)
    }
}
