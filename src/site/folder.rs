//! The folder: made beside the place where it will stand, and put there in one step.
//!
//! `.NAME.prode-new` beside the folder is where files are made, `.NAME.prode-lock` lets
//! one build at a time do so. A killed build leaves both, and the next one clears up. What
//! no site wrote is never removed: a folder that holds such a file is refused.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest as _, Sha256};
use walkdir::WalkDir;

use super::manifest::{self, Manifest};
use crate::ids::hex;
use crate::ops::OpError;
use crate::ops::site::Answer;

/// How often a lock is asked for that its holder takes away in the same moment.
const TRIES: usize = 8;
/// Strange files that are named.
const NAMED: usize = 3;

/// The folder of a site.
pub(super) struct Folder {
    place: PathBuf,
    named: String,
    next: PathBuf,
    old: Option<Manifest>,
    /// Held while a build goes on; `None` where nothing will be written.
    lock: Option<Lock>,
}

/// One build at a time. The file is taken away together with the lock.
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Where files are put while a site is made.
pub(super) struct Sink<'a> {
    folder: &'a Folder,
    made: Mutex<Made>,
}

/// What was put there.
#[derive(Default)]
pub(super) struct Made {
    files: BTreeMap<String, manifest::File>,
    folders: HashSet<PathBuf>,
    written: usize,
}

impl Folder {
    /// Looks at the folder `place`, which is `named` so to people.
    pub(super) fn open(place: &Path, named: &str, dry_run: bool) -> Result<Self, OpError> {
        let place = place.canonicalize().unwrap_or_else(|_| place.to_owned());
        let (Some(above), Some(name)) = (place.parent(), place.file_name()) else {
            return Err(refused(named, "is no folder that can be made anew"));
        };
        let beside = |end: &str| above.join(format!(".{}.prode-{end}", name.to_string_lossy()));
        let (next, before) = (beside("new"), beside("old"));
        let mut lock = None;
        if !dry_run {
            fs::create_dir_all(above).map_err(|error| failed(above, &error))?;
            lock = Some(Lock::take(&beside("lock"), named)?);
            // What a killed build left: the site that was, or half a new one.
            if !place.exists() && before.exists() {
                fs::rename(&before, &place).map_err(|error| failed(&before, &error))?;
            }
            for left in [&next, &before].into_iter().filter(|left| left.exists()) {
                fs::remove_dir_all(left).map_err(|error| failed(left, &error))?;
            }
        }
        let old = known(&place, named)?;
        Ok(Self { place, named: named.to_owned(), next, old, lock })
    }

    /// What was said of the site that stands there, if it was made from the same and nobody
    /// changed a file of it since.
    pub(super) fn as_it_stands(&self, inputs: &str) -> Option<Answer> {
        let old = self.old.as_ref().filter(|old| old.inputs == inputs)?;
        let is_there = |(name, file): (&String, &manifest::File)| {
            let bytes = fs::read(self.place.join(name));
            bytes.is_ok_and(|it| hex(&Sha256::digest(it)) == file.digest)
        };
        old.files.iter().all(is_there).then(|| old.answer.clone())
    }

    /// Where files of a new site are put.
    pub(super) fn sink(&self) -> Result<Sink<'_>, OpError> {
        if self.lock.is_some() {
            fs::create_dir(&self.next).map_err(|error| failed(&self.next, &error))?;
        }
        Ok(Sink { folder: self, made: Mutex::default() })
    }

    /// Puts the new site where the old one stands.
    pub(super) fn finish(
        &self,
        made: Made,
        inputs: &str,
        answer: &mut Answer,
    ) -> Result<(), OpError> {
        let Made { files, written, .. } = made;
        answer.files = files.len();
        answer.bytes = files.values().map(|it| it.bytes).sum();
        let of_search = files.iter().filter(|(name, _)| is_of_search(name));
        answer.search_bytes = of_search.map(|(_, it)| it.bytes).sum();
        answer.written = written;
        answer.unchanged = files.len() - written;
        let was = self.old.iter().flat_map(|old| old.files.keys());
        answer.removed = was.filter(|name| !files.contains_key(*name)).count();
        if self.lock.is_none() {
            return Ok(());
        }
        let manifest = Manifest::new(inputs, answer, files);
        let path = self.next.join(manifest::NAME);
        fs::write(&path, manifest.bytes()).map_err(|error| failed(&path, &error))?;
        // Somebody may have put something there in the meantime.
        known(&self.place, &self.named)?;
        self.swap().map_err(|error| failed(&self.place, &error))
    }

    /// The old site, if any, is at `next` afterwards, and then nowhere.
    fn swap(&self) -> io::Result<()> {
        if !self.place.exists() {
            return fs::rename(&self.next, &self.place);
        }
        if exchanged(&self.next, &self.place).is_err() {
            let before = self.next.with_extension("prode-old");
            fs::rename(&self.place, &before)?;
            if let Err(error) = fs::rename(&self.next, &self.place) {
                fs::rename(&before, &self.place)?;
                return Err(error);
            }
            return fs::remove_dir_all(before);
        }
        fs::remove_dir_all(&self.next)
    }
}

