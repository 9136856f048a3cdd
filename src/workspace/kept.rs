//! Answers that take long and follow from a commit: in a process that lasts each is
//! worked out once.

use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Memory, Workspace};
use crate::canonical::digest;

/// Answers that are remembered at once; the one that nobody asked for longest goes.
const MOST: usize = 8;

/// Histories, which may be large: the trunk's, and one of an earlier day.
const HISTORIES: usize = 2;

type Slot = Arc<Mutex<Option<Arc<dyn Any + Send + Sync>>>>;

/// What took long to work out.
pub(super) struct Kept {
    answers: Last,
    /// By their tips.
    pub(super) histories: Last,
}

impl Default for Kept {
    fn default() -> Self {
        Self { answers: Last::new(MOST), histories: Last::new(HISTORIES) }
    }
}

/// The last of what was asked for, by what it is made of.
pub(super) struct Last {
    most: usize,
    all: Mutex<Vec<(String, Slot)>>,
}

impl Last {
    fn new(most: usize) -> Self {
        Self { most, all: Mutex::default() }
    }

    /// The answer of this name; whoever asks first works it out, and who asks meanwhile
    /// waits for it. What failed is tried again.
    pub(super) fn or_else<T: Any + Send + Sync, E>(
        &self,
        name: String,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let slot = self.slot(name);
        let mut held = locked(&slot);
        if let Some(known) = held.clone().and_then(|it| it.downcast().ok()) {
            return Ok(known);
        }
        let value = Arc::new(work()?);
        *held = Some(Arc::<T>::clone(&value));
        Ok(value)
    }

    fn slot(&self, name: String) -> Slot {
        let mut all = locked(&self.all);
        let known = all.iter().position(|(it, _)| *it == name);
        let row = known.map_or_else(|| (name, Slot::default()), |at| all.remove(at));
        let slot = Arc::clone(&row.1);
        all.push(row);
        let over = all.len().saturating_sub(self.most);
        all.drain(..over);
        slot
    }
}

/// What a panic left is as good as any: a value is put in whole or not at all.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Workspace {
    /// The answer `what` of `memory`, worked out where this process did not do so yet.
    /// `what` names everything that it is made of beside the commit, the day and the
    /// settings. Of files on disk nothing is kept.
    pub(crate) fn kept<T: Any + Send + Sync, E>(
        &self,
        memory: &Memory,
        what: &str,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        match memory.made_of() {
            Some(made_of) => self.kept.answers.or_else(format!("{made_of} {what}"), work),
            None => work().map(Arc::new),
        }
    }
}

impl Memory {
    /// What its answers follow from; `None` where files on disk are among it, or what
    /// could not be read may be there the next time.
    fn made_of(&self) -> Option<String> {
        let commit = self.revision.commit.filter(|_| !self.revision.on_disk)?;
        let is_whole = self.report.unreadable.is_empty() && self.others.is_none();
        let settings = || digest(format!("{:?}", self.settings).as_bytes());
        let name = &self.revision.name;
        is_whole.then(|| format!("{commit} {name} {} {}", self.today(), settings()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(kept: &Last, name: &str) -> Arc<String> {
        kept.or_else(name.to_owned(), || Ok::<_, ()>(name.to_owned())).unwrap()
    }

    #[test]
    fn an_answer_is_worked_out_once() {
        let kept = Last::new(MOST);
        let first = known(&kept, "a");
        assert!(Arc::ptr_eq(&first, &known(&kept, "a")));
        assert_eq!(*known(&kept, "b"), "b");
    }

    #[test]
    fn what_failed_is_tried_again() {
        let kept = Last::new(MOST);
        let failed: Result<Arc<String>, &str> = kept.or_else("a".to_owned(), || Err("not now"));
        assert_eq!(failed, Err("not now"));
        assert_eq!(*known(&kept, "a"), "a");
    }

    #[test]
    fn the_one_that_nobody_asked_for_longest_goes() {
        let kept = Last::new(MOST);
        let first = known(&kept, "first");
        let second = known(&kept, "second");
        for number in 0..MOST - 2 {
            known(&kept, &number.to_string());
        }
        assert!(Arc::ptr_eq(&first, &known(&kept, "first")));
        known(&kept, "one too many");
        assert!(Arc::ptr_eq(&first, &known(&kept, "first")));
        assert!(!Arc::ptr_eq(&second, &known(&kept, "second")));
    }

    #[test]
    fn who_asks_meanwhile_waits() {
        let kept = Last::new(MOST);
        let count = std::sync::atomic::AtomicUsize::new(0);
        let begun = std::sync::Barrier::new(4);
        let ask = || {
            begun.wait();
            kept.or_else("a".to_owned(), || {
                std::thread::yield_now();
                Ok::<_, ()>(count.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
            })
        };
        std::thread::scope(|scope| {
            let asking: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            for one in asking {
                assert_eq!(one.join().unwrap().as_deref(), Ok(&0));
            }
        });
    }

    #[test]
    fn a_value_of_another_kind_is_not_taken_for_it() {
        let kept = Last::new(MOST);
        known(&kept, "a");
        assert_eq!(kept.or_else("a".to_owned(), || Ok::<_, ()>(7)).as_deref(), Ok(&7));
    }
}
