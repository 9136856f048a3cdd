//! History as an audit asks it: by path, and by what a commit could see.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::audit::Seen;
use crate::git::{GitError, History, Repository, Step, line_counts};
use crate::ids::{BlobId, CommitId};
use crate::repo_path::RepoPath;

/// Larger files are not compared line by line.
const LARGEST: u64 = 1_000_000;

/// A history with what is asked of it again and again.
pub(super) struct Chronicle<'a> {
    pub(super) repository: &'a Repository,
    pub(super) history: History,
    by_path: HashMap<RepoPath, Vec<usize>>,
    places: HashMap<CommitId, usize>,
    reached: RefCell<HashMap<usize, Rc<Reach>>>,
    lines: RefCell<HashMap<(Option<BlobId>, Option<BlobId>), (u64, u64)>>,
}

/// The commits that one reaches, itself among them: a bit for each step.
pub(super) struct Reach(Vec<u64>);

impl Reach {
    pub(super) fn holds(&self, step: usize) -> bool {
        self.0.get(step / 64).is_some_and(|word| word >> (step % 64) & 1 == 1)
    }
}

impl<'a> Chronicle<'a> {
    /// Of everything that `tip` reaches.
    pub(super) fn of(
        repository: &'a Repository,
        tip: CommitId,
        told: &dyn Fn(usize, usize),
    ) -> Result<Self, GitError> {
        let history = repository.history(tip, &mut |_, _| true, told)?;
        let mut by_path: HashMap<RepoPath, Vec<usize>> = HashMap::new();
        for (at, step) in history.steps.iter().enumerate() {
            for change in &step.changes {
                match by_path.get_mut(&change.path) {
                    Some(steps) => steps.push(at),
                    None => _ = by_path.insert(change.path.clone(), vec![at]),
                }
            }
        }
        let places = history.steps.iter().enumerate().map(|(at, step)| (step.id, at)).collect();
        let (reached, lines) = (RefCell::default(), RefCell::default());
        Ok(Self { repository, history, by_path, places, reached, lines })
    }

    pub(super) fn place(&self, commit: CommitId) -> Option<usize> {
        self.places.get(&commit).copied()
    }

    pub(super) fn step(&self, at: usize) -> &Step {
        &self.history.steps[at]
    }

    /// Steps that changed `path`, the newest first.
    pub(super) fn touching(&self, path: &RepoPath) -> &[usize] {
        self.by_path.get(path).map_or(&[], Vec::as_slice)
    }

    /// True if any step ever changed `path`.
    pub(super) fn knows(&self, path: &RepoPath) -> bool {
        self.by_path.contains_key(path)
    }

    /// What `from` reaches; worked out once.
    pub(super) fn reach(&self, from: usize) -> Rc<Reach> {
        if let Some(known) = self.reached.borrow().get(&from) {
            return Rc::clone(known);
        }
        let mut bits = vec![0_u64; self.history.steps.len().div_ceil(64)];
        let mut waiting = vec![from];
        while let Some(at) = waiting.pop() {
            let (word, bit) = (at / 64, 1_u64 << (at % 64));
            if bits[word] & bit == 0 {
                bits[word] |= bit;
                waiting.extend(&self.history.steps[at].parents);
            }
        }
        let reach = Rc::new(Reach(bits));
        self.reached.borrow_mut().insert(from, Rc::clone(&reach));
        reach
    }

    /// The blob that `path` has after the step `at`, where the step changed it.
    pub(super) fn change(&self, at: usize, path: &RepoPath) -> Option<&crate::git::Change> {
        let changes = &self.step(at).changes;
        let found = changes.binary_search_by(|change| change.path.cmp(path)).ok()?;
        Some(&changes[found])
    }

    pub(super) fn seen(&self, at: usize) -> Seen {
        let step = self.step(at);
        Seen { commit: step.id, day: day_of(step), author: self.author(at).to_owned() }
    }

    pub(super) fn author(&self, at: usize) -> &str {
        &self.history.people[self.step(at).author].name
    }

    /// Lines that came and went; zeros where that cannot be said.
    pub(super) fn lines(&self, old: Option<BlobId>, new: Option<BlobId>) -> (u64, u64) {
        if let Some(known) = self.lines.borrow().get(&(old, new)) {
            return *known;
        }
        let read = |blob: Option<BlobId>| match blob {
            None => Some(Vec::new()),
            Some(blob) => {
                let size = self.repository.blob_size(blob).ok()?;
                (size <= LARGEST).then(|| self.repository.blob(blob).ok()).flatten()
            }
        };
        let counted = read(old).zip(read(new));
        let counted = counted.and_then(|(old, new)| line_counts(&old, &new).ok());
        let counted = counted.unwrap_or_default();
        self.lines.borrow_mut().insert((old, new), counted);
        counted
    }
}

/// The committer's day in UTC.
pub(super) fn day_of(step: &Step) -> Date {
    step.time.to_zoned(TimeZone::UTC).date()
}
