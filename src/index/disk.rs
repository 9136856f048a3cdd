//! The index's folder: a manifest, shards and views, each put in place whole.
//!
//! Only the holder of the lock writes. Every file is written beside its
//! place and renamed; nothing is synced, since all of it can be made again
//! from Git. Readers need no lock: the manifest names what exists, and a
//! reader that meets a file gone in between begins again.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory};

use super::bundle::{self, Bundle};
use super::error::IndexError;
use super::schema::SCHEMA_VERSION;
use super::scratch::Scratch;
use super::shard::Shard;
use super::view::{View, ViewKey};
use crate::held::Held;

/// Views that are kept for the commits last asked for.
const MAX_VIEWS: usize = 32;

/// The folder of one index.
#[derive(Debug, Clone)]
pub(super) struct Disk {
    root: PathBuf,
}

/// What the folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) version: u32,
    pub(super) shards: Vec<Entry>,
    /// The view written last: the nearest starting point for the next commit.
    pub(super) last: Option<ViewKey>,
}

/// One shard's file, with what shows that it was touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) documents: u32,
    /// Bytes.
    size: u64,
    /// Nanoseconds since 1970.
    modified: u128,
}

/// The right to write; given back when dropped, by the system too when the process dies.
pub(super) struct Lock {
    _held: Held,
}

/// Why there is no right to write.
pub(super) enum NoLock {
    /// Another process is writing.
    Busy,
    /// The folder cannot be written.
    Unwritable,
}

