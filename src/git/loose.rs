//! Loose objects, looked over before the library reads them.
//!
//! libgit2 never returns from a loose object whose compressed stream ends too
//! early, as a crash or a full disk leaves one: it asks zlib for more without
//! end. So such a file is found here first, and named. Packed objects cost one
//! look at a file that is not there.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind};
use std::sync::PoisonError;

use flate2::bufread::ZlibDecoder;
use git2::Oid;

use super::Repository;
use super::error::GitError;

/// Objects that are remembered as whole; a question reads the same few again and again.
const REMEMBERED: usize = 4_096;

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

    fn look_over(&self, id: Oid) -> Result<(), GitError> {
        let name = id.to_string();
        let path = self.common_dir().join("objects").join(&name[..2]).join(&name[2..]);
        let Ok(file) = File::open(path) else { return Ok(()) };
        let mut content = ZlibDecoder::new(BufReader::new(file));
        match io::copy(&mut content, &mut io::sink()) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                Err(GitError::CorruptObject { id: name, why: "its file is cut off".to_owned() })
            }
            _ => Ok(()),
        }
    }
}
