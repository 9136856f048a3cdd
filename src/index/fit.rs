//! Making the index fit a tree.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::alive::Alive;
use super::build::build;
use super::disk::{Disk, Lock, Manifest, NoLock};
use super::error::IndexError;
use super::maintain;
use super::report::Report;
use super::runs::build_on_disk;
use super::shard::Shard;
use super::snapshot::Snapshot;
use super::source::{PageChange, PageKey, Source};
use super::state::State;
use super::view::{View, ViewKey};

/// How often an answer begins again because a file was gone or damaged.
const ATTEMPTS: usize = 8;

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Where it lives; `None` in memory.
    pub folder: Option<std::path::PathBuf>,
    /// Number of shards.
    pub shards: usize,
    /// Documents in all shards, of all commits.
    pub documents: u64,
    /// Views on disk.
    pub views: usize,
    /// Bytes on disk.
    pub bytes: u64,
}

/// An index, on disk where it may, and in memory.
pub struct Index {
    disk: Option<Disk>,
    state: Mutex<State>,
    /// How often it was brought to a tree that it did not hold yet.
    moves: AtomicU64,
}

impl Index {
    /// The index below `folder`; without one, in memory.
    pub fn open(folder: Option<&Path>) -> Self {
        Self { disk: folder.map(Disk::below), state: Mutex::default(), moves: AtomicU64::new(0) }
    }

    /// The documents of `source`'s tree, indexed first where they are not yet.
    pub fn fit(&self, source: &dyn Source) -> Result<(Snapshot, Report), IndexError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut report = Report::default();
        let mut fitting = Fitting {
            disk: self.disk.as_ref(),
            state: &mut state,
            source,
            report: &mut report,
            has_moved: false,
        };
        for _ in 0..ATTEMPTS {
            match fitting.attempt() {
                Err(IndexError::Damaged { shard, reason }) => fitting.distrust(shard, &reason),
                other => {
                    self.moves.fetch_add(u64::from(fitting.has_moved), Ordering::Relaxed);
                    return other.map(|snapshot| (snapshot, report));
                }
            }
        }
        fitting.disk = None;
        fitting.attempt().map(|snapshot| (snapshot, report))
    }

    /// How often this process brought it to a tree that it did not hold yet.
    pub fn moves(&self) -> u64 {
        self.moves.load(Ordering::Relaxed)
    }

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

    /// Forgets everything that can be made again. False where the folder is
    /// left as it was: another process is writing, or nothing may be written.
    pub fn clear(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = State::default();
        let Some(disk) = &self.disk else { return true };
        let lock = disk.lock();
        if let Ok(lock) = &lock {
            disk.clear(lock);
        }
        lock.is_ok()
    }

    /// Where it lives; `None` in memory.
    pub(super) fn disk(&self) -> Option<&Disk> {
        self.disk.as_ref()
    }

    /// What the index holds.
    pub fn stats(&self) -> Stats {
        let Some(disk) = &self.disk else { return Stats::default() };
        let manifest = disk.manifest().ok().flatten().unwrap_or_default();
        Stats {
            folder: Some(disk.root().to_owned()),
            shards: manifest.shards.len(),
            documents: manifest.shards.iter().map(|entry| u64::from(entry.documents)).sum(),
            views: disk.views().len(),
            bytes: disk.bytes(),
        }
    }
}

/// One answer's work.
struct Fitting<'a> {
    disk: Option<&'a Disk>,
    state: &'a mut State,
    source: &'a dyn Source,
    report: &'a mut Report,
    /// No view of the tree was there yet.
    has_moved: bool,
}

