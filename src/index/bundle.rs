//! One file that holds a whole tantivy segment.
//!
//! Layout: the segment's files one behind the other, a table of contents as
//! JSON (name, offset, length), the CRC-32 of all of that, the table's
//! length (both little-endian, 4 and 8 bytes) and a magic word. One open and
//! one memory map serve all of it, and a rename puts it in place whole.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, FileSlice, Lock, WatchCallback, WatchHandle, WritePtr,
};

const MAGIC: &[u8; 8] = b"prodeSH1";
const TAIL: usize = 4 + 8 + 8;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 18;

/// Packs named files into one, which is written as they come: a whole index
/// would be in memory twice.
pub(super) fn pack(files: &[(PathBuf, FileSlice)], out: &mut impl Write) -> io::Result<()> {
    let (mut hasher, mut length) = (crc32fast::Hasher::new(), 0);
    let mut contents = Vec::new();
    for (name, file) in files {
        contents.push((name.to_string_lossy(), length, file.len()));
        for at in (0..file.len()).step_by(CHUNK) {
            let chunk = file.read_bytes_slice(at..file.len().min(at + CHUNK))?;
            hasher.update(&chunk);
            out.write_all(&chunk)?;
        }
        length += file.len();
    }
    let table = serde_json::to_vec(&contents)?;
    hasher.update(&table);
    out.write_all(&table)?;
    out.write_all(&hasher.finalize().to_le_bytes())?;
    out.write_all(&(table.len() as u64).to_le_bytes())?;
    out.write_all(MAGIC)
}

/// CRC-32 of a whole packed file's payload, for the rare full check.
pub(super) fn is_intact(bytes: &[u8]) -> bool {
    let Some(payload) = bytes.len().checked_sub(TAIL) else { return false };
    bytes[payload..payload + 4] == checksum(&bytes[..payload]).to_le_bytes()
        && &bytes[payload + 12..] == MAGIC
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(bytes);
    hasher.finalize()
}

/// A packed file as a directory that can only be read.
#[derive(Clone)]
pub(super) struct Bundle {
    files: Arc<BTreeMap<PathBuf, FileSlice>>,
}

impl Bundle {
    /// Reads the table of contents of a packed file.
    pub(super) fn open(file: &FileSlice) -> io::Result<Self> {
        let bad = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let body = file.len().checked_sub(TAIL).ok_or_else(|| bad("it is cut short"))?;
        let tail = file.slice_from(body).read_bytes()?;
        if &tail[12..] != MAGIC {
            return Err(bad("it is not a shard"));
        }
        let length =
            tail[4..12].iter().rev().fold(0_usize, |sum, &byte| sum << 8 | usize::from(byte));
        let start = body.checked_sub(length).ok_or_else(|| bad("its table is cut short"))?;
        let table = file.slice(start..body).read_bytes()?;
        let contents: Vec<(PathBuf, usize, usize)> = serde_json::from_slice(&table)?;
        let mut files = BTreeMap::new();
        for (name, offset, length) in contents {
            let end = offset.checked_add(length).filter(|&end| end <= start);
            let end = end.ok_or_else(|| bad("its table points outside"))?;
            files.insert(name, file.slice(offset..end));
        }
        Ok(Self { files: Arc::new(files) })
    }
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bundle({} files)", self.files.len())
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "a shard is never changed")
}

impl Directory for Bundle {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.open_read(path).map(|slice| Arc::new(slice) as Arc<dyn FileHandle>)
    }

    fn open_read(&self, path: &Path) -> Result<FileSlice, OpenReadError> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.files.contains_key(path))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let bytes = self.open_read(path)?.read_bytes();
        bytes
            .map(|bytes| bytes.to_vec())
            .map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let io_error = Arc::new(read_only());
        Err(DeleteError::IoError { io_error, filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
