//! One repository for many calls at once.
//!
//! A repository serves one thread at a time, so each call is lent a workspace of
//! its own; all of them share one open index, and what took long to work out. What is lent follows the
//! repository: one that was moved away is said to be gone, and one that was put
//! in its place is opened anew, index and all. A call never lands in another
//! repository that happens to lie above.

use std::fs::Metadata;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::place::Place;
use super::{Common, Options, Workspace, WorkspaceError};

/// One repository for many calls at once.
pub struct Pool {
    options: Options,
    /// What the repository is known by: its Git folder, or the plain folder.
    home: PathBuf,
    state: Mutex<State>,
}

/// What is shared, and what nobody uses at the moment.
struct State {
    found: Option<Found>,
    /// Counts how often the repository changed under the pool.
    generation: u64,
    common: Option<Common>,
    idle: Vec<Workspace>,
}

/// What tells one folder from another at the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    number: (u64, u64),
    created: Option<std::time::SystemTime>,
}

impl Pool {
    /// Opens the repository once, so that a wrong place is said at the start.
    ///
    /// # Errors
    /// As [`Workspace::open`].
    pub fn open(options: Options) -> Result<Self, WorkspaceError> {
        let first = Workspace::open(options.clone())?;
        let home = home(&first.place);
        let state = State {
            found: found(&home),
            generation: 0,
            common: Some(first.common()),
            idle: vec![first],
        };
        Ok(Self { options, home, state: Mutex::new(state) })
    }

    /// A workspace for one call; it comes back by itself. Blocks while the
    /// repository is opened, a few milliseconds.
    ///
    /// # Errors
    /// [`WorkspaceError::Gone`] while the repository is not where it was; else as
    /// [`Workspace::open`].
    pub fn lend(&self) -> Result<Lent<'_>, WorkspaceError> {
        let mut state = self.state();
        let now = found(&self.home);
        if state.found != now {
            (state.found, state.common) = (now, None);
            state.generation += 1;
            state.idle.clear();
        }
        if state.found.is_none() {
            return Err(self.gone());
        }
        let generation = state.generation;
        let workspace = if let Some(workspace) = state.idle.pop() {
            workspace
        } else {
            let workspace = self.open_one(state.common.clone())?;
            state.common.get_or_insert_with(|| workspace.common());
            workspace
        };
        Ok(Lent { pool: self, workspace: Some(workspace), generation })
    }

    /// How often the index was brought to a tree that it did not hold yet,
    /// since the repository was opened.
    pub fn index_moves(&self) -> u64 {
        self.state().common.as_ref().map_or(0, |it| it.index.moves())
    }

    fn open_one(&self, common: Option<Common>) -> Result<Workspace, WorkspaceError> {
        let workspace = Workspace::open_sharing(self.options.clone(), common)?;
        if home(&workspace.place) == self.home { Ok(workspace) } else { Err(self.gone()) }
    }

    fn gone(&self) -> WorkspaceError {
        WorkspaceError::Gone(self.home.display().to_string())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A workspace that is lent for one call.
pub struct Lent<'a> {
    pool: &'a Pool,
    workspace: Option<Workspace>,
    generation: u64,
}

impl Lent<'_> {
    /// Lets go of a workspace that a panic left as nobody knows how: it is not
    /// lent again.
    pub fn discard(mut self) {
        self.workspace = None;
    }
}

impl Deref for Lent<'_> {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        match &self.workspace {
            Some(workspace) => workspace,
            None => unreachable!("it is taken out when it is dropped"),
        }
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Workspace {
        match &mut self.workspace {
            Some(workspace) => workspace,
            None => unreachable!("it is taken out when it is dropped"),
        }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.state();
        // What a panic left behind is not lent again.
        if state.generation == self.generation && !std::thread::panicking() {
            state.idle.extend(self.workspace.take());
        }
    }
}

fn home(place: &Place) -> PathBuf {
    match place {
        Place::Git(repository) => repository.git_dir().to_owned(),
        Place::Folder(folder) => folder.clone(),
    }
}

fn found(home: &std::path::Path) -> Option<Found> {
    let metadata = std::fs::metadata(home).ok().filter(Metadata::is_dir)?;
    Some(Found { number: number(&metadata), created: metadata.created().ok() })
}

#[cfg(unix)]
fn number(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

/// Elsewhere the time of its making tells enough.
#[cfg(not(unix))]
fn number(_: &Metadata) -> (u64, u64) {
    (0, 0)
}
