//! Which missing names a file has, asked of every version once.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Missing;
use super::tree::{self, Keys};
use crate::audit::{Role, Runner, each_word, role};
use crate::git::Repository;
use crate::ids::BlobId;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;

/// Bytes of the past that are looked through.
const MOST: u64 = 256 << 20;

/// Missing names in one version of a file, and what they are there.
pub(super) type Hits = HashMap<u64, Role>;

/// Versions of files, each looked through once.
pub(super) struct Scans<'a> {
    repository: &'a Repository,
    keys: Keys,
    known: HashMap<BlobId, Rc<Hits>>,
    read: u64,
    is_cut: bool,
}

impl<'a> Scans<'a> {
    pub(super) fn of(repository: &'a Repository, missing: &[Missing<'_>]) -> Self {
        let keys: HashSet<u64> =
            missing.iter().flat_map(|it| it.names.iter().map(|name| name.key)).collect();
        let keys = keys.into_iter().collect();
        Self { repository, keys, known: HashMap::new(), read: 0, is_cut: false }
    }

    /// Why the past was not looked at as a whole.
    pub(super) fn cut_off(&self) -> Option<String> {
        let most = MOST >> 20;
        let why =
            || format!("more than {most} MiB of changed source: older changes were not looked at");
        self.is_cut.then(why)
    }

    /// Missing names in the version `blob` of `path`; none where too much was
    /// read already.
    pub(super) fn hits(&mut self, path: &RepoPath, blob: BlobId) -> Result<Rc<Hits>, OpError> {
        if let Some(known) = self.known.get(&blob) {
            return Ok(Rc::clone(known));
        }
        let mut hits = Hits::new();
        if self.read > MOST {
            self.is_cut = true;
            return Ok(Rc::new(hits));
        }
        if let Some(text) = tree::text_of(self.repository, blob)? {
            self.read += text.len() as u64;
            let (name, is_test) = (path.file_name().into_owned(), tree::is_test(path));
            let seed = Runner::of_file(&name).map(Runner::seed);
            each_word(&text, &mut |key, range| {
                for key in [Some(key), seed.map(|seed| key ^ seed)].into_iter().flatten() {
                    if self.keys.contains(&key) {
                        let found =
                            if is_test { Role::Used } else { role(&name, &text, range.clone()) };
                        let known = hits.entry(key).or_insert(found);
                        *known = found.max(*known);
                    }
                }
            });
        }
        let hits = Rc::new(hits);
        self.known.insert(blob, Rc::clone(&hits));
        Ok(hits)
    }
}
