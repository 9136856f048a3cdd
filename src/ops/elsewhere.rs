//! Clones on this machine of other repositories that pages describe.
//!
//! A page may name any repository; which folder is its clone, the user alone
//! says. A clone is read as it stands and never fetched; one whose remote is
//! another repository is not used.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::corpus::Page;
use crate::git::{EntryKind, GitError, Globs, Repository, TreeFile};
use crate::ids::{CommitId, TreeId};
use crate::repo_path::RepoPath;
use crate::review::{foreign_glob, repository_name, sources_digest};
use crate::workspace::Workspace;

/// The setting that names them.
const SETTING: &str = "audit.repositories";

/// One of them, at its trunk.
pub(super) struct Found {
    pub(super) repository: Repository,
    /// The commit that is looked at.
    pub(super) commit: CommitId,
    pub(super) tree: TreeId,
    /// That commit's day in UTC.
    pub(super) day: Date,
}

/// Clones, each opened once.
pub(super) struct Clones {
    /// Folders by name, as the user's settings say.
    places: BTreeMap<String, PathBuf>,
    /// They are looked at as they were before this time.
    before: Option<Timestamp>,
    opened: BTreeMap<String, Result<Found, String>>,
}

/// What `page` describes of other repositories: globs by name.
pub(super) fn described(page: &Page) -> BTreeMap<String, Vec<&str>> {
    let mut globs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, glob) in page.front.sources.iter().filter_map(foreign_glob) {
        globs.entry(name).or_default().push(glob);
    }
    globs
}

impl Clones {
    /// Nothing is opened yet.
    pub(super) fn of(workspace: &Workspace, before: Option<Timestamp>) -> Self {
        Self { places: workspace.clones().collect(), before, opened: BTreeMap::new() }
    }

    /// The clone of `name`, or why there is none to look at.
    pub(super) fn get(&mut self, name: &str) -> Result<&Found, String> {
        if !self.opened.contains_key(name) {
            let found = self.open(name);
            self.opened.insert(name.to_owned(), found);
        }
        self.opened[name].as_ref().map_err(String::clone)
    }

    /// Those that were looked at.
    pub(super) fn looked_at(&self) -> impl Iterator<Item = (&String, &Found)> {
        self.opened.iter().filter_map(|(name, found)| Some((name, found.as_ref().ok()?)))
    }

    fn open(&self, name: &str) -> Result<Found, String> {
        let Some(path) = self.places.get(name) else {
            let why = format!(
                "no clone of it is named: set {SETTING}: {{{name}: FOLDER}} in your own settings"
            );
            return Err(why);
        };
        let shown = path.display();
        if !path.is_absolute() {
            return Err(format!("'{shown}' in {SETTING} is no folder from the top of the disk"));
        }
        let unusable = |error: GitError| format!("its clone cannot be used: {error}");
        let repository = Repository::open(path).map_err(unusable)?;
        let origin = repository.remote_address().map(|it| repository_name(&it));
        let own = repository_name(&path.to_string_lossy());
        match origin {
            Some(origin) if origin != name && own != name => {
                return Err(format!("'{shown}' is a clone of {origin}, and not of it"));
            }
            None if own != name => {
                return Err(format!(
                    "'{shown}' names no remote, so that nobody knows what it is a clone of"
                ));
            }
            _ => {}
        }
        let found = at_trunk(repository, self.before).map_err(unusable)?;
        found.ok_or_else(|| format!("'{shown}' had no commit on its trunk then"))
    }
}

fn at_trunk(repository: Repository, before: Option<Timestamp>) -> Result<Option<Found>, GitError> {
    let tip = repository.trunk(None)?.commit;
    let commit = match (tip, before) {
        (Some(tip), Some(before)) => repository.as_of(tip, before)?,
        (tip, _) => tip,
    };
    let Some(commit) = commit else { return Ok(None) };
    let info = repository.commit(commit)?;
    let day = info.time.to_zoned(TimeZone::UTC).date();
    Ok(Some(Found { repository, commit, tree: info.tree, day }))
}

impl Found {
    /// The files that `globs` name.
    pub(super) fn files(&self, globs: &[&str]) -> Result<Vec<TreeFile>, GitError> {
        self.repository.files(self.tree, &mut wanted(&Globs::new(globs.iter().copied())))
    }
}

/// Files that globs name, for who goes through a tree.
pub(super) fn wanted(globs: &Globs) -> impl FnMut(&[u8], EntryKind) -> bool {
    move |path, kind| kind == EntryKind::Folder || globs.name(&RepoPath::from_git(path))
}

/// The digest of files of one repository.
pub(super) fn digest(files: &[TreeFile]) -> String {
    sources_digest(files.iter().map(|file| (&file.path, file.blob)))
}
