//! Commits read, put in order, and compared with their parents.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::fs;
use std::path::Path;

use git2::Oid;
use jiff::Timestamp;

use super::{FileChange, History, Listed, PathId, Step, kept, parsed};
use crate::git::Repository;
use crate::git::blob::{oid, raw};
use crate::git::edit::Identity;
use crate::git::error::GitError;
use crate::git::folders::Trees;
use crate::git::raw_tree::differences;
use crate::ids::{CommitId, TreeId};
use crate::repo_path::RepoPath;

/// Commits below this are walked by one thread.
const FEW: usize = 500;

/// A commit before it was compared.
struct Node {
    id: Oid,
    tree: Oid,
    parents: Vec<Oid>,
    time: Timestamp,
    author: usize,
    /// Its place in the history that was kept.
    known: Option<usize>,
}

/// Everybody who wrote a commit, each once.
#[derive(Default)]
struct People {
    all: Vec<Identity>,
    known: HashMap<Identity, usize>,
}

impl People {
    fn place(&mut self, who: Identity) -> usize {
        match self.known.entry(who) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                self.all.push(entry.key().clone());
                *entry.insert(self.all.len() - 1)
            }
        }
    }
}

/// Commits in order, and what is known of all of them.
struct Walk<'a> {
    nodes: &'a [Node],
    places: &'a HashMap<Oid, usize>,
    /// Places of those that are to be compared, in order.
    fresh: &'a [usize],
    /// Those at which history was cut off.
    cut: HashSet<Oid>,
}

/// What is known of one commit's changes.
#[derive(Debug, PartialEq, Eq)]
enum Changed {
    /// Paths are places in the names of the stretch.
    Files(Vec<FileChange>),
    /// Its parents are not here.
    Cut,
    /// Its folders are not here.
    Gap,
}

/// What some neighbouring commits changed.
#[derive(Default)]
struct Stretch {
    changed: Vec<Changed>,
    /// Each once, in the order in which they were met.
    names: Vec<RepoPath>,
}

