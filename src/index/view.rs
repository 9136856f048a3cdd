//! Which documents belong to one tree.
//!
//! A view is what turns a store of everything ever indexed into the index of
//! one commit: for each shard the documents of the pages that the commit
//! holds, and the counts over exactly these.

use serde::{Deserialize, Serialize};

use super::alive::Alive;
use crate::ids::TreeId;
use crate::routing::Totals;

/// What a view is of: a tree, and which of its files are pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewKey {
    /// The commit's tree.
    pub tree: TreeId,
    /// Digest of the roots: lower-case letters and digits.
    pub roots: String,
}

impl ViewKey {
    /// The name of its file.
    pub(super) fn file_name(&self) -> String {
        format!("{}-{}.view", self.tree, self.roots)
    }
}

/// Documents of some shards, and the counts over them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct View {
    pub(super) key: ViewKey,
    /// Shards that hold at least one of its documents, in no telling order.
    pub(super) shards: Vec<(String, Alive)>,
    pub(super) totals: Totals,
}

impl View {
    /// A view without documents.
    pub(super) fn empty(key: ViewKey) -> Self {
        Self { key, shards: Vec::new(), totals: Totals::default() }
    }

    /// The documents of one shard; added, empty, if there are none yet.
    pub(super) fn alive_mut(&mut self, shard: &str, len: u32) -> &mut Alive {
        let at = self.shards.iter().position(|(id, _)| id == shard).unwrap_or_else(|| {
            self.shards.push((shard.to_owned(), Alive::none(len)));
            self.shards.len() - 1
        });
        &mut self.shards[at].1
    }

    /// Reads what [`View::encode`] wrote for the same key; `None` for anything else.
    pub(super) fn decode(bytes: &[u8], key: &ViewKey) -> Option<Self> {
        let (checksum, body) = bytes.split_first_chunk::<4>()?;
        if crc32fast::hash(body).to_le_bytes() != *checksum {
            return None;
        }
        postcard::from_bytes(body).ok().filter(|view: &Self| view.key == *key)
    }

    /// As bytes that show when they were torn: CRC-32, then the view.
    pub(super) fn encode(&self) -> Vec<u8> {
        let body = postcard::to_stdvec(self).unwrap_or_default();
        [crc32fast::hash(&body).to_le_bytes().as_slice(), &body].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_view_is_none() {
        let key = ViewKey { tree: TreeId([7; 20]), roots: "abc".to_owned() };
        let mut view = View::empty(key.clone());
        view.alive_mut("one", 70).set_range(3..9, true);
        let bytes = view.encode();
        assert_eq!(View::decode(&bytes, &key), Some(view));
        for cut in 0..bytes.len() {
            assert_eq!(View::decode(&bytes[..cut], &key), None, "cut at {cut}");
        }
        assert_eq!(View::decode(&bytes, &ViewKey { roots: "abd".to_owned(), ..key }), None);
    }
}
