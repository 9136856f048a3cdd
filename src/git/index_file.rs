//! Git's index, read as the file that it is.
//!
//! Format: `gitformat-index`, versions 2 to 4, SHA-1. libgit2 reads it too, but
//! hashes the whole file and sorts what is sorted: eight times as long for
//! 10,000 files, in every answer that is asked whether pages changed. What is
//! unusual (a split or sparse index) is left to it.

use std::ops::Range;

use super::stat::Recorded;
use crate::ids::BlobId;

/// A file that the index names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where its path lies among all paths.
    pub(super) path: Range<usize>,
    /// The kind in the upper bits, permissions in the lower nine.
    pub(super) mode: u32,
    /// Its content.
    pub(super) blob: BlobId,
    /// What the file system said of it when Git last read it.
    pub(super) recorded: Recorded,
    /// True if a merge left it in conflict.
    pub(super) conflicted: bool,
    /// True if a sparse checkout leaves it out.
    pub(super) skipped: bool,
}

/// What the index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct IndexFile {
    /// Sorted by path.
    pub(super) entries: Vec<Entry>,
    /// One behind the other: a piece of memory for each takes longer than to
    /// read all entries.
    paths: Vec<u8>,
    /// The tree that a commit of the index would have, where that is known.
    pub(super) tree: Option<[u8; 20]>,
}

const STAGE: u16 = 0x3000;
const EXTENDED: u16 = 0x4000;
const SKIP_WORKTREE: u16 = 0x4000;

impl IndexFile {
    /// Reads the whole file; `None` for anything that is not as expected.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        // The last 20 bytes are the file's own SHA-1.
        let mut rest = Reader { bytes: bytes.get(..bytes.len().checked_sub(20)?)? };
        if rest.take(4)? != b"DIRC" {
            return None;
        }
        let version = rest.number()?;
        if !(2..=4).contains(&version) {
            return None;
        }
        let count = rest.number()? as usize;
        // 62 bytes is the shortest entry: a hostile count reserves no memory.
        let entries = Vec::with_capacity(count.min(bytes.len() / 62));
        let mut index = Self { entries, ..Self::default() };
        for _ in 0..count {
            let entry = rest.entry(version, &mut index)?;
            index.entries.push(entry);
        }
        index.tree = rest.extensions()?;
        Some(index)
    }

    /// An entry's path from the top of the work tree.
    pub(super) fn path(&self, entry: &Entry) -> &[u8] {
        &self.paths[entry.path.clone()]
    }

    /// Keeps the path of the next entry: `common` bytes of the last one's and
    /// what follows them; gives the place. `None` where the last one is shorter.
    pub(super) fn keep(&mut self, common: usize, rest: &[u8]) -> Option<Range<usize>> {
        let before = self.entries.last().map_or(0..0, |last| last.path.clone());
        let (start, end) = (before.start, before.start + common);
        if end > before.end {
            return None;
        }
        let place = self.paths.len();
        self.paths.extend_from_within(start..end);
        self.paths.extend_from_slice(rest);
        Some(place..self.paths.len())
    }
}