impl Walk<'_> {
    /// What `count` fresh commits from the place `from` on changed.
    fn stretch(
        &self,
        mut trees: Trees<'_>,
        from: usize,
        count: usize,
        told: &dyn Fn(usize),
    ) -> Result<Stretch, GitError> {
        let mut stretch = Stretch::default();
        let mut ids: HashMap<RepoPath, PathId> = HashMap::new();
        for (done, &at) in self.fresh.iter().skip(from).take(count).enumerate() {
            told(done);
            let node = &self.nodes[at];
            if node.parents.is_empty() && self.cut.contains(&node.id) {
                stretch.changed.push(Changed::Cut);
                continue;
            }
            let parents = node.parents.iter().map(|id| self.nodes[self.places[id]].tree);
            let parents: Vec<Oid> = parents.collect();
            let changes = match differences(&mut trees, &parents, node.tree, &mut |_, _| true) {
                Ok(changes) => changes,
                Err(GitError::NotFetched(_)) => {
                    stretch.changed.push(Changed::Gap);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let mut files = Vec::with_capacity(changes.len());
            for change in changes {
                let next = id(stretch.names.len());
                let path = match ids.entry(change.path) {
                    Entry::Occupied(entry) => *entry.get(),
                    Entry::Vacant(entry) => {
                        stretch.names.push(entry.key().clone());
                        *entry.insert(next)
                    }
                };
                files.push(FileChange { path, old: change.old, new: change.new });
            }
            stretch.changed.push(Changed::Files(files));
        }
        Ok(stretch)
    }
}

/// A place as an id: more than four thousand million paths fit in no memory.
fn id(place: usize) -> PathId {
    PathId(u32::try_from(place).unwrap_or(u32::MAX))
}

impl Repository {
    /// The history of `tip`. `told` hears how many of how many commits were
    /// compared; they are shared out among as many threads as there are
    /// processors.
    ///
    /// What is learnt is kept in `folder` and taken from there the next time;
    /// a file that cannot be read or written, or is damaged, costs time alone.
    pub fn history(
        &self,
        tip: CommitId,
        folder: Option<&Path>,
        told: &dyn Fn(usize, usize),
    ) -> Result<History, GitError> {
        // Where parts are missing, or files say who is whose parent, what is
        // known of a commit may change.
        let folder = folder.filter(|_| !self.is_grafted() && !self.is_partial());
        let known = folder.and_then(kept::read).unwrap_or_default();
        if known.steps.first().is_some_and(|step| step.id == tip) {
            told(known.steps.len(), known.steps.len());
            return Ok(known);
        }
        let (history, fresh) = self.walked(tip, &known, told)?;
        if let Some(folder) = folder.filter(|_| fresh > 0 && history.gaps == 0) {
            kept::write(folder, &history);
        }
        Ok(history)
    }

    /// The history of `tip`, and how many of its commits `known` had not.
    fn walked(
        &self,
        tip: CommitId,
        known: &History,
        told: &dyn Fn(usize, usize),
    ) -> Result<(History, usize), GitError> {
        let mut people = People::default();
        let odb = self.objects()?;
        let trees = Trees::of(self, &odb);
        let nodes = in_order(self.reached(oid(tip.0), &trees, known, &mut people)?);
        let places: HashMap<Oid, usize> =
            nodes.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
        let fresh: Vec<usize> = (0..nodes.len()).filter(|&at| nodes[at].known.is_none()).collect();
        let walk = Walk { nodes: &nodes, places: &places, fresh: &fresh, cut: self.cut_commits() };
        let stretches = self.shared_out(&walk, trees, told)?;
        told(nodes.len(), nodes.len());
        Ok((assembled(&nodes, &places, known, &people, stretches), fresh.len()))
    }

    /// What each fresh commit changed, in their order: a stretch for each
    /// thread, since neighbours have most of their folders in common.
    fn shared_out(
        &self,
        walk: &Walk<'_>,
        trees: Trees<'_>,
        told: &dyn Fn(usize, usize),
    ) -> Result<Vec<Stretch>, GitError> {
        let (all, total) = (walk.nodes.len(), walk.fresh.len());
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
                        let odb = repository.objects()?;
                        walk.stretch(Trees::of(&repository, &odb), from, stretch, &|_| {})
                    })
                })
                .collect();
            let own = |done: usize| told(all - total + (done * threads).min(total), all);
            let mut stretches = vec![walk.stretch(trees, 0, stretch, &own)?];
            for other in others {
                match other.join() {
                    Ok(stretch) => stretches.push(stretch?),
                    // As if it had happened here: the door knows what to say.
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            Ok(stretches)
        })
    }

    /// Every commit that `tip` reaches, in no order.
    fn reached(
        &self,
        tip: Oid,
        trees: &Trees<'_>,
        known: &History,
        people: &mut People,
    ) -> Result<Vec<Node>, GitError> {
        let kept: HashMap<CommitId, usize> =
            known.steps.iter().enumerate().map(|(at, step)| (step.id, at)).collect();
        let mut met = HashSet::from([tip]);
        let mut waiting = vec![tip];
        let mut nodes = Vec::new();
        while let Some(id) = waiting.pop() {
            let node = match kept.get(&CommitId(raw(id))) {
                Some(&at) => remembered(known, at, people),
                None => self.read(id, trees, people)?,
            };
            waiting.extend(node.parents.iter().copied().filter(|parent| met.insert(*parent)));
            nodes.push(node);
        }
        Ok(nodes)
    }

    fn read(&self, id: Oid, trees: &Trees<'_>, people: &mut People) -> Result<Node, GitError> {
        trees.expect_whole(id)?;
        if let Some(commit) = trees.commit(id)?.and_then(|bytes| parsed::commit(bytes.data())) {
            let author = people.place(commit.author);
            let (tree, parents) = (commit.tree, commit.parents);
            let time = time_of(commit.seconds);
            return Ok(Node { id, tree, parents, time, author, known: None });
        }
        let commit = self.git.find_commit(id).map_err(|error| self.object_error(id, &error))?;
        let author = commit.author();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let who = Identity { name: text(author.name_bytes()), email: text(author.email_bytes()) };
        let (author, parents) = (people.place(who), commit.parent_ids().collect());
        let (tree, time) = (commit.tree_id(), time_of(commit.time().seconds()));
        Ok(Node { id, tree, parents, time, author, known: None })
    }

    /// True where files beside the commits say which parents they have:
    /// `shallow`, and the `info/grafts` of old.
    pub(in crate::git) fn is_grafted(&self) -> bool {
        self.is_shallow() || self.common_dir().join("info/grafts").exists()
    }

    /// Commits at which history was cut off.
    fn cut_commits(&self) -> HashSet<Oid> {
        let list = fs::read_to_string(self.common_dir().join("shallow")).unwrap_or_default();
        list.lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect()
    }
}

