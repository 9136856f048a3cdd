//! Memories of other repositories, asked together with this one's.
//!
//! Which there are, the user's side alone says: a repository must not make
//! prode open folders elsewhere. Each is a workspace of its own, with the trunk,
//! the settings, the owners and the index of its repository; what is typed or
//! set for one call (`--config`, `PRODE_*`, `--rev`) is about this one. One that
//! cannot be opened is told, and takes nothing from the answer.

mod error;
mod open;

pub use error::OtherError;

use super::revision::Asked;
use super::{Memory, Workspace};
use crate::corpus::Reference;
use crate::index::Snapshot;

/// Another repository that is asked too.
pub struct Other {
    /// The repository.
    pub workspace: Workspace,
    /// Its memory; the name that citations begin with is its own.
    pub memory: Memory,
    /// The number of its first document among all.
    first: u32,
}

/// One that was named and cannot be asked.
pub struct Unasked {
    /// As the settings name it.
    pub name: String,
    /// Why.
    pub error: OtherError,
}

/// All that are asked together with one memory.
pub(super) struct Others {
    /// In the order of the settings.
    asked: Vec<Other>,
    unasked: Vec<Unasked>,
    /// The documents of all memories, this one's first.
    everything: Snapshot,
    pub(super) notes: Vec<String>,
}

impl Memory {
    /// This memory, and those that the user's settings name beside it. Where none
    /// is named, nothing is opened.
    #[must_use]
    pub fn with_others(self, workspace: &Workspace, asked: &Asked) -> Self {
        let named = workspace.named_memories();
        if named.is_empty() {
            return self;
        }
        let (mut opened, unasked) = workspace.open_others(named, asked);
        let snapshots = opened.iter().map(|other| &other.memory.snapshot);
        let (everything, firsts) =
            Snapshot::joined(std::iter::once(&self.snapshot).chain(snapshots));
        for (other, first) in opened.iter_mut().zip(firsts.into_iter().skip(1)) {
            other.first = first;
        }
        let notes = notes(workspace, &self, asked, (&opened, &unasked));
        let others = Others { asked: opened, unasked, everything, notes };
        Self { others: Some(Box::new(others)), ..self }
    }

    /// The documents of all memories that are asked; this one's keep their numbers.
    pub fn everything(&self) -> &Snapshot {
        self.others.as_ref().map_or(&self.snapshot, |others| &others.everything)
    }

    /// Has what words add remembered from now on, in about so many `bytes` at most: for who
    /// asks many questions.
    pub fn remember_words(&mut self, bytes: usize) {
        let everything = match &mut self.others {
            Some(others) => &mut others.everything,
            None => &mut self.snapshot,
        };
        everything.remember_words(bytes);
    }

    /// Other memories that are asked too, in the order of the settings.
    pub fn others(&self) -> &[Other] {
        self.others.as_ref().map_or(&[], |others| &others.asked)
    }

    /// Those that were named and cannot be asked.
    pub fn unasked(&self) -> &[Unasked] {
        self.others.as_ref().map_or(&[], |others| &others.unasked)
    }

    /// How far away the memory is that holds a document: 0 for this one, then the
    /// others in the order of the settings.
    pub fn distance(&self, doc: u32) -> usize {
        self.others().partition_point(|other| other.first <= doc)
    }

    /// The memory that holds a document.
    pub fn home_of(&self, doc: u32) -> &Self {
        let at = self.distance(doc).checked_sub(1);
        at.and_then(|at| self.others().get(at)).map_or(self, |other| &other.memory)
    }

    /// The same, and its repository.
    pub fn home<'a>(&'a self, workspace: &'a Workspace, doc: u32) -> (&'a Workspace, &'a Self) {
        match self.distance(doc).checked_sub(1).and_then(|at| self.others().get(at)) {
            Some(other) => (&other.workspace, &other.memory),
            None => (workspace, self),
        }
    }

    /// The memory of that name that was asked, and its repository; this one where
    /// there is no name.
    pub fn home_called<'a>(
        &'a self,
        workspace: &'a Workspace,
        name: Option<&str>,
    ) -> (&'a Workspace, &'a Self) {
        let mut others = self.others().iter().filter(|_| name.is_some());
        match others.find(|other| other.memory.name.as_deref() == name) {
            Some(other) => (&other.workspace, &other.memory),
            None => (workspace, self),
        }
    }

    /// A name as it is read from outside: that of the memory, a colon and the rest.
    pub fn called(&self, rest: String) -> String {
        match &self.name {
            Some(name) => format!("{name}:{rest}"),
            None => rest,
        }
    }
}

impl Workspace {
    /// The other memory that a reference begins with, and what it names there;
    /// `None` where the settings know none of that name.
    pub fn names_other(&self, typed: &str) -> Option<(String, String)> {
        let name = Reference::parse(typed).ok()?.memory?;
        let rest = typed.strip_prefix(&name)?.strip_prefix(':')?;
        self.named_memories().iter().find(|named| named.name == name)?;
        // `./` keeps a path with a colon from naming a memory once more.
        let is_memory = Reference::parse(rest).is_ok_and(|inner| inner.memory.is_some());
        Some((name, if is_memory { format!("./{rest}") } else { rest.to_owned() }))
    }

    /// The repository of the other memory of that name, which
    /// [`names_other`](Self::names_other) found in the settings.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn other(&self, name: &str) -> Result<Self, OtherError> {
        match self.named_memories().iter().find(|named| named.name == name) {
            Some(named) => self.open_other(named),
            None => Err(OtherError::Name { name: name.to_owned() }),
        }
    }

    /// What the reader should know where this repository answers from what has not
    /// landed on its trunk, or no longer is its tip, and `others` from their trunks;
    /// a date is taken for all.
    pub fn apart(&self, own: &Memory, asked: &Asked, others: &[&str]) -> Option<String> {
        let is_apart = match asked {
            Asked::Trunk | Asked::AsOf(_) => false,
            Asked::WorkTree | Asked::Staged => true,
            Asked::Rev(_) => {
                let trunk = self.trunk().ok().flatten().and_then(|trunk| trunk.commit);
                trunk != own.revision.commit
            }
        };
        let (name, names) = (&own.revision.name, others.join(", "));
        (is_apart && !others.is_empty()).then(|| {
            format!("'{name}' is of this repository alone: {names} answered from the trunk")
        })
    }
}

/// What the reader of an answer should know of the others.
fn notes(
    workspace: &Workspace,
    own: &Memory,
    asked: &Asked,
    (opened, unasked): (&[Other], &[Unasked]),
) -> Vec<String> {
    let mut notes: Vec<String> = unasked.iter().map(|it| it.error.told()).collect();
    let names = opened.iter().filter_map(|other| other.memory.name.as_deref());
    notes.extend(workspace.apart(own, asked, &names.collect::<Vec<_>>()));
    for Other { memory, .. } in opened {
        notes.extend(memory.notes().into_iter().map(|note| memory.called(format!(" {note}"))));
    }
    notes
}
