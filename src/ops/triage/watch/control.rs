//! How somebody else steers a watch: look now, stop, leave.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::line::{Counts, Line};

/// Finishes what was begun.
const STOPPING: u8 = 1;
/// Gives back what was begun.
const LEAVING: u8 = 2;

/// Steers a watch from another thread.
#[derive(Default)]
pub struct Control {
    pub(super) line: Line,
    /// 0 as long as tickets are taken.
    stage: AtomicU8,
    asked: Mutex<bool>,
    changed: Condvar,
}

impl Control {
    /// How much is in hand.
    pub fn counts(&self) -> Counts {
        self.line.counts()
    }

    /// Looks at the queue as soon as possible. Asked for often, it looks as often as
    /// its pace allows.
    pub fn look(&self) {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    /// Takes no more tickets, and finishes what was begun.
    pub fn stop(&self) {
        self.stage.fetch_max(STOPPING, Ordering::SeqCst);
        self.wake();
    }

    /// Gives back what was begun, after the step that is going on.
    pub fn leave(&self) {
        self.stage.fetch_max(LEAVING, Ordering::SeqCst);
        self.wake();
    }

    /// True once no more tickets are taken.
    pub fn is_stopping(&self) -> bool {
        self.stage.load(Ordering::SeqCst) >= STOPPING
    }

    pub(super) fn is_leaving(&self) -> bool {
        self.stage.load(Ordering::SeqCst) >= LEAVING
    }

    /// Waits for `longest`, until a look is asked for, or for the stop. A look that is
    /// asked for comes no earlier than after `least`.
    pub(super) fn wait(&self, least: Duration, longest: Duration) {
        let begun = Instant::now();
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let until = if *asked { least } else { longest };
            let left = until.saturating_sub(begun.elapsed());
            if left.is_zero() || self.is_stopping() {
                *asked = false;
                return;
            }
            let waited = self.changed.wait_timeout(asked, left);
            asked = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Under the lock, so that nobody who is about to wait misses it.
    fn wake(&self) {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        self.changed.notify_all();
        drop(asked);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_mins(10);

    #[test]
    fn a_look_that_is_asked_for_does_not_wait_for_its_time() {
        let control = Control::default();
        control.look();
        control.wait(Duration::ZERO, LONG);
        assert!(!control.is_stopping());
        // It was asked for once: now only a stop ends the waiting.
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| control.wait(Duration::ZERO, LONG));
            control.stop();
            waiting.join().unwrap();
        });
        assert!(control.is_stopping() && !control.is_leaving());
        control.leave();
        control.stop();
        assert!(control.is_leaving());
    }
}
