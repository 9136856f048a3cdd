//! Reading pages and making shards of them, on several threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::error::IndexError;
use super::report::Report;
use super::shard::Shard;
use super::source::{BlobReader, Content, PageKey, Source};
use crate::corpus::{Page, SectionText};
use crate::repo_path::RepoPath;

/// Bytes of pages in one shard that stays in memory, about.
const IN_MEMORY: usize = 256 << 20;

/// Below this many pages a second thread costs more than it saves.
const PAGES_PER_THREAD: usize = 64;

/// Pages that a thread takes at once: neighbours are alike, and lie well together.
const CLAIM: usize = 32;

/// Reads and indexes `pages`, on as many threads as pay off.
pub(super) fn build(
    pages: &[PageKey],
    source: &dyn Source,
    report: &mut Report,
) -> Result<Vec<Shard>, IndexError> {
    build_runs(pages, source, report, IN_MEMORY, &|shard| shard)
}

/// The same, where a thread hands over what it has whenever it has read `bytes` of pages.
pub(super) fn build_runs<T: Send>(
    pages: &[PageKey],
    source: &dyn Source,
    report: &mut Report,
    bytes: usize,
    hand_over: &(dyn Fn(Shard) -> T + Sync),
) -> Result<Vec<T>, IndexError> {
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = cores.min(pages.len().div_ceil(PAGES_PER_THREAD));
    let queue = Queue { pages, source, claimed: AtomicUsize::new(0), done: AtomicUsize::new(0) };
    let work = || Reader::of(&queue)?.shards(bytes, hand_over);
    let results: Vec<_> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut results = vec![work()];
        for other in others {
            results.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    });
    let mut shards = Vec::new();
    for result in results {
        let (built, unreadable) = result?;
        report.unreadable.extend(unreadable);
        shards.extend(built);
    }
    report.indexed += pages.len() - report.unreadable.len();
    Ok(shards)
}

/// Pages that nobody has taken yet.
struct Queue<'a> {
    pages: &'a [PageKey],
    source: &'a dyn Source,
    claimed: AtomicUsize,
    done: AtomicUsize,
}

impl<'a> Queue<'a> {
    fn claim(&self) -> &'a [PageKey] {
        let from = self.claimed.fetch_add(CLAIM, Ordering::Relaxed).min(self.pages.len());
        &self.pages[from..self.pages.len().min(from + CLAIM)]
    }

    fn tell(&self) {
        self.source.progress(self.done.fetch_add(1, Ordering::Relaxed) + 1, self.pages.len());
    }
}

/// What one thread reads.
struct Reader<'a> {
    queue: &'a Queue<'a>,
    blobs: Box<dyn BlobReader + 'a>,
    claimed: std::slice::Iter<'a, PageKey>,
    unreadable: Vec<RepoPath>,
    failure: Option<IndexError>,
}

impl<'a> Reader<'a> {
    fn of(queue: &'a Queue<'a>) -> Result<Self, IndexError> {
        let blobs = queue.source.reader()?;
        Ok(Self { queue, blobs, claimed: [].iter(), unreadable: Vec::new(), failure: None })
    }

    /// Shards of about so many `bytes` of pages, until there are no more pages.
    fn shards<T>(
        mut self,
        bytes: usize,
        hand_over: &dyn Fn(Shard) -> T,
    ) -> Result<(Vec<T>, Vec<RepoPath>), IndexError> {
        let (mut shards, most) = (Vec::new(), self.queue.pages.len());
        loop {
            let mut left = bytes;
            let pages = std::iter::from_fn(|| {
                let (page, size) = if left == 0 { None } else { self.next() }?;
                left = left.saturating_sub(size);
                Some(page)
            });
            let shard = Shard::build(pages, most)?;
            if let Some(failure) = self.failure {
                return Err(failure);
            }
            let Some(shard) = shard else { return Ok((shards, self.unreadable)) };
            shards.push(hand_over(shard));
            // What the library remembers of objects would grow with all that was read.
            self.blobs = self.queue.source.reader()?;
        }
    }

    /// The next page that can be read, and its bytes; none after a failure.
    fn next(&mut self) -> Option<((Page, Vec<SectionText>), usize)> {
        loop {
            let Some(key) = self.claimed.next() else {
                let claimed = self.queue.claim();
                if claimed.is_empty() {
                    return None;
                }
                self.claimed = claimed.iter();
                continue;
            };
            self.queue.tell();
            match self.blobs.read(key) {
                Ok(Content::Bytes(bytes)) => {
                    return Some((Page::read(key.path.clone(), key.blob, &bytes), bytes.len()));
                }
                Ok(Content::Oversize(size)) => {
                    let page = Page::oversize(key.path.clone(), key.blob, size);
                    return Some(((page, vec![SectionText::default()]), 0));
                }
                Ok(Content::Missing) => self.unreadable.push(key.path.clone()),
                Err(error) => {
                    self.failure = Some(error);
                    return None;
                }
            }
        }
    }
}
