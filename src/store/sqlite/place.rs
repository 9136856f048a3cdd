//! The store's file: made for this user alone, and known again.
//!
//! The file is never opened here while a database may have it open: to close
//! any handle of a file takes away this process's locks on it.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::store::error::StoreError;

/// Where a store is, and which file that was when it was opened.
pub(super) struct Place {
    path: PathBuf,
    /// `None` in memory.
    file: Option<FileId>,
}

impl Place {
    /// No file at all.
    pub(super) fn memory() -> Self {
        Self { path: PathBuf::from(":memory:"), file: None }
    }

    /// The file that is there; `None` where none is.
    pub(super) fn find(path: &Path) -> Result<Option<Self>, StoreError> {
        let data = match fs::metadata(path) {
            Ok(data) => data,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StoreError::open(path)(source)),
        };
        // To the database an empty file is a new one; here it is what is left of one.
        let why = match (data.is_file(), data.len()) {
            (false, _) => "it is not a regular file",
            (true, 0) => "it is empty",
            _ => return Ok(Some(Self { path: path.to_owned(), file: Some(FileId::of(&data)) })),
        };
        Err(StoreError::NotAStore { path: path.to_owned(), why: why.to_owned() })
    }

    /// Puts what `fill` writes into a new file at `path`, unless a file is
    /// there by then.
    pub(super) fn make(
        path: &Path,
        fill: impl FnOnce(&Path) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let failed = StoreError::open(path);
        let folder = path.parent().unwrap_or(Path::new("."));
        make_folder(folder).map_err(&failed)?;
        let mut new = tempfile::Builder::new();
        let new = new.prefix("making-").tempfile_in(folder).map_err(&failed)?.into_temp_path();
        fill(&new)?;
        match new.persist_noclobber(path) {
            Err(error) if error.error.kind() != ErrorKind::AlreadyExists => {
                Err(failed(error.error))
            }
            _ => sync(folder).map_err(failed),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// An error where the path leads to another file by now, or to none: what
    /// is written to a removed file is lost without a word.
    pub(super) fn still_there(&self) -> Result<(), StoreError> {
        let Some(opened) = &self.file else { return Ok(()) };
        match fs::metadata(&self.path) {
            Ok(data) if FileId::of(&data) == *opened => Ok(()),
            _ => Err(StoreError::Gone(self.path.clone())),
        }
    }
}

/// The last folder is the store's own, so only this user looks into it; those
/// above are others' too.
fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(above)?;
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => sync(above),
    }
}

/// A name in a folder is on the disk once the folder is.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Which file it is, whatever its name.
#[derive(PartialEq, Eq)]
struct FileId(u64, u64);

impl FileId {
    #[cfg(unix)]
    fn of(data: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(data.dev(), data.ino())
    }

    #[cfg(not(unix))]
    fn of(_: &fs::Metadata) -> Self {
        Self(0, 0)
    }
}
