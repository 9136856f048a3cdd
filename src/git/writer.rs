//! The door through which commits are made and refs move.
//!
//! Always: a ref moves only from where it was expected (compare-and-swap under
//! the ref's own lock); objects are on the disk before the ref names them;
//! index and work tree are not looked at. The trunk moves only for
//! [`Target::Trunk`]. A lock file that a killed process left is named, never
//! removed. Hooks are not run: those of a push are the other side's.

use git2::{ErrorCode, Oid, Signature};
use jiff::Timestamp;

use super::Repository;
use super::blob::{oid, raw};
use super::durable::Durable;
use super::edit::{Draft, Edit, Identity};
use super::edited_tree::edited;
use super::error::GitError;
use super::patience::Patience;
use super::signed_commit;
use super::write_error::WriteError;
use crate::ids::{CommitId, TreeId};

/// Which ref is meant, by its full name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// Any ref but the trunk.
    Ref(&'a str),
    /// The trunk: the caller says that it knows.
    Trunk(&'a str),
}

impl<'a> Target<'a> {
    fn name(self) -> &'a str {
        match self {
            Self::Ref(name) | Self::Trunk(name) => name,
        }
    }
}

/// Makes commits and moves refs of one repository.
pub struct Writer {
    repository: Repository,
    trunk: Option<String>,
    author: Identity,
    committer: Identity,
    time: Timestamp,
    signs: bool,
    _durable: Durable,
}

impl Repository {
    /// A writer whose commits are of `time`. `trunk` is the full name of the
    /// ref that stays as it is; `None` where there is none to protect.
    ///
    /// # Errors
    /// Where Git's settings do not say who commits.
    pub fn writer(&self, trunk: Option<&str>, time: Timestamp) -> Result<Writer, WriteError> {
        let repository = self.reopen()?;
        let durable = Durable::set(&repository.git)?;
        let config = repository.git.config().and_then(|mut it| it.snapshot());
        let config = config.map_err(WriteError::library("read Git's settings"))?;
        let author = identity(&config, ["author.name", "author.email"])?;
        let committer = identity(&config, ["committer.name", "committer.email"])?;
        let signs = config.get_bool("commit.gpgsign").unwrap_or(false);
        let trunk = trunk.map(str::to_owned);
        Ok(Writer { repository, trunk, author, committer, time, signs, _durable: durable })
    }

    /// A writer whose commits are nobody's: `who` wrote and made them, whoever
    /// runs it, and no person's key signs them. The same draft on the same base
    /// is the same commit on every machine.
    ///
    /// # Errors
    /// Where the repository cannot be opened once more.
    pub fn writer_as(
        &self,
        who: &Identity,
        trunk: Option<&str>,
        time: Timestamp,
    ) -> Result<Writer, WriteError> {
        let repository = self.reopen()?;
        let durable = Durable::set(&repository.git)?;
        let (author, committer) = (who.clone(), who.clone());
        let trunk = trunk.map(str::to_owned);
        Ok(Writer { repository, trunk, author, committer, time, signs: false, _durable: durable })
    }
}

fn identity(config: &git2::Config, keys: [&str; 2]) -> Result<Identity, WriteError> {
    let ask = |key: &str| config.get_string(key).ok().filter(|it| !it.trim().is_empty());
    let either = |own: &str, user: &'static str| {
        ask(own).or_else(|| ask(user)).ok_or(WriteError::NoIdentity(user))
    };
    Ok(Identity { name: either(keys[0], "user.name")?, email: either(keys[1], "user.email")? })
}

impl Writer {
    /// Makes the commit on `base` and moves the ref there from `base`; the
    /// commit. `None` as base: the ref must not be there, and the commit has
    /// no parent but those that it merges.
    pub fn commit_to(
        &self,
        target: Target<'_>,
        base: Option<CommitId>,
        draft: &Draft,
    ) -> Result<CommitId, WriteError> {
        self.refuse_trunk(target)?;
        let commit = self.commit(base, draft)?;
        self.move_ref(target, base, commit)?;
        Ok(commit)
    }

    /// Adds to a ref that many write: `draft` is asked for the next commit on
    /// the tip that is there, again whenever somebody was quicker. `None` from
    /// it ends without a commit.
    pub fn append<E: From<WriteError>>(
        &self,
        reference: &str,
        mut draft: impl FnMut(Option<CommitId>) -> Result<Option<Draft>, E>,
    ) -> Result<Option<CommitId>, E> {
        let mut patience = Patience::new();
        loop {
            let tip = self.repository.ref_commit(reference).map_err(WriteError::Git)?;
            let Some(draft) = draft(tip)? else { return Ok(None) };
            match self.commit_to(Target::Ref(reference), tip, &draft) {
                Err(WriteError::Moved { .. }) if patience.after_moved() => {}
                Err(WriteError::Moved { .. }) => {
                    return Err(WriteError::Crowded(reference.to_owned()).into());
                }
                done => return Ok(done.map(Some)?),
            }
        }
    }

    /// Makes a commit that no ref names yet.
    pub fn commit(&self, base: Option<CommitId>, draft: &Draft) -> Result<CommitId, WriteError> {
        let tree = self.tree(base, &draft.edits)?;
        self.commit_of(tree, base, draft)
    }

    /// The same commit for looking at: never signed, and no ref will name it.
    pub fn sketch(&self, base: Option<CommitId>, draft: &Draft) -> Result<CommitId, WriteError> {
        let tree = self.tree(base, &draft.edits)?;
        self.sketch_of(tree, base, draft)
    }

