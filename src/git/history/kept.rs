//! A history in a file, so that only new commits are read the next time.
//!
//! The file can always be made again: it is written beside its place, renamed,
//! and never synced. Of two writers the later one stays, and both are right.
//! Form: eight bytes that name it, a CRC-32 of all that follows, the length of
//! the head, the head as postcard, then ids and changes in rows of one length.

use std::fs;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::{FileChange, History, Listed, PathId, Step};
use crate::git::edit::Identity;
use crate::ids::{BlobId, CommitId, OID_LEN, TreeId};
use crate::repo_path::RepoPath;

/// The file's name; a new form or a walk that finds other things takes a new one.
const NAME: &str = "history-v1";
/// What the file begins with.
const MAGIC: &[u8; 8] = b"prodehi1";
/// Bytes of the magic, the checksum and the head's length.
const FIXED: usize = 8 + 4 + 8;
/// Bytes of a step's ids: its own and its tree's.
const STEP: usize = 2 * OID_LEN;
/// Bytes of a change: its path and both contents.
const CHANGE: usize = 4 + 2 * OID_LEN;
/// No content. No file has this id: SHA-1 is not known to give it.
const NONE: [u8; OID_LEN] = [0; OID_LEN];

/// Everything but ids and changes.
#[derive(Serialize, Deserialize)]
struct Head {
    /// Committer times in seconds since 1970, and authors.
    steps: Vec<(i64, u32)>,
    parents: Vec<Vec<u32>>,
    people: Vec<(String, String)>,
    paths: Vec<Vec<u8>>,
    /// Where the changes of each step end.
    ends: Vec<u32>,
}

/// The history that is kept in `folder`; `None` where there is none that is whole.
pub(super) fn read(folder: &Path) -> Option<History> {
    decoded(&fs::read(folder.join(NAME)).ok()?)
}

/// Keeps `history` in `folder`, if that can be done.
pub(super) fn write(folder: &Path, history: &History) {
    let Some(bytes) = encoded(history) else { return };
    let Ok(mut file) = NamedTempFile::new_in(folder) else { return };
    if file.write_all(&bytes).is_ok() {
        // Whoever cannot keep it learns it again.
        _ = file.persist(folder.join(NAME));
    }
}

/// `None` where something is larger than the form allows.
fn encoded(history: &History) -> Option<Vec<u8>> {
    let small = |place: usize| u32::try_from(place).ok();
    let mut steps = Vec::with_capacity(history.steps.len());
    let mut parents = Vec::with_capacity(history.steps.len());
    for step in &history.steps {
        steps.push((step.time.as_second(), small(step.author)?));
        parents.push(step.parents.iter().map(|&it| small(it)).collect::<Option<_>>()?);
    }
    let head = Head {
        steps,
        parents,
        people: history.people.iter().map(|it| (it.name.clone(), it.email.clone())).collect(),
        paths: history.paths.iter().map(|it| it.as_bytes().to_vec()).collect(),
        ends: history.changes.ends.iter().map(|&it| small(it)).collect::<Option<_>>()?,
    };
    let head = postcard::to_stdvec(&head).ok()?;
    let rows = history.steps.len() * STEP + history.changes.items.len() * CHANGE;
    let mut bytes = Vec::with_capacity(FIXED + head.len() + rows);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(&u64::try_from(head.len()).ok()?.to_le_bytes());
    bytes.extend_from_slice(&head);
    for step in &history.steps {
        bytes.extend_from_slice(&step.id.0);
        bytes.extend_from_slice(&step.tree.0);
    }
    for change in &history.changes.items {
        bytes.extend_from_slice(&change.path.0.to_le_bytes());
        for blob in [change.old, change.new] {
            bytes.extend_from_slice(&blob.map_or(NONE, |blob| blob.0));
        }
    }
    let sum = crc32fast::hash(&bytes[12..]);
    bytes[8..12].copy_from_slice(&sum.to_le_bytes());
    Some(bytes)
}

