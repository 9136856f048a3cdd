//! What the trunk says by itself, whatever the user's side says.
//!
//! Who may approve what must not depend on a variable, an option or the user's
//! file: they belong to whoever runs the program, and that may be an agent. So
//! neither the trunk's name nor people nor owners are asked of them here.

use super::place::{CommitTree, settings_file};
use super::{Workspace, WorkspaceError};
use crate::config::{Environment, Settings, Sources};
use crate::corpus::{CodeOwners, OwnersFile, Roots, Rules};
use crate::git::{Repository, TrunkSource};
use crate::ids::{CommitId, TreeId};

/// The trunk, and what it says.
pub struct Reviewed {
    /// The trunk's short name.
    pub name: String,
    /// The full name of its ref.
    pub reference: String,
    /// Its commit.
    pub commit: CommitId,
    /// That commit's tree.
    pub tree: TreeId,
    /// Settings of its `prode.yaml` alone.
    pub settings: Settings,
    /// Roots, owners and people of that commit alone.
    pub rules: Rules,
}

impl Workspace {
    /// What the trunk says by itself.
    ///
    /// # Errors
    /// Outside a repository, before the first commit, and where only HEAD
    /// could be the trunk: whoever runs the program chooses HEAD.
    pub fn reviewed(&self) -> Result<Reviewed, WorkspaceError> {
        let Some(repository) = self.repository() else {
            let place = self.folder().map(|it| it.display().to_string());
            return Err(WorkspaceError::NoRevisions(place.unwrap_or_default()));
        };
        let trunk = self.trunk_by_itself(repository)?;
        let commit = match (trunk.commit, trunk.source) {
            (Some(commit), source) if source != TrunkSource::Head => commit,
            _ => return Err(WorkspaceError::NoReviewedTrunk),
        };
        let tree = repository.commit(commit)?.tree;
        let settings = settings_alone(settings_file(repository, tree).as_deref());
        let rules = rules(repository, tree, &settings);
        Ok(Reviewed { name: trunk.name, reference: trunk.reference, commit, tree, settings, rules })
    }
}

/// Settings that follow from one `prode.yaml` and the defaults.
pub fn settings_alone(file: Option<&[u8]>) -> Settings {
    let environment = Environment::default();
    let sources =
        Sources { user: None, repository: file, environment: &environment, command_line: &[] };
    Settings::resolve(sources).0
}

fn rules(repository: &Repository, tree: TreeId, settings: &Settings) -> Rules {
    let look = CommitTree { repository, tree: Some(tree) };
    let owners = OwnersFile::find(&look, settings.codeowners)
        .map(|file| CodeOwners::parse(&file.bytes, file.dialect).0)
        .unwrap_or_default();
    Rules {
        roots: Roots::resolve(&settings.roots, &look),
        owners,
        intervals: settings.review.clone(),
        people: settings.people.clone(),
        wikilinks: settings.wikilinks.clone(),
        stamps: super::memory::stamps(&look).0,
    }
}
