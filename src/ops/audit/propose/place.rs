//! Where an owner's branch stands, and what becomes of it.
//!
//! The program's own commit may be made anew; everything else that stands there
//! is somebody's, and stays.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::PROPOSER;
use super::build::{Built, edits};
use super::ground::Bench;
use super::remote::Remote;
use super::text;
use crate::git::{Draft, Edit, Entry, Identity, Message, Target, Writer, hash_blob};
use crate::ids::{BlobId, CommitId};
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;

/// Where the branch is then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placed {
    /// Here, to be pushed.
    Here { commit: CommitId, base: CommitId, how: &'static str },
    /// People put commits of their own there.
    Theirs(CommitId),
    /// It is checked out here, and files would not follow.
    CheckedOut(CommitId),
    /// The trunk has it.
    Merged(CommitId),
    /// Somebody took it away.
    Closed(CommitId),
    /// It was made on a commit of the trunk that is not known here.
    Behind(CommitId),
    /// There is nothing to propose; where it stands, if it does.
    Nothing(Option<CommitId>),
}

impl Placed {
    pub(super) fn status(self) -> &'static str {
        match self {
            Self::Here { how, .. } => how,
            Self::Theirs(_) | Self::CheckedOut(_) => "theirs",
            Self::Merged(_) => "merged",
            Self::Closed(_) => "closed",
            Self::Behind(_) => "behind",
            Self::Nothing(_) => "nothing",
        }
    }

    pub(super) fn commit(self) -> Option<CommitId> {
        match self {
            Self::Here { commit, .. } => Some(commit),
            Self::Theirs(tip)
            | Self::CheckedOut(tip)
            | Self::Merged(tip)
            | Self::Closed(tip)
            | Self::Behind(tip) => Some(tip),
            Self::Nothing(tip) => tip,
        }
    }

    /// What a person should know of it.
    pub(super) fn note(self) -> Option<String> {
        let note = match self {
            Self::Here { .. } | Self::Nothing(None) => return None,
            Self::Theirs(_) => "people put commits of their own there: they go on with it by hand",
            Self::CheckedOut(_) => {
                "it is checked out here and would change: switch to another branch, then run it again"
            }
            Self::Merged(_) => "the trunk has it",
            Self::Closed(_) => "somebody took the branch away: it is not made again",
            Self::Behind(_) => {
                "it was made on a later trunk than this one: git fetch, git merge --ff-only"
            }
            Self::Nothing(Some(_)) => "nothing is left of what it settles: close it",
        };
        Some(note.to_owned())
    }
}

/// A commit that stands on a branch.
enum Tip {
    Landed(CommitId),
    Ours { tip: CommitId, base: CommitId, day: Date },
    Theirs(CommitId),
}

