//! Pages handed out to all processors; each thread opens the repository for itself.

use super::chronicle::Chronicle;
use super::stamps::Reviews;
use crate::git::{GitError, Repository};
use crate::ops::error::OpError;
use crate::ops::threads::spread;

/// Pages that are worth opening the repository once more.
const FEW: usize = 200;

/// What one thread has: the repository, and answers by the place of their page.
type Own<T> = (Result<Repository, GitError>, Vec<(usize, Result<T, OpError>)>);

/// What `work` says of each of `0..count`, in that order; of several errors,
/// that of the first.
pub(super) fn each<T: Send>(
    reviews: Reviews<'_>,
    count: usize,
    work: impl Fn(Reviews<'_>, usize) -> Result<T, OpError> + Sync,
) -> Result<Vec<T>, OpError> {
    let address = reviews.chronicle.repository.address();
    let (learnt, versions) = (reviews.chronicle.learnt, reviews.versions);
    let begin = || -> Own<T> { (address.open(), Vec::new()) };
    let shares = spread(count, FEW, begin, |(repository, found), at| {
        let Ok(repository) = repository else { return };
        let chronicle = Chronicle { repository, learnt };
        found.push((at, work(Reviews { chronicle: &chronicle, versions }, at)));
    });
    let mut all = Vec::with_capacity(count);
    for (repository, found) in shares {
        repository?;
        all.extend(found);
    }
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, found)| found).collect()
}