    /// The same of a tree that is already there.
    pub fn sketch_of(
        &self,
        tree: TreeId,
        base: Option<CommitId>,
        draft: &Draft,
    ) -> Result<CommitId, WriteError> {
        let parents: Vec<CommitId> = base.into_iter().chain(draft.merges.iter().copied()).collect();
        let id = self.plain_commit(self.who(draft), tree, &parents, &draft.message.text())?;
        Ok(CommitId(raw(id)))
    }

    pub(super) fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The tree that a commit of `edits` on `base` would have.
    pub fn tree(&self, base: Option<CommitId>, edits: &[Edit]) -> Result<TreeId, WriteError> {
        let base = base.map(|base| self.repository.commit(base)).transpose()?;
        let base = base.map(|base| oid(base.tree.0));
        edited(&self.repository.git, base, edits).map(|tree| TreeId(raw(tree)))
    }

    /// Makes a commit of a tree that is already there; the draft's edits do not count.
    pub fn commit_of(
        &self,
        tree: TreeId,
        base: Option<CommitId>,
        draft: &Draft,
    ) -> Result<CommitId, WriteError> {
        let parents: Vec<CommitId> = base.into_iter().chain(draft.merges.iter().copied()).collect();
        let message = draft.message.text();
        let who = self.who(draft);
        let id = if self.signs {
            signed_commit::make(&self.repository, who, self.time, tree, &parents, &message)?
        } else {
            self.plain_commit(who, tree, &parents, &message)?
        };
        Ok(CommitId(raw(id)))
    }

    /// Author and committer.
    fn who<'a>(&'a self, draft: &'a Draft) -> [&'a Identity; 2] {
        [draft.author.as_ref().unwrap_or(&self.author), &self.committer]
    }

    fn plain_commit(
        &self,
        [author, committer]: [&Identity; 2],
        tree: TreeId,
        parents: &[CommitId],
        message: &str,
    ) -> Result<Oid, WriteError> {
        let failed = WriteError::library("write a commit");
        let git = &self.repository.git;
        let when = git2::Time::new(self.time.as_second(), 0);
        let person = |who: &Identity| Signature::new(&who.name, &who.email, &when).map_err(&failed);
        let parents: Vec<_> = parents
            .iter()
            .map(|parent| self.repository.whole_commit(oid(parent.0)))
            .collect::<Result<_, _>>()?;
        let parents: Vec<_> = parents.iter().collect();
        let tree = self.repository.whole_tree(oid(tree.0))?;
        let (author, committer) = (person(author)?, person(committer)?);
        git.commit(None, &author, &committer, message, &tree, &parents).map_err(failed)
    }

    /// Moves a ref from `expected` to `to`; `None` expects it not to be there.
    pub fn move_ref(
        &self,
        target: Target<'_>,
        expected: Option<CommitId>,
        to: CommitId,
    ) -> Result<(), WriteError> {
        self.refuse_trunk(target)?;
        let name = target.name();
        // The library takes 40 zeros as "must not be there", under the ref's lock.
        let from = expected.map_or(Oid::ZERO_SHA1, |commit| oid(commit.0));
        self.swap(name, expected, || {
            let git = &self.repository.git;
            git.reference_matching(name, oid(to.0), true, from, "prode").map(|_| ())
        })
    }

    /// Removes a ref that stands at `expected`.
    pub fn delete_ref(&self, target: Target<'_>, expected: CommitId) -> Result<(), WriteError> {
        self.refuse_trunk(target)?;
        let name = target.name();
        let found = self.repository.ref_commit(name)?;
        if found != Some(expected) {
            let reference = name.to_owned();
            return Err(WriteError::Moved { reference, expected: Some(expected), found });
        }
        self.swap(name, Some(expected), || {
            self.repository.git.find_reference(name).and_then(|mut found| {
                if found.target() == Some(oid(expected.0)) { found.delete() } else { Ok(()) }
            })
        })
    }

    /// Does `work` with a ref, waiting while it is locked.
    fn swap(
        &self,
        name: &str,
        expected: Option<CommitId>,
        work: impl Fn() -> Result<(), git2::Error>,
    ) -> Result<(), WriteError> {
        let mut patience = Patience::new();
        loop {
            match work() {
                Ok(()) => return Ok(()),
                Err(error) if error.code() == ErrorCode::Locked => {
                    if !patience.after_locked() {
                        return Err(self.locked(name));
                    }
                }
                Err(error) => return Err(self.refusal(name, expected, &error)),
            }
        }
    }

    fn refusal(&self, name: &str, expected: Option<CommitId>, error: &git2::Error) -> WriteError {
        match error.code() {
            ErrorCode::Modified | ErrorCode::NotFound | ErrorCode::Exists => {
                match self.repository.ref_commit(name) {
                    Ok(found) => WriteError::Moved { reference: name.to_owned(), expected, found },
                    Err(error) => error.into(),
                }
            }
            ErrorCode::InvalidSpec => WriteError::BadRef(name.to_owned()),
            _ => WriteError::Git(GitError::library("move a ref")(git2::Error::from_str(
                error.message(),
            ))),
        }
    }

    fn locked(&self, name: &str) -> WriteError {
        let lock = self.repository.common_dir().join(format!("{name}.lock"));
        WriteError::Locked { reference: name.to_owned(), lock }
    }

    fn refuse_trunk(&self, target: Target<'_>) -> Result<(), WriteError> {
        let name = target.name();
        if !git2::Reference::is_valid_name(name) || !name.starts_with("refs/") {
            return Err(WriteError::BadRef(name.to_owned()));
        }
        match target {
            Target::Ref(name) if self.trunk.as_deref() == Some(name) => {
                Err(WriteError::IsTrunk(name.to_owned()))
            }
            _ => Ok(()),
        }
    }
}
