//! Work handed out to as many threads as there are processors.
//!
//! Which thread takes which piece is chance: whoever asks puts together what
//! came out in an order of its own.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Pieces that a thread takes at a time: few enough that none waits for long.
const BATCH: usize = 16;

/// Hands out `0..count`, each number once. A thread begins with what `start`
/// makes, and its end state is in the answer; a thread has at least `few`
/// pieces to do, or is not begun.
pub(crate) fn spread<S: Send>(
    count: usize,
    few: usize,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize) + Sync,
) -> Vec<S> {
    let next = AtomicUsize::new(0);
    let batch = || -> Option<Range<usize>> {
        let from = next.fetch_add(BATCH, Ordering::Relaxed);
        (from < count).then(|| from..count.min(from + BATCH))
    };
    let one = || {
        let mut state = start();
        while let Some(batch) = batch() {
            batch.for_each(|at| work(&mut state, at));
        }
        state
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = cores.min(count.div_ceil(few.max(1)));
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(one)).collect();
        let mut states = vec![one()];
        for other in others {
            match other.join() {
                Ok(state) => states.push(state),
                // As if it had happened here: the door knows what to say.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        states
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_is_done_once_however_many_there_are() {
        for count in [0, 1, BATCH - 1, BATCH, BATCH + 1, 1_000] {
            for few in [0, 1, 200] {
                let states = spread(count, few, Vec::new, Vec::push);
                let mut all: Vec<usize> = states.into_iter().flatten().collect();
                all.sort_unstable();
                assert_eq!(all, (0..count).collect::<Vec<_>>(), "{count} by {few}");
            }
        }
    }

    #[test]
    #[should_panic(expected = "the seventh")]
    fn a_panic_of_any_thread_is_the_callers() {
        spread(1_000, 1, || (), |(), at| assert_ne!(at, 7, "the seventh"));
    }
}
