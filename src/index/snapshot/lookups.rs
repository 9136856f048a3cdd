//! Pages of a tree by where they stand and what they are found by.

use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermStreamer;
use tantivy::{DocSet, InvertedIndexReader, TERMINATED};

use super::{Part, Snapshot};
use crate::corpus::DecisionHead;
use crate::index::documents::key_read;
use crate::index::{FoundBy, IndexError, PageKey};
use crate::repo_path::RepoPath;

impl Snapshot {
    /// First documents of the pages that are found by `value`, in document
    /// order; of a value that is cut, also of those that look like it.
    pub fn found_by(&self, by: FoundBy, value: &str) -> Result<Vec<u32>, IndexError> {
        self.carrying(by.name(), FoundBy::kept(value))
    }

    /// All values by which a page of this tree is found, ordered.
    pub fn values(&self, by: FoundBy) -> Result<Vec<String>, IndexError> {
        let mut values = Vec::new();
        for part in &self.parts {
            part.shard.each_exact(by.name(), &mut |value, docs| {
                if part.own(docs).next().is_some() {
                    values.push(value.to_owned());
                }
            })?;
        }
        values.sort_unstable();
        values.dedup();
        Ok(values)
    }

    /// The first document of the page at `path`.
    pub fn head_at(&self, path: &RepoPath) -> Result<Option<u32>, IndexError> {
        for part in &self.parts {
            let keys = part.shard.keys()?;
            let range = |end: &[u8]| [path.as_bytes(), end].concat();
            let mut keys = Keys::new(part, &keys, &range(b"\0"), Some(&range(b"\x01")))?;
            if keys.advance()? {
                return Ok(Some(keys.head));
            }
        }
        Ok(None)
    }

    /// Where the page stands whose first document is `head`, and whether it is a decision.
    pub fn begins_with(&self, head: u32) -> Result<DecisionHead, IndexError> {
        let part = self.part_of(head);
        part.shard.decision(head - part.base)
    }

    /// Visits the pages below `folder` ordered by path, until told to stop: their first
    /// documents and keys.
    pub fn each_below(
        &self,
        folder: &RepoPath,
        visit: &mut dyn FnMut(u32, PageKey) -> ControlFlow<()>,
    ) -> Result<(), IndexError> {
        let (from, to) = match folder.as_bytes() {
            [] => (Vec::new(), None),
            some => ([some, b"/"].concat(), Some([some, b"0"].concat())),
        };
        let readers: Vec<Arc<InvertedIndexReader>> =
            self.parts.iter().map(|part| part.shard.keys()).collect::<Result<_, _>>()?;
        let mut all = Vec::with_capacity(readers.len());
        for (part, reader) in self.parts.iter().zip(&readers) {
            let mut keys = Keys::new(part, reader, &from, to.as_deref())?;
            if keys.advance()? {
                all.push(keys);
            }
        }
        while let Some(at) = (0..all.len()).min_by(|&a, &b| all[a].key.cmp(&all[b].key)) {
            let keys = &mut all[at];
            if let Some(key) = key_read(&keys.key)
                && visit(keys.head, key).is_break()
            {
                break;
            }
            if !keys.advance()? {
                all.swap_remove(at);
            }
        }
        Ok(())
    }
}

/// The keys of one shard's pages that belong, one at a time.
struct Keys<'a> {
    part: &'a Part,
    reader: &'a InvertedIndexReader,
    stream: TermStreamer<'a>,
    /// The key at hand.
    key: Vec<u8>,
    /// The first document of its page, numbered as the snapshot's.
    head: u32,
}

impl<'a> Keys<'a> {
    fn new(
        part: &'a Part,
        reader: &'a InvertedIndexReader,
        from: &[u8],
        to: Option<&[u8]>,
    ) -> Result<Self, IndexError> {
        let range = reader.terms().range().ge(from);
        let range = match to {
            Some(to) => range.lt(to),
            None => range,
        };
        let stream = range.into_stream().map_err(tantivy::TantivyError::from)?;
        Ok(Self { part, reader, stream, key: Vec::new(), head: 0 })
    }

    /// Goes on to the next key; false behind the last one.
    fn advance(&mut self) -> Result<bool, IndexError> {
        while let Some((key, info)) = self.stream.next() {
            let postings = self.reader.read_postings_from_terminfo(info, IndexRecordOption::Basic);
            let doc = postings.map_err(tantivy::TantivyError::from)?.doc();
            if doc != TERMINATED && self.part.contains(doc) {
                self.key.clear();
                self.key.extend_from_slice(key);
                self.head = doc + self.part.base;
                return Ok(true);
            }
        }
        Ok(false)
    }
}
