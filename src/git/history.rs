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

use super::Repository;
use super::blob::{oid, raw};
use super::edit::Identity;
use super::error::GitError;
use super::raw_tree::{Trees, differences};
use super::tree::Change;
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
    /// Files that differ, sorted by path.
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

/// Commits below this are walked by one thread.
const FEW: usize = 500;

/// Commits in order, and what is known of all of them.
struct Walk<'a> {
    nodes: &'a [Node],
    places: &'a HashMap<Oid, usize>,
    /// Those at which history was cut off.
    cut: HashSet<Oid>,
}

/// What is known of one commit's changes.
#[derive(Debug, PartialEq, Eq)]
enum Changed {
    Files(Vec<Change>),
    /// Its parents are not here.
    Cut,
    /// Its folders are not here.
    Gap,
}

impl Walk<'_> {
    /// What `count` commits from the place `from` on changed.
    fn stretch(
        &self,
        mut trees: Trees<'_>,
        from: usize,
        count: usize,
        told: &dyn Fn(usize),
    ) -> Result<Vec<Changed>, GitError> {
        let nodes = self.nodes.iter().skip(from).take(count).enumerate();
        let changed = nodes.map(|(done, node)| {
            told(done);
            if node.parents.is_empty() && self.cut.contains(&node.id) {
                return Ok(Changed::Cut);
            }
            let parents = node.parents.iter().map(|id| self.nodes[self.places[id]].tree);
            let parents: Vec<Oid> = parents.collect();
            match differences(&mut trees, &parents, node.tree, &mut |_, _| true) {
                Ok(changes) => Ok(Changed::Files(changes)),
                Err(GitError::NotFetched(_)) => Ok(Changed::Gap),
                Err(error) => Err(error),
            }
        });
        changed.collect()
    }
}

impl Repository {
    /// The history of `tip`. `told` hears how many of how many commits were
    /// compared; they are shared out among as many threads as there are
    /// processors.
    pub fn history(&self, tip: CommitId, told: &dyn Fn(usize, usize)) -> Result<History, GitError> {
        let mut history = History::default();
        let trees = Trees::of(self)?;
        let nodes = in_order(self.reached(oid(tip.0), &trees, &mut history.people)?);
        let places: HashMap<Oid, usize> =
            nodes.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
        let walk = Walk { nodes: &nodes, places: &places, cut: self.cut_commits() };
        for changed in self.shared_out(&walk, trees, told)? {
            let node = &nodes[history.steps.len()];
            history.is_cut |= changed == Changed::Cut;
            history.gaps += usize::from(changed == Changed::Gap);
            history.steps.push(Step {
                id: CommitId(raw(node.id)),
                tree: TreeId(raw(node.tree)),
                parents: node.parents.iter().map(|id| places[id]).collect(),
                time: time_of(node.seconds),
                author: node.author,
                changes: if let Changed::Files(changes) = changed { changes } else { Vec::new() },
            });
        }
        told(nodes.len(), nodes.len());
        Ok(history)
    }

    /// What each commit changed, in their order: a stretch for each thread,
    /// since neighbours have most of their folders in common.
    fn shared_out(
        &self,
        walk: &Walk<'_>,
        trees: Trees<'_>,
        told: &dyn Fn(usize, usize),
    ) -> Result<Vec<Changed>, GitError> {
        let total = walk.nodes.len();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let threads = cores.clamp(1, total.div_ceil(FEW).max(1));
        let stretch = total.div_ceil(threads).max(1);
        let address = self.address();
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads)
                .map(|nth| {
                    let (address, from) = (&address, nth * stretch);
                    scope.spawn(move || {
                        let repository = address.open()?;
                        walk.stretch(Trees::of(&repository)?, from, stretch, &|_| {})
                    })
                })
                .collect();
            let own = |done: usize| told((done * threads).min(total), total);
            let mut all = walk.stretch(trees, 0, stretch, &own)?;
            for other in others {
                match other.join() {
                    Ok(changed) => all.extend(changed?),
                    // As if it had happened here: the door knows what to say.
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            Ok(all)
        })
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
