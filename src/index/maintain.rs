//! Keeping the folder small: shards merged by size, dead entries left behind.

use std::sync::Arc;

use tantivy::BitSet;
use tantivy::directory::RamDirectory;
use tantivy::fastfield::{AliveBitSet, write_alive_bitset};
use tantivy::indexer::merge_filtered_segments;

use super::alive::Alive;
use super::disk::{Disk, Lock, Manifest};
use super::error::IndexError;
use super::schema::settings;
use super::shard::{Shard, Written};
use super::state::State;
use super::view::View;

/// Shards above which small ones are merged: each costs an answer an open file.
const MAX_SHARDS: usize = 8;

/// Documents of a merge that is made in memory, where it takes no file but the last.
const IN_MEMORY: u32 = 20_000;

/// A shard joins a merge if it is at most this many times the smaller ones together.
const RATIO: u64 = 3;

/// Writes `view` and the manifest, after merging what should be merged.
/// `view` is renumbered with them; a view that is not `whole` (a page could
/// not be read) is not kept, so that the page is tried again.
pub(super) fn settle(
    disk: &Disk,
    lock: &Lock,
    manifest: &mut Manifest,
    (view, whole): (&mut View, bool),
    state: &mut State,
) -> Result<(), IndexError> {
    let mut views = disk.views();
    views.retain(|old| old.key != view.key && is_backed(old, manifest));
    views.insert(0, view.clone());
    let chosen = choose(manifest, &views);
    if !chosen.is_empty() {
        merge(disk, lock, manifest, &mut views, &chosen, state)?;
        for view in &views[1..] {
            disk.write_view(lock, view)?;
        }
    }
    *view = views[0].clone();
    if whole {
        disk.write_view(lock, view)?;
        manifest.last = Some(view.key.clone());
    }
    manifest.version = super::schema::SCHEMA_VERSION;
    disk.write_manifest(lock, manifest)?;
    if !chosen.is_empty() {
        disk.sweep(lock, manifest, &views);
    }
    Ok(())
}

fn is_backed(view: &View, manifest: &Manifest) -> bool {
    view.shards.iter().all(|(id, _)| manifest.shards.iter().any(|entry| entry.id == *id))
}

/// Names of the shards to merge into one: those mostly dead, and, where there
/// are too many, the small ones up to a clear step in size.
fn choose(manifest: &Manifest, views: &[View]) -> Vec<String> {
    let mut sizes: Vec<(u64, &str)> = manifest
        .shards
        .iter()
        .map(|entry| (u64::from(entry.documents), entry.id.as_str()))
        .collect();
    sizes.sort_unstable();
    let mut chosen: Vec<String> = sizes
        .iter()
        .filter(|(documents, id)| 2 * u64::from(kept(id, *documents, views).count()) < *documents)
        .map(|(_, id)| (*id).to_owned())
        .collect();
    if sizes.len() > MAX_SHARDS {
        let (mut sum, mut taken) = (0, 0);
        for (documents, id) in sizes {
            if taken >= 2 && documents > RATIO * sum {
                break;
            }
            (sum, taken) = (sum + documents, taken + 1);
            if !chosen.iter().any(|chosen| chosen == id) {
                chosen.push(id.to_owned());
            }
        }
    }
    chosen
}

/// Documents of a shard that any view still wants.
fn kept(shard: &str, documents: u64, views: &[View]) -> Alive {
    let mut kept = Alive::none(u32::try_from(documents).unwrap_or(u32::MAX));
    for (_, alive) in views.iter().flat_map(|view| &view.shards).filter(|(id, _)| id == shard) {
        kept.union(alive);
    }
    kept
}

fn merge(
    disk: &Disk,
    lock: &Lock,
    manifest: &mut Manifest,
    views: &mut [View],
    chosen: &[String],
    state: &mut State,
) -> Result<(), IndexError> {
    let mut parts = Vec::new();
    for entry in manifest.shards.iter().filter(|entry| chosen.contains(&entry.id)) {
        let kept = kept(&entry.id, u64::from(entry.documents), views);
        if kept.count() > 0 {
            let shard = match state.open.get(&entry.id) {
                Some(shard) => Arc::clone(shard),
                None => Arc::new(disk.open(entry)?),
            };
            parts.push((shard, kept));
        }
    }
    manifest.shards.retain(|entry| !chosen.contains(&entry.id));
    if parts.is_empty() {
        return Ok(());
    }
    let documents: u32 = parts.iter().map(|(_, kept)| kept.count()).sum();
    let into = match documents {
        ..=IN_MEMORY => Written::InMemory(RamDirectory::create()),
        _ => Written::OnDisk(disk.scratch(lock)?),
    };
    let merged = merge_parts(&parts, into)?;
    manifest.shards.push(disk.write_shard(lock, &merged)?);
    for view in views {
        renumber(view, &parts, &merged);
    }
    state.open.insert(merged.id.clone(), Arc::new(merged));
    Ok(())
}

/// The documents of `parts` that are kept, as one shard whose files are in `into`.
pub(super) fn merge_parts(
    parts: &[(Arc<Shard>, Alive)],
    into: Written,
) -> Result<Shard, IndexError> {
    let mut segments = Vec::new();
    let mut filters = Vec::new();
    for (shard, kept) in parts {
        segments.extend(shard.index().searchable_segments()?);
        filters.push(Some(filter(kept)?));
    }
    let index = merge_filtered_segments(&segments, settings(), filters, into.directory())?;
    Ok(Shard::of_index(index, into)?)
}

fn filter(kept: &Alive) -> Result<AliveBitSet, IndexError> {
    let mut set = BitSet::with_max_value(kept.len());
    for doc in kept.docs() {
        set.insert(doc);
    }
    let mut bytes = Vec::new();
    write_alive_bitset(&set, &mut bytes)?;
    Ok(AliveBitSet::open(tantivy::directory::OwnedBytes::new(bytes)))
}

/// tantivy stacks the kept documents of the merged shards in their order.
fn renumber(view: &mut View, parts: &[(Arc<Shard>, Alive)], merged: &Shard) {
    let none = |shard: &Shard| Alive::none(shard.len());
    let alive: Alive = parts
        .iter()
        .flat_map(|(shard, kept)| {
            let mine =
                view.shards.iter().find(|(id, _)| *id == shard.id).map(|(_, alive)| alive.clone());
            mine.unwrap_or_else(|| none(shard)).after_keeping(kept).collect::<Vec<_>>()
        })
        .collect();
    view.shards.retain(|(id, _)| parts.iter().all(|(shard, _)| shard.id != *id));
    if alive.count() > 0 {
        view.shards.push((merged.id.clone(), alive));
    }
}
