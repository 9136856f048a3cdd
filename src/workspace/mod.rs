//! An opened repository with its settings and its index.
//!
//! The one place that joins the gateways: it finds the repository, decides
//! which revision a question is answered from, reads the settings of that
//! revision, and makes the index hold it. Operations get a [`Memory`] and ask
//! that. A folder that is no repository is read as it is on disk.

mod beside;
mod edits;
mod error;
mod files;
mod forge;
mod kept;
mod lookups;
mod memory;
mod others;
mod past;
mod place;
mod policy;
mod pool;
mod reader;
mod reviewed;
mod revision;
mod runs;
mod source;
mod telemetry;
mod tokens;
mod tracker;
mod usage;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub use beside::Unreviewed;
pub use error::WorkspaceError;
pub use files::ReadPage;
pub(crate) use files::page_in;
pub use forge::{Opening, forge_name};
pub use lookups::Lookups;
pub use memory::Memory;
pub use others::{Other, OtherError, Unasked};
pub use pool::{Lent, Pool};
pub use reader::Reader;
pub use reviewed::{Reviewed, settings_alone};
pub use revision::{Asked, Revision};

use crate::clock::Clock;
use crate::config::{Environment, Override, Problem, Settings, Sources, UserFile};
use crate::git::{GitError, Repository, Trunk};
use crate::ids::CommitId;
use crate::index::Index;
use kept::Kept;
use place::Place;

/// Told how many of how many pages are indexed.
pub type Progress = dyn Fn(usize, usize) + Sync + Send;

/// What a workspace is opened with.
#[derive(Clone)]
pub struct Options {
    /// Where to look; else upward from `current`.
    pub repo: Option<PathBuf>,
    /// The folder of the process.
    pub current: PathBuf,
    /// `--config KEY=VALUE`, in the order typed.
    pub overrides: Vec<String>,
    /// The environment of the process.
    pub environment: Environment,
    /// The time of the answer.
    pub clock: Clock,
}

/// An opened repository, or a folder that is none.
pub struct Workspace {
    place: Place,
    environment: Environment,
    user: Option<UserFile>,
    overrides: Vec<Override>,
    clock: Clock,
    index: Arc<Index>,
    /// What took long to work out.
    kept: Arc<Kept>,
    progress: Option<Arc<Progress>>,
    /// Settings without any repository's, worked out once.
    own: OnceLock<Resolved>,
    /// What its citations begin with, where another repository asks it.
    name: Option<String>,
    /// Who decides, where it is not whom Git names.
    acting: Option<String>,
}

/// What all workspaces of one repository share in a process that lasts.
#[derive(Clone)]
struct Common {
    index: Arc<Index>,
    kept: Arc<Kept>,
}

/// Settings, and what is wrong with them.
type Resolved = (Settings, Vec<Problem>);

impl Workspace {
    /// Finds the repository and reads the user's settings. The index is
    /// opened where it is, and touched when something is asked.
    pub fn open(options: Options) -> Result<Self, WorkspaceError> {
        Self::open_sharing(options, None)
    }

    /// The same, with what others have of it already.
    fn open_sharing(options: Options, common: Option<Common>) -> Result<Self, WorkspaceError> {
        let incoming = options.environment.git_quarantine.as_deref();
        let place = Place::find(options.repo.as_deref(), &options.current, incoming)?;
        let user = UserFile::read(&options.environment)?;
        let overrides =
            options.overrides.iter().map(|text| Override::parse(text)).collect::<Result<_, _>>()?;
        let Common { index, kept } = common.unwrap_or_else(|| {
            let folder = place.index_folder(&options.environment);
            Common { index: Arc::new(Index::open(folder.as_deref())), kept: Arc::default() }
        });
        let Options { environment, clock, .. } = options;
        Ok(Self {
            place,
            environment,
            user,
            overrides,
            clock,
            index,
            kept,
            progress: None,
            own: OnceLock::new(),
            name: None,
            acting: None,
        })
    }