/// `None` for whatever `encoded` would not have written.
fn decoded(bytes: &[u8]) -> Option<History> {
    let (magic, rest) = bytes.split_first_chunk::<8>()?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    if magic != MAGIC || crc32fast::hash(rest) != u32::from_le_bytes(*sum) {
        return None;
    }
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (head, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let head: Head = postcard::from_bytes(head).ok()?;
    let (ids, rows) = rest.split_at_checked(head.steps.len().checked_mul(STEP)?)?;
    if rows.len() % CHANGE != 0 || !head.is_sound(rows.len() / CHANGE) {
        return None;
    }
    let (people, paths) = (head.people, head.paths);
    let ids = ids.chunks_exact(STEP);
    let steps = ids.zip(head.steps).zip(head.parents).map(|((ids, (seconds, author)), parents)| {
        let (id, tree) = ids.split_at(OID_LEN);
        Some(Step {
            id: CommitId(id.try_into().ok()?),
            tree: TreeId(tree.try_into().ok()?),
            parents: parents.into_iter().map(|it| it as usize).collect(),
            time: Timestamp::from_second(seconds).ok()?,
            author: author as usize,
        })
    });
    let items = rows.chunks_exact(CHANGE).map(|row| change(row, paths.len()));
    let changes = Listed {
        items: items.collect::<Option<_>>()?,
        ends: head.ends.into_iter().map(|it| it as usize).collect(),
    };
    let steps: Vec<Step> = steps.collect::<Option<_>>()?;
    let people = people.into_iter().map(|(name, email)| Identity { name, email }).collect();
    let paths: Vec<RepoPath> = paths.into_iter().map(RepoPath::from_git).collect();
    let is_sorted = paths.windows(2).all(|pair| pair[0] < pair[1]);
    is_sorted.then(|| History::new(steps, people, paths, changes))
}

impl Head {
    /// True where all places lie inside what they are places in.
    fn is_sound(&self, changes: usize) -> bool {
        let (steps, people) = (self.steps.len(), self.people.len());
        let last = self.ends.last().map_or(0, |it| *it as usize);
        let is_later = |(at, parents): (usize, &Vec<u32>)| {
            parents.iter().all(|&it| at < it as usize && (it as usize) < steps)
        };
        self.parents.len() == steps
            && self.ends.len() == steps
            && last == changes
            && self.ends.is_sorted()
            && self.steps.iter().all(|(_, author)| (*author as usize) < people)
            && self.parents.iter().enumerate().all(is_later)
    }
}

fn change(row: &[u8], paths: usize) -> Option<FileChange> {
    let (path, blobs) = row.split_first_chunk::<4>()?;
    let (old, new) = blobs.split_first_chunk::<OID_LEN>()?;
    let blob = |id: [u8; OID_LEN]| (id != NONE).then_some(BlobId(id));
    let path = u32::from_le_bytes(*path);
    let change =
        FileChange { path: PathId(path), old: blob(*old), new: blob(new.try_into().ok()?) };
    ((path as usize) < paths).then_some(change)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history() -> History {
        let step = |id: u8, parents: Vec<usize>| Step {
            id: CommitId([id; OID_LEN]),
            tree: TreeId([id + 100; OID_LEN]),
            parents,
            time: Timestamp::from_second(i64::from(id)).unwrap(),
            author: 0,
        };
        let people = vec![Identity { name: "Ada".to_owned(), email: "ada@example.org".to_owned() }];
        let paths = vec![RepoPath::from_git(*b"a"), RepoPath::from_git(*b"\xff/b")];
        let mut changes = Listed::default();
        let blob = |id| Some(BlobId([id; OID_LEN]));
        changes.push([FileChange { path: PathId(0), old: blob(1), new: None }]);
        changes.push([]);
        let row = |path, new| FileChange { path: PathId(path), old: None, new: blob(new) };
        changes.push([row(0, 1), row(1, 2)]);
        let steps = vec![step(3, vec![1, 2]), step(2, vec![2]), step(1, Vec::new())];
        History::new(steps, people, paths, changes)
    }

    #[test]
    fn a_history_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()), None);
        write(folder.path(), &history());
        assert_eq!(read(folder.path()), Some(history()));
        let empty = History::default();
        write(folder.path(), &empty);
        assert_eq!(read(folder.path()), Some(empty));
    }

    #[test]
    fn a_damaged_file_is_none() {
        let whole = encoded(&history()).unwrap();
        assert_eq!(decoded(&whole), Some(history()));
        for end in 0..whole.len() {
            assert_eq!(decoded(&whole[..end]), None, "cut at {end}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x40;
            assert_eq!(decoded(&bytes), None, "another byte at {at}");
        }
    }

    /// Whatever has a right checksum was not always written by this.
    #[test]
    fn places_outside_are_refused() {
        let sealed = |head: &Head, rows: &[u8]| {
            let head = postcard::to_stdvec(head).unwrap();
            let length = u64::try_from(head.len()).unwrap().to_le_bytes();
            let rest = [&length[..], &head, rows].concat();
            let sum = crc32fast::hash(&rest).to_le_bytes();
            decoded(&[&MAGIC[..], &sum, &rest].concat())
        };
        let head = || Head {
            steps: vec![(0, 0), (0, 0)],
            parents: vec![vec![1], vec![]],
            people: vec![(String::new(), String::new())],
            paths: vec![b"a".to_vec()],
            ends: vec![0, 1],
        };
        let rows = [0; 2 * STEP + CHANGE];
        assert!(sealed(&head(), &rows).is_some());
        assert!(sealed(&head(), &rows[1..]).is_none());
        let mut far = rows;
        far[2 * STEP] = 1;
        assert!(sealed(&head(), &far).is_none(), "a path that is not there");
        for spoil in [
            |head: &mut Head| head.parents[0] = vec![2],
            |head: &mut Head| head.parents[1] = vec![0],
            |head: &mut Head| head.steps[0].1 = 1,
            |head: &mut Head| head.ends = vec![1, 0],
            |head: &mut Head| head.ends = vec![1],
            |head: &mut Head| head.paths = vec![b"a".to_vec(), b"a".to_vec()],
            |head: &mut Head| head.steps[0].0 = i64::MAX,
        ] {
            let mut head = head();
            spoil(&mut head);
            assert!(sealed(&head, &rows).is_none());
        }
    }
}