/// Makes the branch, or finds it made.
pub(super) fn place(
    bench: &Bench<'_>,
    remote: &Remote<'_>,
    branch: &str,
    (owner, built): (&str, &Built<'_>),
) -> Result<Placed, OpError> {
    let reference = format!("refs/heads/{branch}");
    let local = bench.git.ref_commit(&reference)?;
    let here = local.map(|tip| read(bench, tip)).transpose()?;
    let there = remote.tip(branch)?.map(|tip| read(bench, tip)).transpose()?;
    if let Some(there) = there.as_ref().filter(|_| remote.is_gone(branch)) {
        return Ok(match there {
            Tip::Landed(tip) => Placed::Merged(*tip),
            Tip::Ours { tip, .. } | Tip::Theirs(tip) => Placed::Closed(*tip),
        });
    }
    for tip in [&there, &here].into_iter().flatten() {
        if let Tip::Theirs(tip) = tip {
            return Ok(Placed::Theirs(*tip));
        }
    }
    let ours = match there.or(here) {
        Some(Tip::Landed(tip)) => return Ok(Placed::Merged(tip)),
        Some(Tip::Ours { tip, base, day }) => Some((tip, base, day)),
        Some(Tip::Theirs(_)) | None => None,
    };
    if let Some((tip, base, _)) = ours
        && !bench.git.is_ancestor(base, bench.base)?
    {
        return Ok(Placed::Behind(tip));
    }
    if built.plan.settled.is_empty() {
        return Ok(Placed::Nothing(ours.map(|it| it.0)));
    }
    let writer = writer(bench)?;
    let placed = match ours {
        Some((tip, base, day)) if is_same(bench, built, (tip, base, day))? => {
            Placed::Here { commit: tip, base, how: "same" }
        }
        _ => {
            let commit = commit(bench, &writer, owner, built)?;
            let how = if ours.is_some() { "updated" } else { "made" };
            Placed::Here { commit, base: bench.base, how }
        }
    };
    let Some(to) = placed.commit().filter(|it| local != Some(*it)) else { return Ok(placed) };
    if let Some(local) = local
        && bench.git.checked_out(&reference).is_ok_and(|it| !it.is_empty())
    {
        return Ok(Placed::CheckedOut(local));
    }
    writer.move_ref(Target::Ref(&reference), local, to)?;
    Ok(placed)
}

fn writer(bench: &Bench<'_>) -> Result<Writer, OpError> {
    let trunk = bench.workspace.trunk()?.map(|it| it.reference);
    let start = bench.today.to_zoned(TimeZone::UTC).map(|it| it.timestamp());
    let after = bench.git.commit(bench.base)?.time;
    // Of the day, and not before what it changes: the same wherever it is made.
    let time = start.map_or(after, |start| start.max(after));
    Ok(bench.git.writer_as(&proposer(), trunk.as_deref(), time)?)
}

fn proposer() -> Identity {
    let (name, email) = PROPOSER;
    Identity { name: name.to_owned(), email: email.to_owned() }
}

fn commit(
    bench: &Bench<'_>,
    writer: &Writer,
    owner: &str,
    built: &Built<'_>,
) -> Result<CommitId, OpError> {
    let (edits, _) = edits(bench, &built.plan, &built.by, bench.today)?;
    let tree = writer.tree(Some(bench.base), &edits)?;
    let trailers = [
        (AUDIT, bench.quarter.to_string()),
        (DAY, bench.today.to_string()),
        (TREE, tree.to_string()),
    ];
    let trailers = trailers.map(|(name, value)| (name.to_owned(), value)).into();
    let (subject, body) = text::message(bench, owner, &built.plan)?;
    let draft = Draft { message: Message { subject, body, trailers }, ..Draft::default() };
    Ok(writer.commit_of(tree, Some(bench.base), &draft)?)
}

const AUDIT: &str = "Prode-Audit";
const DAY: &str = "Prode-Day";
const TREE: &str = "Prode-Tree";

/// What stands on a branch. A commit is the program's own where it made it,
/// nobody amended it, and its files are those that it was made with.
fn read(bench: &Bench<'_>, tip: CommitId) -> Result<Tip, OpError> {
    let git = bench.git;
    if git.is_ancestor(tip, bench.base)? {
        return Ok(Tip::Landed(tip));
    }
    let info = git.commit(tip)?;
    let (who, message) = git.words_of(tip)?;
    let trailer = |name: &str| {
        let mut lines = message.lines().rev();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    };
    let day: Option<Date> = trailer(DAY).and_then(|it| it.parse().ok());
    let is_ours = who.iter().all(|it| *it == proposer())
        && trailer(AUDIT) == Some(&bench.quarter.to_string())
        && trailer(TREE) == Some(&info.tree.to_string());
    let ([base], Some(day), true) = (&info.parents[..], day, is_ours) else {
        return Ok(Tip::Theirs(tip));
    };
    let changes = changes(bench, *base, tip)?;
    let tree = git.commit(bench.base)?.tree;
    for (path, blob) in &changes {
        if git.entry(tree, path)? != Some(Entry::File(*blob)) {
            return Ok(Tip::Ours { tip, base: *base, day });
        }
    }
    // A merge that squashed it leaves its files and not its commit.
    Ok(Tip::Landed(tip))
}

/// True where the branch says what it would say if it was made on this trunk,
/// on the day on which it was made.
fn is_same(
    bench: &Bench<'_>,
    built: &Built<'_>,
    (tip, base, day): (CommitId, CommitId, Date),
) -> Result<bool, OpError> {
    let (edits, _) = edits(bench, &built.plan, &built.by, day)?;
    let mut wanted = BTreeMap::new();
    for edit in edits {
        let Edit::Write { path, bytes, .. } = edit else { continue };
        if bench.git.file_at(bench.base, &path)?.as_ref() != Some(&bytes) {
            wanted.insert(path, hash_blob(&bytes));
        }
    }
    Ok(changes(bench, base, tip)? == wanted)
}

/// Files that a commit changes, as it has them.
fn changes(
    bench: &Bench<'_>,
    base: CommitId,
    tip: CommitId,
) -> Result<BTreeMap<RepoPath, BlobId>, OpError> {
    let [old, new] = [bench.git.commit(base)?.tree, bench.git.commit(tip)?.tree];
    let changes = bench.git.changes(old, new, &mut |_, _| true)?.into_iter();
    Ok(changes.filter_map(|it| Some((it.path, it.new?))).collect())
}
