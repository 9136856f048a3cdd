//! Reading pages and making shards of them, on several threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use super::documents::{Documents, documents};
use super::error::IndexError;
use super::report::Report;
use super::shard::Shard;
use super::source::{BlobReader, Content, PageKey, Source};
use super::threads::{cores, joined};
use super::tokenizer;
use crate::corpus::{Page, SectionText};
use crate::repo_path::RepoPath;
use crate::routing::analysis::Analyzer;

/// Bytes of pages in one shard that stays in memory, about.
const IN_MEMORY: usize = 256 << 20;

/// Below this many pages a second thread costs more than it saves.
const PAGES_PER_THREAD: usize = 64;

/// So few pages are not read ahead: the thread for it would take longer.
const FEW: usize = 4;

/// Pages that are read before they are wanted.
const AHEAD: usize = 8;

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
    let cores = cores();
    let threads = cores.min(pages.len().div_ceil(PAGES_PER_THREAD));
    let queue = Queue { pages, source, claimed: AtomicUsize::new(0), done: AtomicUsize::new(0) };
    let making = Making { most: pages.len(), bytes, hand_over };
    let results = if threads == 1 && cores > 1 && pages.len() >= FEW {
        vec![making.beside_reading(&queue)]
    } else {
        let work = || making.after_reading(&queue);
        on_threads(threads, &work)
    };
    let mut shards = Vec::new();
    for result in results {
        let (built, unreadable) = result?;
        report.unreadable.extend(unreadable);
        shards.extend(built);
    }
    report.indexed += pages.len() - report.unreadable.len();
    Ok(shards)
}

/// Does `work` on so many threads, this one among them.
fn on_threads<T: Send>(threads: usize, work: &(dyn Fn() -> T + Sync)) -> Vec<T> {
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut results = vec![work()];
        for other in others {
            results.push(joined(other));
        }
        results
    })
}

/// Shards, and pages that could not be read.
type Made<T> = Result<(Vec<T>, Vec<RepoPath>), IndexError>;

/// Making shards of what is read.
struct Making<'a, T> {
    /// Pages of one shard at most.
    most: usize,
    /// Bytes of pages in one, about.
    bytes: usize,
    hand_over: &'a (dyn Fn(Shard) -> T + Sync),
}

impl<T> Making<'_, T> {
    /// One thread reads a page and adds it, one after the other.
    fn after_reading(&self, queue: &Queue<'_>) -> Made<T> {
        let mut reader = Reader::of(queue, self.bytes)?;
        let shards = self.shards(|| reader.next())?;
        Ok((shards, reader.unreadable))
    }

    /// Another thread reads; this one adds what is read. Both take about as long, and one
    /// shard comes of it, where two that add would leave two for every question to open.
    fn beside_reading(&self, queue: &Queue<'_>) -> Made<T> {
        std::thread::scope(|scope| {
            let (sender, pages) = sync_channel(AHEAD);
            let reading = scope.spawn(move || {
                let mut reader = Reader::of(queue, self.bytes)?;
                // Nobody listens any more where the other thread has failed.
                while let Some(page) = reader.next()?
                    && sender.send(page).is_ok()
                {}
                Ok(reader.unreadable)
            });
            let shards = self.shards(|| Ok(pages.recv().ok()));
            drop(pages);
            let unreadable: Result<_, IndexError> = joined(reading);
            Ok((shards?, unreadable?))
        })
    }

    /// Shards of the pages that `next` gives, until it gives none.
    fn shards(
        &self,
        mut next: impl FnMut() -> Result<Option<Read>, IndexError>,
    ) -> Result<Vec<T>, IndexError> {
        let (mut shards, tokenizers) = (Vec::new(), tokenizer::manager());
        loop {
            let (mut left, mut failure) = (self.bytes, None);
            let pages = std::iter::from_fn(|| {
                let read = if left == 0 {
                    None
                } else {
                    next().unwrap_or_else(|error| {
                        failure = Some(error);
                        None
                    })
                }?;
                left = left.saturating_sub(read.bytes);
                Some(read.documents)
            });
            let shard = Shard::build(pages, self.most, &tokenizers)?;
            if let Some(failure) = failure {
                return Err(failure);
            }
            let Some(shard) = shard else { return Ok(shards) };
            shards.push((self.hand_over)(shard));
        }
    }
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

/// A page that was read.
struct Read {
    documents: Documents,
    bytes: usize,
}

/// What one thread reads.
struct Reader<'a> {
    queue: &'a Queue<'a>,
    blobs: Box<dyn BlobReader + 'a>,
    /// Bytes that one reader of blobs reads: what the library remembers of objects would grow
    /// with all that was read.
    most: usize,
    read: usize,
    claimed: std::slice::Iter<'a, PageKey>,
    analyzer: Analyzer,
    unreadable: Vec<RepoPath>,
}

impl<'a> Reader<'a> {
    fn of(queue: &'a Queue<'a>, most: usize) -> Result<Self, IndexError> {
        let (blobs, claimed) = (queue.source.reader()?, [].iter());
        let (analyzer, unreadable) = (Analyzer::default(), Vec::new());
        Ok(Self { queue, blobs, most, read: 0, claimed, analyzer, unreadable })
    }

    /// The next page that can be read.
    fn next(&mut self) -> Result<Option<Read>, IndexError> {
        loop {
            let Some(key) = self.claimed.next() else {
                let claimed = self.queue.claim();
                if claimed.is_empty() {
                    return Ok(None);
                }
                self.claimed = claimed.iter();
                continue;
            };
            self.queue.tell();
            if self.read >= self.most {
                (self.blobs, self.read) = (self.queue.source.reader()?, 0);
            }
            match self.blobs.read(key)? {
                Content::Bytes(bytes) => {
                    self.read += bytes.len();
                    let (page, texts) = Page::read(key.path.clone(), key.blob, &bytes);
                    return Ok(Some(self.documents(&page, &texts, bytes.len())));
                }
                Content::Oversize(size) => {
                    let page = Page::oversize(key.path.clone(), key.blob, size);
                    return Ok(Some(self.documents(&page, &[SectionText::default()], 0)));
                }
                Content::Missing => self.unreadable.push(key.path.clone()),
            }
        }
    }

    fn documents(&mut self, page: &Page, texts: &[SectionText], bytes: usize) -> Read {
        Read { documents: documents(page, texts, &mut self.analyzer), bytes }
    }
}