impl Disk {
    /// The index below `folder`, in the folder of this schema version.
    pub(super) fn below(folder: &Path) -> Self {
        Self { root: folder.join(format!("index-v{SCHEMA_VERSION}")) }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// What is there. `Ok(None)` where nothing is; an error where it is not a manifest.
    pub(super) fn manifest(&self) -> Result<Option<Manifest>, String> {
        let bytes = match fs::read(self.root.join("manifest.json")) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        let manifest: Manifest =
            serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        if manifest.version != SCHEMA_VERSION {
            return Err(format!("it has version {}, not {SCHEMA_VERSION}", manifest.version));
        }
        Ok(Some(manifest))
    }

    /// The view of `key`, if it is there and whole.
    pub(super) fn view(&self, key: &ViewKey) -> Option<View> {
        View::decode(&fs::read(self.root.join("views").join(key.file_name())).ok()?, key)
    }

    /// Opens a shard; checks its bytes where its file is not as it was written.
    pub(super) fn open(&self, entry: &Entry) -> Result<Shard, IndexError> {
        let damaged = |reason: String| IndexError::Damaged { shard: entry.id.clone(), reason };
        let name = shard_name(&entry.id);
        let path = self.root.join("shards").join(&name);
        let (size, modified) = stamp(&path).map_err(|error| damaged(error.to_string()))?;
        if size != entry.size {
            return Err(damaged(format!("it has {size} bytes instead of {}", entry.size)));
        }
        let directory = MmapDirectory::open(self.root.join("shards"))
            .map_err(|error| damaged(error.to_string()))?;
        let file =
            directory.open_read(Path::new(&name)).map_err(|error| damaged(error.to_string()))?;
        if modified != entry.modified {
            if !bundle::is_intact(&file.read_bytes()?) {
                return Err(damaged("its checksum differs".to_owned()));
            }
            // A copied clone has other times: without this each question would read it all.
            let _ = restamp(&path, entry.modified);
        }
        let bundle = Bundle::open(&file).map_err(|error| damaged(error.to_string()))?;
        // tantivy trusts its files: on some damage it panics instead of failing.
        let open = || Shard::open(entry.id.clone(), bundle);
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)) {
            Ok(opened) => opened.map_err(|error| damaged(error.to_string())),
            Err(_) => Err(damaged("its files do not fit together".to_owned())),
        }
    }

    /// What is wrong with a shard, read to its last byte; `None` where nothing is.
    pub(super) fn damage(&self, entry: &Entry) -> Option<IndexError> {
        let path = self.root.join("shards").join(shard_name(&entry.id));
        let damaged = |reason: String| IndexError::Damaged { shard: entry.id.clone(), reason };
        match fs::read(&path) {
            Err(error) => Some(damaged(error.to_string())),
            Ok(bytes) if !bundle::is_intact(&bytes) => {
                Some(damaged("its checksum differs".to_owned()))
            }
            Ok(_) => self.open(entry).err(),
        }
    }

    /// Asks for the right to write, without waiting.
    pub(super) fn lock(&self) -> Result<Lock, NoLock> {
        let unwritable = |_| NoLock::Unwritable;
        for folder in ["shards", "views"] {
            fs::create_dir_all(self.root.join(folder)).map_err(unwritable)?;
        }
        let path = self.root.join("writer.lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let file = file.map_err(unwritable)?;
        match Held::take(file) {
            Ok(held) => Ok(Lock { _held: held }),
            Err((_, TryLockError::WouldBlock)) => Err(NoLock::Busy),
            Err((_, TryLockError::Error(_))) => Err(NoLock::Unwritable),
        }
    }

    /// Writes a shard under its own name.
    pub(super) fn write_shard(&self, _: &Lock, shard: &Shard) -> Result<Entry, IndexError> {
        let path = self.root.join("shards").join(shard_name(&shard.id));
        let files = shard.files()?;
        put(&path, |out| bundle::pack(&files, out))?;
        let (size, modified) = stamp(&path).map_err(IndexError::io(&path))?;
        Ok(Entry { id: shard.id.clone(), documents: shard.len(), size, modified })
    }

    /// Removes a shard's file. An error is left to the next time.
    pub(super) fn remove(&self, _: &Lock, entry: &Entry) {
        let _ = fs::remove_file(self.root.join("shards").join(shard_name(&entry.id)));
    }

    /// An empty folder for a merge.
    pub(super) fn scratch(&self, _: &Lock) -> Result<Scratch, IndexError> {
        let folder = self.root.join("scratch");
        Scratch::create(folder.clone()).map_err(IndexError::io(&folder))
    }

    /// Writes a view.
    pub(super) fn write_view(&self, _: &Lock, view: &View) -> Result<(), IndexError> {
        let bytes = view.encode();
        put(&self.root.join("views").join(view.key.file_name()), |out| out.write_all(&bytes))
    }

    /// Writes the manifest: from now on readers see what it names.
    pub(super) fn write_manifest(&self, _: &Lock, manifest: &Manifest) -> Result<(), IndexError> {
        let bytes = serde_json::to_vec_pretty(manifest).unwrap_or_default();
        put(&self.root.join("manifest.json"), |out| out.write_all(&bytes))
    }

    /// The whole views that are kept, and every view's file without one.
    pub(super) fn views(&self) -> Vec<View> {
        let mut files: Vec<(u128, PathBuf)> = entries(&self.root.join("views"))
            .filter_map(|path| Some((stamp(&path).ok()?.1, path)))
            .collect();
        files.sort_unstable_by(|a, b| b.cmp(a));
        files.into_iter().take(MAX_VIEWS).filter_map(|(_, path)| read_view(&path)).collect()
    }

    /// Removes what `manifest` and `views` do not name. Errors are left to the next time.
    pub(super) fn sweep(&self, _: &Lock, manifest: &Manifest, views: &[View]) {
        let shards: HashSet<String> =
            manifest.shards.iter().map(|entry| shard_name(&entry.id)).collect();
        let views: HashSet<String> = views.iter().map(|view| view.key.file_name()).collect();
        for (folder, kept) in [("shards", shards), ("views", views)] {
            for path in entries(&self.root.join(folder)) {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if !kept.contains(&name) {
                    let _ = fs::remove_file(path);
                }
            }
        }
    }

    /// Bytes of all its files.
    pub(super) fn bytes(&self) -> u64 {
        let size = |path: PathBuf| stamp(&path).map_or(0, |(size, _)| size);
        let folders = ["shards", "views"].map(|folder| self.root.join(folder));
        folders.iter().flat_map(|folder| entries(folder)).map(size).sum()
    }

    /// Removes everything but the lock.
    pub(super) fn clear(&self, lock: &Lock) {
        let _ = fs::remove_file(self.root.join("manifest.json"));
        self.sweep(lock, &Manifest::default(), &[]);
    }
}

fn shard_name(id: &str) -> String {
    format!("{id}.shard")
}

/// Size in bytes and time of the last change in nanoseconds since 1970.
fn stamp(path: &Path) -> io::Result<(u64, u128)> {
    let metadata = fs::metadata(path)?;
    let since = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok((metadata.len(), since.as_nanos()))
}

/// Gives a file the time of its last change again, in nanoseconds since 1970.
fn restamp(path: &Path, modified: u128) -> io::Result<()> {
    let since = Duration::from_nanos_u128(modified);
    let time = UNIX_EPOCH.checked_add(since).ok_or(io::ErrorKind::InvalidInput)?;
    File::options().write(true).open(path)?.set_modified(time)
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()))
}

fn read_view(path: &Path) -> Option<View> {
    let name = path.file_name()?.to_str()?.strip_suffix(".view")?;
    let (tree, roots) = name.split_once('-')?;
    let key = ViewKey { tree: tree.parse().ok()?, roots: roots.to_owned() };
    View::decode(&fs::read(path).ok()?, &key)
}

/// Writes beside `path` and renames, so that nobody sees half a file.
fn put(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), IndexError> {
    let written = || {
        let beside = path.with_extension("new");
        let mut file = BufWriter::new(File::create(&beside)?);
        write(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?;
        fs::rename(&beside, path)
    };
    written().map_err(IndexError::io(path))
}