/// What is left to be read; numbers are big-endian.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }

    fn short(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_be_bytes)
    }

    fn until_nul(&mut self) -> Option<&'a [u8]> {
        let taken = self.take(memchr::memchr(0, self.bytes)?)?;
        self.take(1)?;
        Some(taken)
    }

    fn entry(&mut self, version: u32, index: &mut IndexFile) -> Option<Entry> {
        let start = self.bytes.len();
        // ctime and mtime, device, inode, mode, user, group, size: four bytes a
        // number; then the object's id.
        let head = self.bytes.first_chunk::<60>()?;
        self.take(60)?;
        let number = |at: usize| [head[at], head[at + 1], head[at + 2], head[at + 3]];
        let number = |at: usize| u32::from_be_bytes(number(at));
        let tick = |at: usize| (number(at).cast_signed(), number(at + 4));
        let (_, blob) = head.split_last_chunk::<20>()?;
        let flags = self.short()?;
        let extended = if flags & EXTENDED == 0 { 0 } else { self.short()? };
        let path = if version == 4 {
            let last = index.entries.last().map_or(0, |last| last.path.len());
            let common = last.checked_sub(self.offset()?)?;
            index.keep(common, self.until_nul()?)?
        } else {
            let path = index.keep(0, self.until_nul()?)?;
            // One to eight NULs end an entry at a multiple of eight bytes.
            let length = start - self.bytes.len();
            self.take(length.next_multiple_of(8) - length)?;
            path
        };
        Some(Entry {
            path,
            mode: number(24),
            blob: BlobId(*blob),
            recorded: Recorded {
                touched: tick(0),
                changed: tick(8),
                inode: number(20),
                size: number(36),
            },
            conflicted: flags & STAGE != 0,
            skipped: extended & SKIP_WORKTREE != 0,
        })
    }

    /// A number as packs write offsets: seven bits a byte, each step one further.
    fn offset(&mut self) -> Option<usize> {
        let mut byte = *self.take(1)?.first()?;
        let mut value = usize::from(byte & 0x7f);
        while byte & 0x80 != 0 {
            byte = *self.take(1)?.first()?;
            value = value.checked_add(1)?.checked_mul(128)? + usize::from(byte & 0x7f);
        }
        Some(value)
    }

    /// The tree that the extension `TREE` knows; `None` where an extension must
    /// be understood to understand the index.
    #[expect(clippy::option_option, reason = "an unknown tree is no unreadable index")]
    fn extensions(&mut self) -> Option<Option<[u8; 20]>> {
        let mut tree = None;
        while !self.bytes.is_empty() {
            let name = self.take(4)?;
            let length = self.number()? as usize;
            let content = self.take(length)?;
            match name {
                b"TREE" => tree = Reader { bytes: content }.root_tree(),
                _ if name[0].is_ascii_uppercase() => {}
                _ => return None,
            }
        }
        Some(tree)
    }

    /// Of the cached trees, the root's: an empty name, the number of entries (-1
    /// where it is outdated), the number of subtrees, the id.
    fn root_tree(&mut self) -> Option<[u8; 20]> {
        let name = self.until_nul()?;
        let end = self.bytes.iter().position(|&byte| byte == b'\n')?;
        let counts = self.take(end)?;
        self.take(1)?;
        let is_known = name.is_empty() && !counts.starts_with(b"-");
        self.take(20).filter(|_| is_known)?.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index of version 2 with files `a` and `b/c` (nested), and a cached tree.
    fn index() -> Vec<u8> {
        let mut bytes = b"DIRC\0\0\0\x02\0\0\0\x02".to_vec();
        for (path, inode) in [("a", 7_u32), ("b/c", 8)] {
            let start = bytes.len();
            for number in [1, 2, 3, 4, 5, inode, 0o100_644, 0, 0, 9] {
                bytes.extend_from_slice(&u32::to_be_bytes(number));
            }
            bytes.extend_from_slice(&[0xab; 20]);
            bytes.extend_from_slice(&u16::try_from(path.len()).unwrap().to_be_bytes());
            bytes.extend_from_slice(path.as_bytes());
            let length = bytes.len() - start;
            bytes.resize(bytes.len() + 8 - length % 8, 0);
        }
        bytes.extend_from_slice(b"TREE\0\0\0\x19\x002 1\n");
        bytes.extend_from_slice(&[0xcd; 20]);
        bytes.extend_from_slice(&[0; 20]);
        bytes
    }

    #[test]
    fn entries_and_the_cached_tree_are_read() {
        let read = IndexFile::parse(&index()).unwrap();
        let paths: Vec<&[u8]> = read.entries.iter().map(|entry| read.path(entry)).collect();
        assert_eq!(paths, [&b"a"[..], b"b/c"]);
        let recorded = Recorded { size: 9, changed: (3, 4), touched: (1, 2), inode: 8 };
        assert_eq!(read.entries[1].recorded, recorded);
        assert_eq!((read.entries[0].mode, read.tree), (0o100_644, Some([0xcd; 20])));
    }

    #[test]
    fn what_is_cut_or_changed_is_none_or_something_and_never_a_panic() {
        let whole = index();
        for cut in 0..whole.len() {
            let _ = IndexFile::parse(&whole[..cut]);
            let mut changed = whole.clone();
            changed[cut] ^= 0xff;
            let _ = IndexFile::parse(&changed);
        }
        assert_eq!(IndexFile::parse(b"DIRC"), None);
        let needed = [&whole[..whole.len() - 20], b"link\0\0\0\0", &[0; 20]].concat();
        assert_eq!(IndexFile::parse(&needed), None);
    }
}
