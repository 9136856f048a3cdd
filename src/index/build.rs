//! Reading pages and making shards of them, on several threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::error::IndexError;
use super::report::Report;
use super::shard::Shard;
use super::source::{Content, PageKey, Source};
use crate::corpus::{Page, SectionText};
use crate::repo_path::RepoPath;

/// Pages that one thread takes into one shard at most; bounds memory.
const PAGES_PER_SHARD: usize = 16_000;

/// Below this many pages a second thread costs more than it saves.
const PAGES_PER_THREAD: usize = 64;

/// Reads and indexes `pages`, on as many threads as pay off.
pub(super) fn build(
    pages: &[PageKey],
    source: &dyn Source,
    report: &mut Report,
) -> Result<Vec<Shard>, IndexError> {
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = cores.min(pages.len().div_ceil(PAGES_PER_THREAD));
    let chunk = pages.len().div_ceil(threads).min(PAGES_PER_SHARD);
    let chunks: Vec<&[PageKey]> = pages.chunks(chunk).collect();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut results = Vec::new();
        while let Some(chunk) = chunks.get(next.fetch_add(1, Ordering::Relaxed)) {
            let tell = || source.progress(done.fetch_add(1, Ordering::Relaxed) + 1, pages.len());
            results.push(build_shard(chunk, source, &tell));
        }
        results
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut results = work();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    });
    let mut shards = Vec::new();
    for result in results {
        let (shard, unreadable) = result?;
        report.unreadable.extend(unreadable);
        shards.extend(shard);
    }
    report.indexed += pages.len() - report.unreadable.len();
    Ok(shards)
}

fn build_shard(
    pages: &[PageKey],
    source: &dyn Source,
    tell: &dyn Fn(),
) -> Result<(Option<Shard>, Vec<RepoPath>), IndexError> {
    let mut reader = source.reader()?;
    let (mut failure, mut unreadable) = (None, Vec::new());
    let read = pages.iter().map_while(|key| {
        tell();
        match reader.read(key) {
            Ok(Content::Bytes(bytes)) => Some(Some(Page::read(key.path.clone(), key.blob, &bytes))),
            Ok(Content::Oversize(size)) => {
                let page = Page::oversize(key.path.clone(), key.blob, size);
                Some(Some((page, vec![SectionText::default()])))
            }
            Ok(Content::Missing) => {
                unreadable.push(key.path.clone());
                Some(None)
            }
            Err(error) => {
                failure = Some(error);
                None
            }
        }
    });
    let shard = Shard::build(read.flatten())?;
    match failure {
        Some(error) => Err(error),
        None => Ok((shard, unreadable)),
    }
}