/// A commit that was kept.
fn remembered(known: &History, at: usize, people: &mut People) -> Node {
    let step = &known.steps[at];
    Node {
        id: oid(step.id.0),
        tree: oid(step.tree.0),
        parents: step.parents.iter().map(|&parent| oid(known.steps[parent].id.0)).collect(),
        time: step.time,
        author: people.place(known.people[step.author].clone()),
        known: Some(at),
    }
}

/// One history of what was kept and what was learnt.
fn assembled(
    nodes: &[Node],
    places: &HashMap<Oid, usize>,
    known: &History,
    people: &People,
    stretches: Vec<Stretch>,
) -> History {
    let names = stretches.iter().flat_map(|stretch| &stretch.names).chain(&known.paths);
    let mut paths: Vec<RepoPath> = names.cloned().collect();
    paths.sort_unstable();
    paths.dedup();
    let ids = |names: &[RepoPath]| -> Vec<PathId> {
        names.iter().map(|name| id(paths.binary_search(name).unwrap_or(usize::MAX))).collect()
    };
    let of_known = ids(&known.paths);
    let mut learnt = stretches.into_iter().flat_map(|stretch| {
        let of_stretch = ids(&stretch.names);
        stretch.changed.into_iter().map(move |changed| match changed {
            Changed::Files(files) => Changed::Files(renamed(&files, &of_stretch)),
            none => none,
        })
    });
    let (mut steps, mut changes) = (Vec::with_capacity(nodes.len()), Listed::default());
    let (mut is_cut, mut gaps) = (false, 0);
    let (mut authors, mut in_order) = (vec![None; people.all.len()], Vec::new());
    for node in nodes {
        let changed = match node.known {
            Some(at) => Changed::Files(renamed(known.changes(at), &of_known)),
            None => learnt.next().unwrap_or(Changed::Gap),
        };
        is_cut |= changed == Changed::Cut;
        gaps += usize::from(changed == Changed::Gap);
        changes.push(if let Changed::Files(files) = changed { files } else { Vec::new() });
        let author = *authors[node.author].get_or_insert_with(|| {
            in_order.push(people.all[node.author].clone());
            in_order.len() - 1
        });
        steps.push(Step {
            id: CommitId(raw(node.id)),
            tree: TreeId(raw(node.tree)),
            parents: node.parents.iter().map(|id| places[id]).collect(),
            time: node.time,
            author,
        });
    }
    let paths = used(paths, &mut changes);
    History { is_cut, gaps, ..History::new(steps, in_order, paths, changes) }
}

/// Only paths that a step changed: a kept history may have reached further.
fn used(paths: Vec<RepoPath>, changes: &mut Listed<FileChange>) -> Vec<RepoPath> {
    let mut is_used = vec![false; paths.len()];
    changes.items.iter().for_each(|change| is_used[change.path.0 as usize] = true);
    if is_used.iter().all(|it| *it) {
        return paths;
    }
    let mut next = 0;
    let ids: Vec<PathId> = is_used
        .iter()
        .map(|&it| {
            next += usize::from(it);
            id(next.saturating_sub(1))
        })
        .collect();
    changes.items.iter_mut().for_each(|change| change.path = ids[change.path.0 as usize]);
    paths.into_iter().zip(is_used).filter_map(|(path, it)| it.then_some(path)).collect()
}

/// The same changes under other ids.
fn renamed(files: &[FileChange], ids: &[PathId]) -> Vec<FileChange> {
    files.iter().map(|it| FileChange { path: ids[it.path.0 as usize], ..*it }).collect()
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
    let key = |at: usize| (nodes[at].time, Reverse(nodes[at].id), at);
    let mut free: BinaryHeap<_> =
        (0..nodes.len()).filter(|&at| children[at] == 0).map(key).collect();
    let mut ranks = vec![0_usize; nodes.len()];
    let mut next = 0;
    while let Some((.., at)) = free.pop() {
        ranks[at] = next;
        next += 1;
        for parent in &nodes[at].parents {
            let place = places[parent];
            children[place] -= 1;
            if children[place] == 0 {
                free.push(key(place));
            }
        }
    }
    let mut ranked: Vec<(usize, Node)> = ranks.into_iter().zip(nodes.drain(..)).collect();
    ranked.sort_unstable_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, node)| node).collect()
}

fn time_of(seconds: i64) -> Timestamp {
    let end = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(end)
}