impl Fitting<'_> {
    fn attempt(&mut self) -> Result<Snapshot, IndexError> {
        let key = self.source.key();
        let manifest = self.manifest();
        // A process that lasts would else keep files open that another one merged away.
        self.state.open.retain(|id, _| manifest.shards.iter().any(|entry| entry.id == *id));
        if let Some(view) = self.known_view(&key, &manifest) {
            return self.snapshot(&view, &manifest);
        }
        self.has_moved = true;
        let Some(disk) = self.disk else { return self.in_memory(&manifest, key) };
        match disk.lock() {
            Ok(lock) => {
                let manifest = self.manifest();
                self.on_disk(disk, &lock, manifest, key)
            }
            Err(NoLock::Busy | NoLock::Unwritable) => self.in_memory(&manifest, key),
        }
    }

    /// What is on disk; a manifest that cannot be read counts as none and is said once.
    fn manifest(&mut self) -> Manifest {
        let read = self.disk.map_or(Ok(None), Disk::manifest);
        let mut manifest = read
            .unwrap_or_else(|reason| {
                let note = format!(
                    "the index's manifest cannot be used ({reason}); the index is made again"
                );
                if !self.report.notes.contains(&note) {
                    self.report.notes.push(note);
                }
                None
            })
            .unwrap_or_default();
        manifest.shards.retain(|entry| !self.state.bad.contains(&entry.id));
        manifest
    }

    /// A view made before, if everything it names is still there.
    fn known_view(&self, key: &ViewKey, manifest: &Manifest) -> Option<View> {
        let remembered = self.state.views.iter().find(|view| view.key == *key).cloned();
        let view = self.disk.and_then(|disk| disk.view(key)).or(remembered)?;
        view.shards.iter().all(|(id, _)| self.is_known(id, manifest)).then_some(view)
    }

    fn is_known(&self, id: &str, manifest: &Manifest) -> bool {
        manifest.shards.iter().any(|entry| entry.id == id)
            || self.state.memory.iter().any(|shard| shard.id == id)
    }

    fn snapshot(&mut self, view: &View, manifest: &Manifest) -> Result<Snapshot, IndexError> {
        let mut shards = Vec::with_capacity(view.shards.len());
        for (id, alive) in &view.shards {
            let shard = self.shard(id, manifest)?;
            if shard.len() != alive.len() {
                let reason = format!("it has {} documents instead of {}", shard.len(), alive.len());
                return Err(IndexError::Damaged { shard: id.clone(), reason });
            }
            shards.push((shard, alive.clone()));
        }
        Ok(Snapshot::new(shards, view.totals.clone()))
    }

    fn shard(&mut self, id: &str, manifest: &Manifest) -> Result<Arc<Shard>, IndexError> {
        if let Some(shard) = self.state.memory.iter().find(|shard| shard.id == id) {
            return Ok(Arc::clone(shard));
        }
        if let Some(shard) = self.state.open.get(id) {
            return Ok(Arc::clone(shard));
        }
        let entry = manifest.shards.iter().find(|entry| entry.id == id);
        let (Some(disk), Some(entry)) = (self.disk, entry) else {
            return Err(IndexError::Damaged {
                shard: id.to_owned(),
                reason: "it is gone".to_owned(),
            });
        };
        let shard = Arc::new(disk.open(entry)?);
        self.state.open.insert(id.to_owned(), Arc::clone(&shard));
        Ok(shard)
    }

    fn all_shards(&mut self, manifest: &Manifest) -> Result<Vec<Arc<Shard>>, IndexError> {
        let ids: Vec<String> = manifest.shards.iter().map(|entry| entry.id.clone()).collect();
        let mut shards: Vec<_> =
            ids.iter().map(|id| self.shard(id, manifest)).collect::<Result<_, _>>()?;
        shards.extend(self.state.memory.iter().cloned());
        Ok(shards)
    }

    /// Builds what is missing and writes it.
    fn on_disk(
        &mut self,
        disk: &Disk,
        lock: &Lock,
        mut manifest: Manifest,
        key: ViewKey,
    ) -> Result<Snapshot, IndexError> {
        let (mut view, missing) = self.derive(&manifest, key)?;
        let built = match build_on_disk(disk, lock, &missing, self.source, self.report) {
            Err(error @ (IndexError::Io { .. } | IndexError::Tantivy(_))) => {
                self.not_kept(&error);
                *self.report = Report { indexed: 0, unreadable: Vec::new(), ..self.report.clone() };
                return self.in_memory(&manifest, view.key);
            }
            built => built?,
        };
        let whole = self.report.unreadable.is_empty();
        for (shard, entry) in built {
            include(&mut view, &shard);
            manifest.shards.push(entry);
            self.state.open.insert(shard.id.clone(), shard);
        }
        let settled = maintain::settle(disk, lock, &mut manifest, (&mut view, whole), self.state);
        if let Err(error) = settled {
            self.not_kept(&error);
        }
        self.snapshot(&view, &manifest)
    }

    fn not_kept(&mut self, error: &IndexError) {
        self.report.in_memory = true;
        self.report.notes.push(format!("the index is not kept: {error}"));
    }

    /// Builds what is missing and keeps it for this process only.
    fn in_memory(&mut self, manifest: &Manifest, key: ViewKey) -> Result<Snapshot, IndexError> {
        let (mut view, missing) = self.derive(manifest, key)?;
        self.report.in_memory = true;
        for shard in build(&missing, self.source, self.report)? {
            include(&mut view, &shard);
            self.state.memory.push(Arc::new(shard));
        }
        if self.report.unreadable.is_empty() {
            self.state.views.retain(|old| old.key != view.key);
            self.state.views.push(view.clone());
        }
        self.snapshot(&view, manifest)
    }

    /// The view of `key` over the known shards, and the pages that none of them holds.
    fn derive(
        &mut self,
        manifest: &Manifest,
        key: ViewKey,
    ) -> Result<(View, Vec<PageKey>), IndexError> {
        let shards = self.all_shards(manifest)?;
        let (mut view, changes) = match self.starting_point(manifest, &key)? {
            Some(start) => start,
            None => (View::empty(key.clone()), all_new(self.source.pages()?)),
        };
        view.key = key;
        let mut missing = Vec::new();
        for PageChange { path, old, new } in changes {
            if let Some(blob) = old {
                switch(&mut view, &shards, &PageKey { path: path.clone(), blob }, false)?;
            }
            if let Some(blob) = new {
                let key = PageKey { path, blob };
                if !switch(&mut view, &shards, &key, true)? {
                    missing.push(key);
                }
            }
        }
        view.shards.retain(|(_, alive)| alive.count() > 0);
        Ok((view, missing))
    }

    /// The view written last, if it can be compared with this tree.
    fn starting_point(
        &mut self,
        manifest: &Manifest,
        key: &ViewKey,
    ) -> Result<Option<(View, Vec<PageChange>)>, IndexError> {
        let Some(last) = manifest.last.as_ref().filter(|last| last.roots == key.roots) else {
            return Ok(None);
        };
        let Some(view) = self.known_view(last, manifest) else { return Ok(None) };
        let changes = self.source.changes(last.tree)?;
        Ok(changes.map(|changes| (view, changes)))
    }

    /// Leaves a damaged shard out from now on, and says so.
    fn distrust(&mut self, shard: String, reason: &str) {
        self.state.open.remove(&shard);
        let gone = self.disk.is_some_and(|disk| {
            disk.manifest()
                .ok()
                .flatten()
                .is_some_and(|m| m.shards.iter().all(|entry| entry.id != shard))
        });
        if !gone {
            self.report.notes.push(format!(
                "shard {shard} of the index is damaged ({reason}); its pages are indexed again"
            ));
            self.state.bad.insert(shard);
        }
    }
}

fn all_new(pages: Vec<PageKey>) -> Vec<PageChange> {
    pages
        .into_iter()
        .map(|key| PageChange { path: key.path, old: None, new: Some(key.blob) })
        .collect()
}

/// Adds a known page to the view or takes it out; false if no shard holds it.
fn switch(
    view: &mut View,
    shards: &[Arc<Shard>],
    key: &PageKey,
    alive: bool,
) -> Result<bool, IndexError> {
    for shard in shards {
        let Some(head) = shard.find(key)? else { continue };
        let set = view.alive_mut(&shard.id, shard.len());
        if set.contains(head) != alive {
            let docs = shard.page_docs(head);
            let counts = shard.totals(docs.clone());
            set.set_range(docs, alive);
            if alive {
                view.totals.add(&counts);
            } else {
                view.totals.subtract(&counts);
            }
            return Ok(true);
        }
        if alive {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Adds a whole new shard to the view.
fn include(view: &mut View, shard: &Shard) {
    view.totals.add(&shard.totals(0..shard.len()));
    view.alive_mut(&shard.id, shard.len()).set_range(0..shard.len(), true);
}
