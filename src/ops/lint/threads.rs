//! Pages handed out to as many threads as there are processors.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::lint::{Bytes, Context, Outcome, Selection, Share, conclude};

/// Pages that a thread takes at a time: few enough that none waits for long.
const BATCH: usize = 16;

/// Looks at everything that `selection` names.
pub(super) fn look(context: Context<'_>, selection: &Selection, bytes: &Bytes<'_>) -> Outcome {
    let shares = shares(&context, selection, bytes);
    conclude(context, selection, shares)
}

/// What each thread saw; together, every page once.
fn shares<'a>(
    context: &Context<'_>,
    selection: &'a Selection,
    bytes: &Bytes<'_>,
) -> Vec<Share<'a>> {
    let pages = context.catalogue.pages();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut share = Share::new(context, selection);
        while let Some(rest) = pages.get(next.fetch_add(BATCH, Ordering::Relaxed)..) {
            if rest.is_empty() {
                break;
            }
            rest.iter().take(BATCH).for_each(|page| share.page(context, page, bytes));
        }
        share
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = cores.min(pages.len().div_ceil(BATCH));
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut shares = vec![work()];
        for other in others {
            match other.join() {
                Ok(share) => shares.push(share),
                // As if it had happened here: the door knows what to say.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        shares
    })
}