    /// Has `progress` told about long work.
    pub fn on_progress(&mut self, progress: Box<Progress>) {
        self.progress = Some(Arc::from(progress));
    }

    /// The memory at a revision: indexed where it was not yet.
    pub fn memory(&self, asked: &Asked) -> Result<Memory, WorkspaceError> {
        self.memory_at(self.revision(asked)?)
    }

    /// The same, at a revision that is known.
    fn memory_at(&self, revision: Revision) -> Result<Memory, WorkspaceError> {
        memory::open(self, revision)
    }

    /// The repository, where there is one.
    pub fn repository(&self) -> Option<&Repository> {
        match &self.place {
            Place::Git(repository) => Some(repository),
            Place::Folder(_) => None,
        }
    }

    /// The top folder on disk; `None` for a bare repository.
    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Git(repository) => repository.workdir(),
            Place::Folder(folder) => Some(folder),
        }
    }

    fn common(&self) -> Common {
        Common { index: Arc::clone(&self.index), kept: Arc::clone(&self.kept) }
    }

    /// The index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The environment of the process.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The time of the process.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Sets the time of the answers to come, for a process that lasts.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// Who decides what is asked next, where somebody else asks than whom Git names;
    /// `None` for that person.
    pub fn act_as(&mut self, name: Option<&str>) {
        self.acting = name.map(str::to_owned);
    }

    /// See [`Self::act_as`].
    pub(crate) fn acting(&self) -> Option<&str> {
        self.acting.as_deref()
    }

    /// Settings without any repository's: what may choose the trunk.
    pub(crate) fn own_settings(&self) -> &Settings {
        &self.own().0
    }

    fn own(&self) -> &Resolved {
        self.own.get_or_init(|| self.resolve(None))
    }

    /// Settings with the `prode.yaml` given, and what is wrong with them.
    pub fn settings(&self, repository: Option<&[u8]>) -> (Settings, Vec<Problem>) {
        match repository {
            None => self.own().clone(),
            some => self.resolve(some),
        }
    }

    fn resolve(&self, repository: Option<&[u8]>) -> Resolved {
        Settings::resolve(Sources {
            user: self.user.as_ref(),
            repository,
            environment: &self.environment,
            command_line: &self.overrides,
        })
    }

    /// The trunk. The user's word comes first; a repository's counts only in
    /// the commit that it names itself.
    pub fn trunk(&self) -> Result<Option<Trunk>, GitError> {
        let Some(repository) = self.repository() else { return Ok(None) };
        if let Some(name) = &self.own_settings().trunk.user {
            return repository.trunk(Some(name)).map(Some);
        }
        self.trunk_by_itself(repository).map(Some)
    }

    /// The trunk as the repository alone names it.
    fn trunk_by_itself(&self, repository: &Repository) -> Result<Trunk, GitError> {
        let usual = repository.trunk(None)?;
        let named = usual.commit.and_then(|commit| self.trunk_named_in(repository, commit));
        let confirmed = named.filter(|name| *name != usual.name).and_then(|name| {
            let other = repository.trunk(Some(&name)).ok()?;
            (self.trunk_named_in(repository, other.commit?)? == name).then_some(other)
        });
        Ok(confirmed.unwrap_or(usual))
    }

    fn trunk_named_in(&self, repository: &Repository, commit: CommitId) -> Option<String> {
        let tree = repository.commit(commit).ok()?.tree;
        let bytes = place::settings_file(repository, tree)?;
        self.settings(Some(&bytes)).0.trunk.repository
    }

    /// Pages that were changed on disk since the last commit, which an answer
    /// from a commit leaves out; 0 where there is no work tree.
    pub fn unsearched_pages(&self, memory: &Memory) -> Result<usize, GitError> {
        let Some(repository) = self.repository().filter(|it| it.workdir().is_some()) else {
            return Ok(0);
        };
        let head = repository.resolve("HEAD").and_then(|head| repository.commit(head)).ok();
        let mut wanted = source::wanted(memory.roots());
        Ok(repository.work_tree_changes(head.map(|head| head.tree), &mut wanted)?.len())
    }
}
