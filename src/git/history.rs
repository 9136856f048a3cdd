//! What every commit changed, learnt in one walk.
//!
//! All commits that one commit reaches, each compared with its first parent.
//! Folders that are the same on both sides are not opened, so that the cost
//! follows the changes and not the repository. A merge changed what differs
//! from every one of its parents: what it only brought together belongs to the
//! commits that it brought.
//!
//! History may be cut off (a shallow clone) or have gaps (a partial one):
//! that is said by [`History::is_cut`] and [`History::gaps`], and such a commit
//! changed nothing as far as can be known.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::fs;

use git2::Oid;
use jiff::Timestamp;

use super::blob::{oid, raw};
use super::edit::Identity;
use super::error::GitError;
use super::raw_tree::{Trees, differences};
use super::tree::Change;
use super::{Repository, Wanted};
use crate::ids::{CommitId, TreeId};

/// A commit and what it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: CommitId,
    /// What it holds.
    pub tree: TreeId,
    /// The places of its parents in [`History::steps`], the first one first.
    pub parents: Vec<usize>,
    /// Committer time; a time outside the calendar is moved to its nearest end.
    pub time: Timestamp,
    /// Who wrote it: a place in [`History::people`].
    pub author: usize,
    /// Wanted files that differ, sorted by path.
    pub changes: Vec<Change>,
}

/// Every commit that one commit reaches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The newest first, and each before its parents. The same in every clone.
    pub steps: Vec<Step>,
    /// Everybody who wrote one of them, each once.
    pub people: Vec<Identity>,
    /// True where history was cut off when it was fetched.
    pub is_cut: bool,
    /// Commits whose folders are not in this partial clone.
    pub gaps: usize,
}

/// A commit before it was compared.
struct Node {
    id: Oid,
    tree: Oid,
    parents: Vec<Oid>,
    seconds: i64,
    author: usize,
}

impl Repository {
    /// The history of `tip`, as far as `wanted` files are concerned. `told`
    /// hears how many of how many commits were compared.
    pub fn history(
        &self,
        tip: CommitId,
        wanted: &mut Wanted<'_>,
        told: &dyn Fn(usize, usize),
    ) -> Result<History, GitError> {
        let mut history = History::default();
        let mut trees = Trees::of(self)?;
        let nodes = in_order(self.reached(oid(tip.0), &trees, &mut history.people)?);
        let places: HashMap<Oid, usize> =
            nodes.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
        let cut = self.cut_commits();
        let total = nodes.len();
        for (done, node) in nodes.iter().enumerate() {
            told(done, total);
            let is_cut = node.parents.is_empty() && cut.contains(&node.id);
            history.is_cut |= is_cut;
            let parent_trees = node.parents.iter().map(|id| nodes[places[id]].tree);
            let parent_trees: Vec<Oid> = parent_trees.collect();
            let changes = if is_cut {
                Vec::new()
            } else {
                match differences(&mut trees, &parent_trees, node.tree, wanted) {
                    Err(GitError::NotFetched(_)) => {
                        history.gaps += 1;
                        Vec::new()
                    }
                    other => other?,
                }
            };
            history.steps.push(Step {
                id: CommitId(raw(node.id)),
                tree: TreeId(raw(node.tree)),
                parents: node.parents.iter().map(|id| places[id]).collect(),
                time: time_of(node.seconds),
                author: node.author,
                changes,
            });
        }
        told(total, total);
        Ok(history)
    }

    /// Every commit that `tip` reaches, in no order; fills `people`.
    fn reached(
        &self,
        tip: Oid,
        trees: &Trees<'_>,
        people: &mut Vec<Identity>,
    ) -> Result<Vec<Node>, GitError> {
        let mut known: HashMap<Identity, usize> = HashMap::new();
        let mut met = HashSet::from([tip]);
        let mut waiting = vec![tip];
        let mut nodes = Vec::new();
        while let Some(id) = waiting.pop() {
            trees.expect_whole(id)?;
            let commit = self.git.find_commit(id).map_err(|error| self.object_error(id, &error))?;
            let author = commit.author();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let who =
                Identity { name: text(author.name_bytes()), email: text(author.email_bytes()) };
            let author = *known.entry(who).or_insert_with_key(|who| {
                people.push(who.clone());
                people.len() - 1
            });
            let parents: Vec<Oid> = commit.parent_ids().collect();
            waiting.extend(parents.iter().copied().filter(|parent| met.insert(*parent)));
            let (tree, seconds) = (commit.tree_id(), commit.time().seconds());
            nodes.push(Node { id, tree, parents, seconds, author });
        }
        Ok(nodes)
    }

    /// Commits at which history was cut off.
    fn cut_commits(&self) -> HashSet<Oid> {
        let list = fs::read_to_string(self.common_dir().join("shallow")).unwrap_or_default();
        list.lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect()
    }
}

/// Children before parents; of those that are free, the newest first, and of
/// one second the one with the smaller id, so that every clone has one order.
fn in_order(mut nodes: Vec<Node>) -> Vec<Node> {
    let places: HashMap<Oid, usize> =
        nodes.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
    let mut children = vec![0_usize; nodes.len()];
    for parent in nodes.iter().flat_map(|node| &node.parents) {
        children[places[parent]] += 1;
    }
    let key = |at: usize| (nodes[at].seconds, Reverse(nodes[at].id), at);
    let mut free: BinaryHeap<_> =
        (0..nodes.len()).filter(|&at| children[at] == 0).map(key).collect();
    let mut order = Vec::with_capacity(nodes.len());
    while let Some((.., at)) = free.pop() {
        order.push(at);
        for parent in &nodes[at].parents {
            let place = places[parent];
            children[place] -= 1;
            if children[place] == 0 {
                free.push(key(place));
            }
        }
    }
    let mut ranks = vec![0_usize; nodes.len()];
    for (rank, at) in order.iter().enumerate() {
        ranks[*at] = rank;
    }
    let rank: HashMap<Oid, usize> =
        nodes.iter().enumerate().map(|(at, node)| (node.id, ranks[at])).collect();
    nodes.sort_by_key(|node| rank[&node.id]);
    nodes
}

fn time_of(seconds: i64) -> Timestamp {
    let end = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(end)
}