/// Half a site is no use to anybody.
impl Drop for Folder {
    fn drop(&mut self) {
        if self.lock.is_some() {
            let _ = fs::remove_dir_all(&self.next);
        }
    }
}

impl Sink<'_> {
    /// Puts a file there. One that stands in the old site as it is is taken from it.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), OpError> {
        let digest = hex(&Sha256::digest(bytes));
        let folder = self.folder;
        let same = folder.old.as_ref().and_then(|old| old.files.get(name));
        let is_same = same.is_some_and(|it| it.digest == digest);
        let path = folder.next.join(name);
        if folder.lock.is_some() {
            self.make_folder(&path)?;
        }
        let old = folder.place.join(name);
        // The manifest says what was written, not what somebody made of it since.
        let is_there = || fs::read(&old).is_ok_and(|it| it == bytes);
        let is_kept =
            is_same && is_there() && (folder.lock.is_none() || fs::hard_link(&old, &path).is_ok());
        if !is_kept && folder.lock.is_some() {
            fs::write(&path, bytes).map_err(|error| failed(&path, &error))?;
        }
        let mut made = self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        made.written += usize::from(!is_kept);
        let file = manifest::File { bytes: bytes.len() as u64, digest };
        made.files.insert(name.to_owned(), file);
        Ok(())
    }

    fn make_folder(&self, path: &Path) -> Result<(), OpError> {
        let Some(above) = path.parent() else { return Ok(()) };
        let mut made = self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !made.folders.contains(above) {
            fs::create_dir_all(above).map_err(|error| failed(above, &error))?;
            made.folders.insert(above.to_owned());
        }
        Ok(())
    }

    /// What was put there.
    pub(super) fn made(self) -> Made {
        self.made.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Lock {
    fn take(path: &Path, named: &str) -> Result<Self, OpError> {
        for _ in 0..TRIES {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
            let file = file.map_err(|error| failed(path, &error))?;
            match file.try_lock() {
                // Its holder may have taken it away between the two calls.
                Ok(()) if is_at(&file, path) => {
                    return Ok(Self { path: path.to_owned(), _file: file });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(error)) => return Err(failed(path, &error)),
            }
        }
        Err(OpError::Conflict {
            message: format!("another build writes '{named}'"),
            hint: "wait until it has ended, then build again".to_owned(),
        })
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |a: fs::Metadata, b: fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    file.metadata().is_ok_and(|held| fs::metadata(path).is_ok_and(|there| same(held, there)))
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Both change places in one step, where the system can do that.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchanged(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchanged(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The manifest of the site that stands at `place`; `None` where nothing does.
///
/// # Errors
/// Something stands there that no site wrote.
fn known(place: &Path, named: &str) -> Result<Option<Manifest>, OpError> {
    let Ok(about) = fs::symlink_metadata(place) else { return Ok(None) };
    if !about.is_dir() {
        return Err(refused(named, "is a file"));
    }
    let manifest = fs::read(place.join(manifest::NAME)).ok();
    let manifest = manifest.and_then(|bytes| Manifest::read(&bytes));
    let strange = strange(place, manifest.as_ref()).map_err(|error| failed(place, &error))?;
    match (manifest, strange.as_slice()) {
        (manifest, []) => Ok(manifest),
        (None, _) => Err(refused(named, "is not empty, and no build of a site wrote it")),
        (Some(_), strange) => {
            let more = if strange.len() > NAMED { ", …" } else { "" };
            let told: Vec<&str> = strange.iter().take(NAMED).map(String::as_str).collect();
            let what = format!("holds what the site did not write: {}{more}", told.join(", "));
            Err(refused(named, &what))
        }
    }
}

/// Files of the folder that are none of the site's, at most one more than are named.
fn strange(place: &Path, manifest: Option<&Manifest>) -> io::Result<Vec<String>> {
    let mut strange = Vec::new();
    for entry in WalkDir::new(place).min_depth(1).sort_by_file_name() {
        let entry = entry?;
        let below = entry.path().strip_prefix(place).unwrap_or(entry.path());
        let name = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let is_ours = |it: &Manifest| name == manifest::NAME || it.files.contains_key(&name);
        let is_known = match manifest {
            Some(it) if entry.file_type().is_file() => is_ours(it),
            Some(it) if entry.file_type().is_dir() => {
                let folder = format!("{name}/");
                let next = it.files.range(folder.clone()..).next();
                next.is_some_and(|(first, _)| first.starts_with(&folder))
            }
            _ => false,
        };
        if !is_known {
            strange.push(name);
        }
        if strange.len() > NAMED {
            break;
        }
    }
    Ok(strange)
}

/// What the script that searches reads.
fn is_of_search(name: &str) -> bool {
    name.starts_with("search/") && Path::new(name).extension().is_some_and(|it| it == "js")
}

fn refused(named: &str, what: &str) -> OpError {
    OpError::Invalid {
        message: format!("'{named}' {what}"),
        hint: "name a folder of its own with -o, or move away what is there".to_owned(),
    }
}

fn failed(path: &Path, error: &io::Error) -> OpError {
    OpError::File { path: path.display().to_string(), reason: error.to_string() }
}
