//! Loose objects, looked over before the library reads them.
//!
//! libgit2 never returns from a loose object whose compressed stream ends too
//! early, as a crash or a full disk leaves one: it asks zlib for more without
//! end. So such a file is found here first, and named. Packed objects cost one
//! look at a file that is not there.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::sync::PoisonError;

use flate2::bufread::ZlibDecoder;
use git2::{ObjectType, Oid};
use sha1::{Digest as _, Sha1};

use super::Repository;
use super::error::GitError;

/// Objects that are remembered as whole; a question reads the same few again and again.
const REMEMBERED: usize = 4_096;

/// Bytes of a loose object's kind and size, with room to spare.
const LONGEST_HEADER: u64 = 64;

impl Repository {
    /// A commit, if its object is whole.
    pub(super) fn whole_commit(&self, id: Oid) -> Result<git2::Commit<'_>, GitError> {
        self.expect_whole(id)?;
        self.git.find_commit(id).map_err(|error| self.object_error(id, &error))
    }

    /// A tree, if its object is whole.
    pub(super) fn whole_tree(&self, id: Oid) -> Result<git2::Tree<'_>, GitError> {
        self.expect_whole(id)?;
        self.git.find_tree(id).map_err(|error| self.object_error(id, &error))
    }

    /// An error for an object that is loose and cut off; whatever else may be
    /// wrong with it, the library says.
    pub(super) fn expect_whole(&self, id: Oid) -> Result<(), GitError> {
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        if whole.contains(&id) {
            return Ok(());
        }
        self.look_over(id)?;
        if whole.len() >= REMEMBERED {
            whole.clear();
        }
        whole.insert(id);
        Ok(())
    }

    /// The content of a loose object of that kind, inflated once; `None` where it is not
    /// loose, larger than `most` bytes, or in any way what the library shall speak of.
    pub(super) fn loose_object(
        &self,
        id: Oid,
        kind: ObjectType,
        most: u64,
    ) -> Result<Option<Vec<u8>>, GitError> {
        let Some(file) = self.loose_file(id) else { return Ok(None) };
        let mut content = BufReader::new(ZlibDecoder::new(BufReader::new(file)));
        match read_object(&mut content, kind, most) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(cut_off(id)),
            Err(_) => Ok(None),
            Ok(object) => Ok(object.filter(|it| is_named(id, kind, it))),
        }
    }

    fn look_over(&self, id: Oid) -> Result<(), GitError> {
        let Some(file) = self.loose_file(id) else { return Ok(()) };
        let mut content = ZlibDecoder::new(BufReader::new(file));
        match io::copy(&mut content, &mut io::sink()) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(cut_off(id)),
            _ => Ok(()),
        }
    }

    fn loose_file(&self, id: Oid) -> Option<File> {
        let name = id.to_string();
        let path = self.common_dir().join("objects").join(&name[..2]).join(&name[2..]);
        File::open(path).ok()
    }
}

/// What follows `KIND SIZE NUL`, whole.
fn read_object(
    content: &mut impl BufRead,
    kind: ObjectType,
    most: u64,
) -> io::Result<Option<Vec<u8>>> {
    let mut header = Vec::new();
    content.take(LONGEST_HEADER).read_until(b'\0', &mut header)?;
    let size = std::str::from_utf8(&header)
        .ok()
        .and_then(|header| header.strip_prefix(kind.str())?.strip_prefix(' ')?.strip_suffix('\0'))
        .and_then(|size| size.parse::<u64>().ok());
    let Some(size) = size.filter(|&size| size <= most) else { return Ok(None) };
    let mut object = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // One more byte than there should be, so that the stream is read to its end.
    content.take(size + 1).read_to_end(&mut object)?;
    Ok((object.len() as u64 == size).then_some(object))
}

/// True if `id` names an object of `kind` that holds `content`.
///
/// A broken file is looked for, so the plain digest is enough, which processors have
/// instructions for. Attacks on it Git looked for when it took the object in.
fn is_named(id: Oid, kind: ObjectType, content: &[u8]) -> bool {
    let head = format!("{} {}\0", kind.str(), content.len());
    Sha1::new().chain_update(head).chain_update(content).finalize().as_slice() == id.as_bytes()
}

fn cut_off(id: Oid) -> GitError {
    GitError::CorruptObject { id: id.to_string(), why: "its file is cut off".to_owned() }
}
