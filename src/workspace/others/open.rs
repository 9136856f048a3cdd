//! Opening other memories.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use super::{Other, OtherError, Unasked};
use crate::config::{Memory as Named, Override};
use crate::corpus::Reference;
use crate::git::Repository;
use crate::index::Index;
use crate::review::{repository_name, without_user};
use crate::workspace::place::Place;
use crate::workspace::{Asked, Workspace, WorkspaceError};

impl Workspace {
    /// The memories that the user's side names; none for a workspace that is such
    /// a memory itself, so that nobody asks in a circle.
    pub(super) fn named_memories(&self) -> &[Named] {
        if self.name.is_some() { &[] } else { &self.own_settings().memories }
    }

    /// Folders of clones on this machine by [`repository_name`] of what they are
    /// clones of, as the user's side names them.
    pub fn clones(&self) -> impl Iterator<Item = (String, PathBuf)> {
        let audit = self.own_settings().section("audit").merged();
        let named = audit.get("repositories").and_then(Value::as_object).cloned();
        let clone = |(address, path): (String, Value)| {
            Some((repository_name(&address), self.below_home(path.as_str()?)))
        };
        named.into_iter().flatten().filter_map(clone)
    }

    /// A path of the user's settings; one that begins with `~/` lies in the home.
    pub(in crate::workspace) fn below_home(&self, path: &str) -> PathBuf {
        match (path.strip_prefix("~/"), &self.environment.home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(path),
        }
    }

    /// Opens each of `named` at its trunk, or at the date that is asked.
    pub(super) fn open_others(&self, named: &[Named], asked: &Asked) -> (Vec<Other>, Vec<Unasked>) {
        let (mut opened, mut unasked) = (Vec::new(), Vec::new());
        for (at, memory) in named.iter().enumerate() {
            let is_taken = named[..at].iter().any(|other| other.name == memory.name);
            match self.open_next(memory, asked, &opened, is_taken) {
                Ok(other) => opened.extend(other),
                Err(error) => unasked.push(Unasked { name: memory.name.clone(), error }),
            }
        }
        (opened, unasked)
    }

    /// One of several; `None` for this repository itself.
    fn open_next(
        &self,
        named: &Named,
        asked: &Asked,
        opened: &[Other],
        is_taken: bool,
    ) -> Result<Option<Other>, OtherError> {
        let name = || named.name.clone();
        if is_taken {
            return Err(OtherError::Twice { name: name(), place: place(named) });
        }
        let workspace = self.open_other(named)?;
        if workspace.is_of(self) {
            return Ok(None);
        }
        if let Some(first) = opened.iter().find(|other| other.workspace.is_of(&workspace)) {
            let first = first.memory.name.clone().unwrap_or_default();
            return Err(OtherError::Again { name: name(), first });
        }
        let asked = if matches!(asked, Asked::AsOf(_)) { asked } else { &Asked::Trunk };
        let unusable = |error| OtherError::Unusable { name: name(), why: Box::new(error) };
        let revision = workspace.revision(asked).map_err(unusable)?;
        if revision.commit.is_none() {
            return Err(OtherError::NoCommit { name: name(), path: workspace.shown() });
        }
        let memory = workspace.memory_at(revision).map_err(unusable)?;
        Ok(Some(Other { workspace, memory, first: 0 }))
    }

    /// The workspace of another memory. Nothing that was said for this call alone
    /// counts there.
    pub(super) fn open_other(&self, named: &Named) -> Result<Self, OtherError> {
        let name = named.name.clone();
        if !Reference::may_name_memory(&name) {
            return Err(OtherError::Name { name });
        }
        let path = self.folder_of(named)?;
        let unusable = |error: WorkspaceError| OtherError::Unusable {
            name: named.name.clone(),
            why: Box::new(error),
        };
        let repository = Repository::open(&path).map_err(|error| unusable(error.into()))?;
        if let Some(url) = &named.url {
            is_clone_of(&repository, named, &path, url)?;
        }
        let trunk = named.trunk.as_ref().map(|trunk| Override::parse(&format!("trunk={trunk}")));
        let trunk = trunk.transpose().map_err(|error| unusable(error.into()))?;
        let mut environment = self.environment.clone();
        environment.prode.clear();
        (environment.git_index_file, environment.git_quarantine) = (None, None);
        let place = Place::Git(repository);
        let index = Arc::new(Index::open(place.index_folder(&environment).as_deref()));
        Ok(Self {
            place,
            environment,
            user: self.user.clone(),
            overrides: trunk.into_iter().collect(),
            clock: self.clock,
            index,
            kept: Arc::default(),
            progress: self.progress.clone(),
            own: OnceLock::new(),
            name: Some(name),
            acting: None,
        })
    }

    fn folder_of(&self, named: &Named) -> Result<PathBuf, OtherError> {
        let name = || named.name.clone();
        let path = match (&named.path, &named.url) {
            (Some(path), _) => self.below_home(path),
            (None, url) => {
                let url = url.as_deref().unwrap_or_default();
                let wanted = repository_name(url);
                let clone = self.clones().find(|(name, _)| *name == wanted);
                let no_clone = || OtherError::NoClone { name: name(), url: without_user(url) };
                clone.ok_or_else(no_clone)?.1
            }
        };
        if path.is_absolute() {
            return Ok(path);
        }
        Err(OtherError::Relative { name: name(), path: path.display().to_string() })
    }

    /// True if both are work trees or clones of one repository on this disk.
    fn is_of(&self, other: &Self) -> bool {
        let common = |it: &Self| {
            let folder = it.repository()?.common_dir().to_owned();
            Some(folder.canonicalize().unwrap_or(folder))
        };
        common(self).is_some_and(|folder| common(other) == Some(folder))
    }

    /// The top folder for people; of a bare repository its own.
    pub fn shown(&self) -> String {
        let git = || self.repository().map(Repository::git_dir);
        let place = self.folder().or_else(git).map(|folder| folder.display().to_string());
        place.unwrap_or_default().trim_end_matches('/').to_owned()
    }
}

/// Path or address, as the settings have it.
fn place(named: &Named) -> String {
    let url = || named.url.as_deref().map(without_user);
    named.path.clone().or_else(url).unwrap_or_default()
}

fn is_clone_of(
    repository: &Repository,
    named: &Named,
    path: &Path,
    url: &str,
) -> Result<(), OtherError> {
    let wanted = repository_name(url);
    let Some(of) = repository.remote_address().map(|address| repository_name(&address)) else {
        return Ok(());
    };
    if of == wanted || repository_name(&path.to_string_lossy()) == wanted {
        return Ok(());
    }
    Err(OtherError::OtherClone {
        name: named.name.clone(),
        path: path.display().to_string(),
        of,
        url: without_user(url),
    })
}
