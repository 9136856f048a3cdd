//! How far two branches have gone apart, counted within a bound.

use std::collections::{BinaryHeap, HashMap};

use git2::Oid;

use super::Repository;

/// Commits looked at before counting is given up: tens of milliseconds.
const BOUND: usize = 2_000;

const OURS: u8 = 1;
const THEIRS: u8 = 2;
const BOTH: u8 = OURS | THEIRS;

/// Commits that only one side has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Divergence {
    /// Only ours.
    pub ahead: usize,
    /// Only theirs.
    pub behind: usize,
}

/// Counts what each side has alone; `None` where that is more than a glance
/// can tell, or history is cut off.
pub(super) fn divergence(git: &Repository, ours: Oid, theirs: Oid) -> Option<Divergence> {
    let mut walk = Walk { git, sides: HashMap::new(), queue: BinaryHeap::new(), undecided: 0 };
    walk.reach(ours, OURS)?;
    walk.reach(theirs, THEIRS)?;
    let mut looked_at = 0;
    while walk.undecided > 0 {
        looked_at += 1;
        if looked_at > BOUND {
            return None;
        }
        walk.step()?;
    }
    let count = |side| walk.sides.values().filter(|&&sides| sides == side).count();
    Some(Divergence { ahead: count(OURS), behind: count(THEIRS) })
}

/// Newest first from both tips, until only common commits wait.
struct Walk<'git> {
    git: &'git Repository,
    sides: HashMap<Oid, u8>,
    /// (committer time, commit, whether its visit can still change a count).
    queue: BinaryHeap<(i64, Oid, bool)>,
    /// Queued visits that can still change a count.
    undecided: usize,
}

impl Walk<'_> {
    fn step(&mut self) -> Option<()> {
        let (_, id, matters) = self.queue.pop()?;
        self.undecided -= usize::from(matters);
        let sides = self.sides[&id];
        for parent in self.git.whole_commit(id).ok()?.parent_ids() {
            self.reach(parent, sides)?;
        }
        Some(())
    }

    /// Queues a commit again when it turns out to have one more side: where
    /// clocks are wrong its ancestors may have been counted for one already.
    fn reach(&mut self, id: Oid, sides: u8) -> Option<()> {
        let known = self.sides.entry(id).or_default();
        let before = *known;
        *known |= sides;
        if *known == before {
            return Some(());
        }
        let matters = before != 0 || *known != BOTH;
        let time = self.git.whole_commit(id).ok()?.time().seconds();
        self.queue.push((time, id, matters));
        self.undecided += usize::from(matters);
        Some(())
    }
}
