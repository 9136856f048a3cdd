//! Pages handed out to as many threads as there are processors.
//!
//! What comes out does not depend on which thread took which page: answers are
//! put back in the pages' order, and notes into one sorted set.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::chronicle::Chronicle;
use super::gather::{Gatherer, Ground, Skip};
use super::stamps::Reviews;
use crate::audit::Evidence;
use crate::corpus::{Facts, Page};
use crate::ops::error::OpError;

/// Pages that a thread takes at a time: few enough that none waits for long.
const BATCH: usize = 16;
/// Pages below this are no work for a second thread, which opens the repository anew.
const FEW: usize = 200;

/// What one thread gathered: evidence by the place of its page.
type Share = (Vec<(usize, Evidence)>, BTreeSet<Skip>);

/// What is known of each of `pages`, and what could not be looked at.
pub(super) fn gathered(
    ground: &Ground<'_>,
    reviews: Reviews<'_>,
    pages: &[(&Page, Facts)],
) -> Result<(Vec<Evidence>, BTreeSet<Skip>), OpError> {
    let next = AtomicUsize::new(0);
    let work = |reviews: Reviews<'_>| -> Result<Share, OpError> {
        let mut gatherer = Gatherer::new(ground, reviews);
        let mut found = Vec::new();
        loop {
            let from = next.fetch_add(BATCH, Ordering::Relaxed);
            let batch = pages.iter().enumerate().skip(from).take(BATCH);
            if batch.len() == 0 {
                return Ok((found, gatherer.skipped));
            }
            for (at, (page, facts)) in batch {
                found.push((at, gatherer.evidence(page, facts)?));
            }
        }
    };
    let address = reviews.chronicle.repository.address();
    let (learnt, versions) = (reviews.chronicle.learnt, reviews.versions);
    let apart = || {
        let repository = address.open()?;
        let chronicle = Chronicle { repository: &repository, learnt };
        work(Reviews { chronicle: &chronicle, versions })
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = cores.min(pages.len().div_ceil(FEW));
    let shares = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(apart)).collect();
        let mut shares = vec![work(reviews)];
        for other in others {
            match other.join() {
                Ok(share) => shares.push(share),
                // As if it had happened here: the door knows what to say.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        shares
    });
    let (mut found, mut skipped) = (Vec::with_capacity(pages.len()), BTreeSet::new());
    for share in shares {
        let (evidence, notes) = share?;
        found.extend(evidence);
        skipped.extend(notes);
    }
    found.sort_unstable_by_key(|(at, _)| *at);
    Ok((found.into_iter().map(|(_, evidence)| evidence).collect(), skipped))
}
