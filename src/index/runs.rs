//! Building on disk: of many pages a run at a time, so that they never lie in
//! memory together, and at the end runs become shards.

use std::sync::Arc;

use super::alive::Alive;
use super::build::{build, build_runs};
use super::disk::{Disk, Entry, Lock};
use super::error::IndexError;
use super::maintain::merge_parts;
use super::report::Report;
use super::shard::{Shard, Written};
use super::source::{PageKey, Source};

/// So many pages are one run, which needs no file of its own before it is a shard.
const SMALL: usize = 256;

/// Bytes of pages in a run. Each thread holds one in memory, with tables of its
/// words about as large; more runs make the merge at the end longer.
const RUN: usize = 4 << 20;

/// Documents of one shard at most. Each shard costs every answer its opening and a
/// look for every word; a merge has so many documents' files mapped at once.
const MAX_JOINED: u32 = 300_000;

/// A shard and its file.
type Kept = (Arc<Shard>, Entry);

/// Reads and indexes `pages`, and writes their shards.
pub(super) fn build_on_disk(
    disk: &Disk,
    lock: &Lock,
    pages: &[PageKey],
    source: &dyn Source,
    report: &mut Report,
) -> Result<Vec<Kept>, IndexError> {
    if pages.len() <= SMALL {
        let shards = build(pages, source, report)?.into_iter();
        let write = |shard| Ok((disk.write_shard(lock, &shard)?, shard));
        let written: Vec<_> = shards.map(write).collect::<Result<_, IndexError>>()?;
        return Ok(written.into_iter().map(|(entry, shard)| (Arc::new(shard), entry)).collect());
    }
    build_in_runs((disk, lock), pages, source, report, (RUN, MAX_JOINED))
}

/// Runs of about so many bytes, joined to shards of so many documents at most.
pub(super) fn build_in_runs(
    (disk, lock): (&Disk, &Lock),
    pages: &[PageKey],
    source: &dyn Source,
    report: &mut Report,
    (bytes, documents): (usize, u32),
) -> Result<Vec<Kept>, IndexError> {
    let hand_over = |shard: Shard| reopened(disk, lock, shard);
    let runs = build_runs(pages, source, report, bytes, &hand_over)?;
    let runs = runs.into_iter().collect::<Result<Vec<_>, _>>()?;
    grouped(runs, documents).into_iter().map(|runs| joined(disk, lock, runs)).collect()
}

/// The shard as it is on disk, where none of it takes memory that is not asked for.
fn reopened(disk: &Disk, lock: &Lock, shard: Shard) -> Result<Kept, IndexError> {
    let entry = disk.write_shard(lock, &shard)?;
    drop(shard);
    Ok((Arc::new(disk.open(&entry)?), entry))
}

/// Neighbours that together are one shard.
fn grouped(runs: Vec<Kept>, most: u32) -> Vec<Vec<Kept>> {
    let mut groups: Vec<Vec<Kept>> = Vec::new();
    let mut documents = 0_u32;
    for run in runs {
        let more = run.0.len();
        if let Some(group) = groups.last_mut()
            && documents.saturating_add(more) <= most
        {
            group.push(run);
            documents += more;
        } else {
            groups.push(vec![run]);
            documents = more;
        }
    }
    groups
}

/// Runs as one shard; their files go.
fn joined(disk: &Disk, lock: &Lock, mut runs: Vec<Kept>) -> Result<Kept, IndexError> {
    if runs.len() == 1 {
        return runs.pop().ok_or_else(|| unreachable!("a group has a run"));
    }
    let (parts, entries): (Vec<_>, Vec<_>) = runs
        .into_iter()
        .map(|(shard, entry)| {
            let all = Alive::all(shard.len());
            ((shard, all), entry)
        })
        .unzip();
    let merged = merge_parts(&parts, Written::OnDisk(disk.scratch(lock)?))?;
    // What is mapped of them counts as memory, and is not asked for any more.
    drop(parts);
    for entry in &entries {
        disk.remove(lock, entry);
    }
    reopened(disk, lock, merged)
}
