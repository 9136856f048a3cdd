//! Folders as bytes, read for a comparison or for a walk through a history.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::rc::Rc;

use git2::{ObjectType, Oid};

use super::Repository;
use super::error::GitError;

/// Bytes of folders that are kept: the next commit asks for most of them again.
const KEPT: usize = 64 << 20;

/// Bytes of a folder that is inflated here; the library reads what is larger.
const LARGEST_INFLATED: u64 = 64 << 20;

/// Folders of one repository, read for a walk.
pub(super) struct Trees<'a> {
    repository: &'a Repository,
    odb: &'a git2::Odb<'a>,
    /// Objects that are files of their own, which may be cut off; `None` where each is
    /// looked for when it is read, since few are.
    loose: Option<HashSet<Oid>>,
    /// Whether files beside the commits say which parents they have.
    is_grafted: bool,
    kept: HashMap<Oid, Rc<Bytes<'a>>>,
    size: usize,
}

/// What a folder is made of.
pub(super) enum Bytes<'a> {
    /// Inflated here.
    Own(Vec<u8>),
    /// The library's.
    Lent(git2::OdbObject<'a>),
}

impl std::ops::Deref for Bytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Lent(object) => object.data(),
        }
    }
}

impl<'a> Trees<'a> {
    /// For many folders; `odb` is the repository's.
    pub(super) fn of(repository: &'a Repository, odb: &'a git2::Odb<'a>) -> Self {
        Self { loose: Some(loose_names(repository)), ..Self::few(repository, odb) }
    }

    /// For the few folders of one or two trees.
    pub(super) fn few(repository: &'a Repository, odb: &'a git2::Odb<'a>) -> Self {
        let is_grafted = repository.is_grafted();
        Self { repository, odb, loose: None, is_grafted, kept: HashMap::new(), size: 0 }
    }

    fn may_be_loose(&self, id: Oid) -> bool {
        self.loose.as_ref().is_none_or(|loose| loose.contains(&id))
    }

    /// An error for an object that is loose and cut off. What is packed needs
    /// no look at a file that is not there.
    pub(super) fn expect_whole(&self, id: Oid) -> Result<(), GitError> {
        if self.may_be_loose(id) { self.repository.expect_whole(id) } else { Ok(()) }
    }

    /// The bytes of a commit; `None` where they are not all that counts.
    pub(super) fn commit(&self, id: Oid) -> Result<Option<git2::OdbObject<'a>>, GitError> {
        if self.is_grafted {
            return Ok(None);
        }
        let object = self.odb.read(id).map_err(|error| self.repository.object_error(id, &error))?;
        Ok(Some(object).filter(|object| object.kind() == ObjectType::Commit))
    }

    pub(super) fn read(&mut self, id: Oid) -> Result<Rc<Bytes<'a>>, GitError> {
        if let Some(bytes) = self.kept.get(&id) {
            return Ok(Rc::clone(bytes));
        }
        let bytes = Rc::new(self.read_anew(id)?);
        if self.size + bytes.len() > KEPT {
            self.kept.clear();
            self.size = 0;
        }
        self.size += bytes.len();
        self.kept.insert(id, Rc::clone(&bytes));
        Ok(bytes)
    }

    fn read_anew(&self, id: Oid) -> Result<Bytes<'a>, GitError> {
        if self.may_be_loose(id) {
            if let Some(own) =
                self.repository.loose_object(id, ObjectType::Tree, LARGEST_INFLATED)?
            {
                return Ok(Bytes::Own(own));
            }
            self.repository.expect_whole(id)?;
        }
        let object = self.odb.read(id).map_err(|error| self.repository.object_error(id, &error))?;
        if object.kind() != ObjectType::Tree {
            let why = format!("it is a {}, where a folder was expected", object.kind());
            return Err(GitError::CorruptObject { id: id.to_string(), why });
        }
        Ok(Bytes::Lent(object))
    }
}

/// Ids of all objects that no pack holds.
fn loose_names(repository: &Repository) -> HashSet<Oid> {
    let objects = repository.common_dir().join("objects");
    let mut names = HashSet::new();
    for byte in 0..=255_u8 {
        let above = format!("{byte:02x}");
        for entry in fs::read_dir(objects.join(&above)).into_iter().flatten().flatten() {
            let name = format!("{above}{}", entry.file_name().to_string_lossy());
            names.extend(Oid::from_str(&name).ok().filter(|_| name.len() == 40));
        }
    }
    names
}
