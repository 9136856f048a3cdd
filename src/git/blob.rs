//! Content of files: read by id, measured without reading, hashed.

use git2::{ObjectType, Oid};

use super::Repository;
use super::error::GitError;
use crate::ids::BlobId;

/// A file that was read within a bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// Its content.
    Bytes(Vec<u8>),
    /// It is larger: its size in bytes.
    Larger(u64),
}

impl Repository {
    /// The content of a file of `most` bytes at most, and the size of a larger one.
    pub fn blob_within(&self, id: BlobId, most: u64) -> Result<Within, GitError> {
        if let Some(bytes) = self.loose_object(oid(id.0), ObjectType::Blob, most)? {
            return Ok(Within::Bytes(bytes));
        }
        match self.blob_size(id)? {
            size if size > most => Ok(Within::Larger(size)),
            _ => self.blob(id).map(Within::Bytes),
        }
    }

    /// The whole content of a file.
    pub fn blob(&self, id: BlobId) -> Result<Vec<u8>, GitError> {
        let id = oid(id.0);
        self.expect_whole(id)?;
        let odb = self.objects()?;
        let object = odb.read(id).map_err(|error| self.object_error(id, &error))?;
        expect_blob(id, object.kind())?;
        Ok(object.data().to_vec())
    }

    /// Size in bytes, from the object's header alone.
    pub fn blob_size(&self, id: BlobId) -> Result<u64, GitError> {
        let id = oid(id.0);
        self.expect_whole(id)?;
        let odb = self.objects()?;
        let (size, kind) = odb.read_header(id).map_err(|error| self.object_error(id, &error))?;
        expect_blob(id, kind)?;
        Ok(size as u64)
    }

    /// The database that all objects are read from.
    pub(super) fn objects(&self) -> Result<git2::Odb<'_>, GitError> {
        self.git.odb().map_err(GitError::library("open the object database"))
    }

    /// Says why `id` cannot be read, a partial clone's gap among the reasons.
    pub(super) fn object_error(&self, id: Oid, error: &git2::Error) -> GitError {
        GitError::object(id, self.is_partial(), error)
    }
}

/// The id that Git gives to a file of this content.
#[expect(clippy::missing_panics_doc, reason = "hashing memory cannot fail")]
pub fn hash_blob(bytes: &[u8]) -> BlobId {
    let id =
        Oid::hash_object(ObjectType::Blob, bytes).expect("hashing memory asks nothing outside");
    BlobId(raw(id))
}

fn expect_blob(id: Oid, kind: ObjectType) -> Result<(), GitError> {
    if kind == ObjectType::Blob {
        return Ok(());
    }
    let why = format!("it is a {kind}, where a file's content was expected");
    Err(GitError::CorruptObject { id: id.to_string(), why })
}

/// The library's form of an id.
pub(super) fn oid(bytes: [u8; 20]) -> Oid {
    Oid::from_bytes(&bytes).expect("an id has 20 bytes")
}

/// The bytes of the library's id.
pub(super) fn raw(id: Oid) -> [u8; 20] {
    id.as_bytes().try_into().expect("only SHA-1 repositories open")
}
