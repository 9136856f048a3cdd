//! History as an audit asks it: by path, and by what a commit could see.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::memo::Memo;
use crate::audit::Seen;
use crate::git::{FileChange, History, Identity, Repository, Step, line_counts};
use crate::ids::{BlobId, CommitId};
use crate::repo_path::RepoPath;

/// Larger files are not compared line by line.
const LARGEST: u64 = 1_000_000;

/// A file's content before and after.
type Pair = (Option<BlobId>, Option<BlobId>);

/// A history with what is asked of it again and again, by any thread.
pub(super) struct Learnt {
    pub(super) history: Arc<History>,
    places: HashMap<CommitId, usize>,
    necks: Vec<bool>,
    gone: Memo<usize, Arc<Vec<usize>>>,
    reached: Memo<usize, Arc<Reach>>,
    lines: Memo<Pair, (u64, u64)>,
}

/// The same beside a repository: an opened one serves one thread.
#[derive(Clone, Copy)]
pub(super) struct Chronicle<'a> {
    pub(super) repository: &'a Repository,
    pub(super) learnt: &'a Learnt,
}

impl Deref for Chronicle<'_> {
    type Target = Learnt;

    fn deref(&self) -> &Learnt {
        self.learnt
    }
}

/// The commits that one reaches, itself among them: a bit for each step up to
/// the next neck of history, and everything from there on.
pub(super) struct Reach {
    from: usize,
    bits: Vec<u64>,
    neck: usize,
}

impl Reach {
    pub(super) fn holds(&self, step: usize) -> bool {
        step >= self.neck || step.checked_sub(self.from).is_some_and(|at| bit(&self.bits, at))
    }
}

fn bit(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

/// Steps through which everything that is older passes: each reaches all that
/// stand behind it, so that nobody need walk on from there.
fn necks(history: &History) -> Vec<bool> {
    let steps = &history.steps;
    let mut is_pending = vec![false; steps.len()];
    let mut pending = 0_usize;
    let mut necks = vec![false; steps.len()];
    for (at, step) in steps.iter().enumerate() {
        if at == 0 {
            is_pending[0] = true;
            pending = 1;
        }
        necks[at] = pending == 1 && is_pending[at];
        if std::mem::take(&mut is_pending[at]) {
            pending -= 1;
        }
        for parent in &step.parents {
            if !std::mem::replace(&mut is_pending[*parent], true) {
                pending += 1;
            }
        }
    }
    necks
}

impl Learnt {
    /// Of everything that a commit reaches.
    pub(super) fn of(history: Arc<History>) -> Self {
        let places = history.steps.iter().enumerate().map(|(at, step)| (step.id, at)).collect();
        let necks = necks(&history);
        let (gone, reached, lines) = (Memo::default(), Memo::default(), Memo::default());
        Self { history, places, necks, gone, reached, lines }
    }

    pub(super) fn place(&self, commit: CommitId) -> Option<usize> {
        self.places.get(&commit).copied()
    }

    pub(super) fn step(&self, at: usize) -> &Step {
        &self.history.steps[at]
    }

    /// Steps that changed `path`, the newest first.
    pub(super) fn touching(&self, path: &RepoPath) -> &[usize] {
        self.history.path_id(path).map_or(&[], |path| self.history.touching(path))
    }

    /// True if any step ever changed `path`.
    pub(super) fn knows(&self, path: &RepoPath) -> bool {
        self.history.path_id(path).is_some()
    }

    /// What `from` reaches.
    pub(super) fn reach(&self, from: usize) -> Arc<Reach> {
        self.reached.or_else(from, || Arc::new(self.reached_by(from)))
    }

    fn reached_by(&self, from: usize) -> Reach {
        let next = (from..self.necks.len()).find(|&at| self.necks[at]);
        let neck = next.unwrap_or(self.history.steps.len());
        let mut bits = vec![0_u64; (neck - from).div_ceil(64)];
        let mut waiting = vec![from];
        while let Some(at) = waiting.pop().filter(|_| from < neck) {
            let (word, mask) = ((at - from) / 64, 1_u64 << ((at - from) % 64));
            if bits[word] & mask == 0 {
                bits[word] |= mask;
                let parents = &self.history.steps[at].parents;
                waiting.extend(parents.iter().filter(|parent| **parent < neck));
            }
        }
        Reach { from, bits, neck }
    }

    /// What the step `at` made of `path`, where it changed it.
    pub(super) fn change(&self, at: usize, path: &RepoPath) -> Option<&FileChange> {
        self.history.change(at, self.history.path_id(path)?)
    }

    /// What the step `at` changed, sorted by path.
    pub(super) fn changes(&self, at: usize) -> &[FileChange] {
        self.history.changes(at)
    }

    /// The path of a change.
    pub(super) fn path(&self, change: &FileChange) -> &RepoPath {
        self.history.path(change.path)
    }

    /// The places among a step's changes of files that went.
    pub(super) fn gone(&self, at: usize) -> Arc<Vec<usize>> {
        self.gone.or_else(at, || {
            let changes = self.changes(at).iter().enumerate();
            let gone = changes.filter(|(_, it)| it.new.is_none()).map(|(place, _)| place);
            Arc::new(gone.collect())
        })
    }

    pub(super) fn seen(&self, at: usize) -> Seen {
        let step = self.step(at);
        Seen { commit: step.id, day: day_of(step), author: self.author(at).to_owned() }
    }

    pub(super) fn author(&self, at: usize) -> &str {
        &self.author_of(at).name
    }

    /// Who wrote a step.
    pub(super) fn author_of(&self, at: usize) -> &Identity {
        &self.history.people[self.step(at).author]
    }
}

impl Chronicle<'_> {
    /// Lines that came and went; zeros where that cannot be said.
    pub(super) fn lines(&self, old: Option<BlobId>, new: Option<BlobId>) -> (u64, u64) {
        self.learnt.lines.or_else((old, new), || {
            let counted = self.content(old).zip(self.content(new));
            let counted = counted.and_then(|(old, new)| line_counts(&old, &new).ok());
            counted.map_or((0, 0), |[added, removed]| (added as u64, removed as u64))
        })
    }

    /// A file that is not too large to compare.
    fn content(&self, blob: Option<BlobId>) -> Option<Vec<u8>> {
        let Some(blob) = blob else { return Some(Vec::new()) };
        let size = self.repository.blob_size(blob).ok()?;
        (size <= LARGEST).then(|| self.repository.blob(blob).ok()).flatten()
    }
}

/// The committer's day in UTC.
pub(super) fn day_of(step: &Step) -> Date {
    step.time.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TreeId;

    /// A history of parents alone.
    fn history(parents: &[&[usize]]) -> History {
        let step = |(at, parents): (usize, &&[usize])| Step {
            id: CommitId([u8::try_from(at).unwrap(); 20]),
            tree: TreeId([0; 20]),
            parents: parents.to_vec(),
            time: jiff::Timestamp::UNIX_EPOCH,
            author: 0,
        };
        let mut history = History::default();
        history.steps = parents.iter().enumerate().map(step).collect();
        history
    }

    #[test]
    fn a_neck_is_where_all_branches_meet() {
        // A merge of 1 and 2, both from 3, on 4.
        let history = history(&[&[1, 2], &[3], &[3], &[4], &[]]);
        assert_eq!(necks(&history), [true, false, false, true, true]);
    }

    #[test]
    fn two_beginnings_are_no_neck() {
        let history = history(&[&[1, 2], &[], &[]]);
        assert_eq!(necks(&history), [true, false, true]);
    }
}
