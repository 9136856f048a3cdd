//! Pages of a work tree, in place of those of a commit.

use std::sync::Arc;

use super::alive::Alive;
use super::build::build;
use super::error::IndexError;
use super::fit::Index;
use super::report::Report;
use super::snapshot::Snapshot;
use super::source::{PageChange, PageKey, Source};

impl Index {
    /// `base` with some pages replaced, in memory only: pages of a work tree.
    pub fn overlay(
        base: Snapshot,
        changes: &[PageChange],
        source: &dyn Source,
    ) -> Result<(Snapshot, Report), IndexError> {
        let mut report = Report { in_memory: true, ..Report::default() };
        let (mut shards, mut totals) = base.into_parts();
        for change in changes {
            let Some(key) = change.old.map(|blob| PageKey { path: change.path.clone(), blob })
            else {
                continue;
            };
            for (shard, alive) in &mut shards {
                if let Some(head) = shard.find(&key)?.filter(|&head| alive.contains(head)) {
                    let docs = shard.page_docs(head);
                    totals.subtract(&shard.totals(docs.clone()));
                    alive.set_range(docs, false);
                }
            }
        }
        let new: Vec<PageKey> = changes
            .iter()
            .filter_map(|change| Some(PageKey { path: change.path.clone(), blob: change.new? }))
            .collect();
        for shard in build(&new, source, &mut report)? {
            totals.add(&shard.totals(0..shard.len()));
            let alive = Alive::all(shard.len());
            shards.push((Arc::new(shard), alive));
        }
        Ok((Snapshot::new(shards, totals), report))
    }
}
