//! Which revision a question is answered from.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::place::Place;
use super::{Workspace, WorkspaceError};
use crate::clock::Clock;
use crate::git::Repository;
use crate::ids::{CommitId, TreeId};

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Asked {
    /// What has landed on the trunk.
    #[default]
    Trunk,
    /// Any commit-ish.
    Rev(String),
    /// The last trunk commit before the end of a day, or up to a time.
    AsOf(String),
    /// Files as they are on disk.
    WorkTree,
    /// What the next commit would hold.
    Staged,
}

/// What it means in this repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The commit answered for, or the one that the disk is compared with;
    /// `None` where there is none.
    pub commit: Option<CommitId>,
    /// That commit's tree.
    pub tree: Option<TreeId>,
    /// True if files on disk count instead of the commit's.
    pub on_disk: bool,
    /// Its name for people: `main`, `work tree`, what was typed.
    pub name: String,
    /// The time that the answer is given for.
    pub clock: Clock,
    /// What the reader should know, one line each.
    pub notes: Vec<String>,
}

impl Workspace {
    /// What `asked` means here.
    pub fn revision(&self, asked: &Asked) -> Result<Revision, WorkspaceError> {
        let Some(repository) = self.repository() else { return self.of_folder(asked) };
        match asked {
            Asked::Trunk => self.of_trunk(repository),
            Asked::Rev(rev) => {
                let commit = repository.resolve(rev)?;
                self.at(repository, Some(commit), rev.clone(), Vec::new())
            }
            Asked::AsOf(when) => self.as_of(repository, when),
            Asked::WorkTree => self.of_work_tree(repository, Vec::new()),
            Asked::Staged => {
                let file = self.environment.git_index_file.as_deref();
                let tree = Some(repository.staged_tree(file)?);
                let revision =
                    self.at(repository, None, "what is staged".to_owned(), Vec::new())?;
                Ok(Revision { tree, ..revision })
            }
        }
    }

    fn of_folder(&self, asked: &Asked) -> Result<Revision, WorkspaceError> {
        let Place::Folder(folder) = &self.place else { return self.revision(&Asked::Trunk) };
        if matches!(asked, Asked::Rev(_) | Asked::AsOf(_)) {
            return Err(WorkspaceError::NoRevisions(folder.display().to_string()));
        }
        let notes = match asked {
            Asked::Trunk => vec![format!(
                "'{}' is not in a Git repository; reading its files",
                folder.display()
            )],
            _ => Vec::new(),
        };
        Ok(Revision {
            commit: None,
            tree: None,
            on_disk: true,
            name: "folder".to_owned(),
            clock: self.clock,
            notes,
        })
    }

    fn of_trunk(&self, repository: &Repository) -> Result<Revision, WorkspaceError> {
        let Some(trunk) = self.trunk()? else { return self.of_folder(&Asked::Trunk) };
        let mut notes = trunk.notes;
        if trunk.commit.is_none() && repository.workdir().is_some() {
            notes.push("no commit yet; reading the files of the work tree".to_owned());
            return self.of_work_tree(repository, notes);
        }
        self.at(repository, trunk.commit, trunk.name, notes)
    }

    fn of_work_tree(
        &self,
        repository: &Repository,
        notes: Vec<String>,
    ) -> Result<Revision, WorkspaceError> {
        let head = repository.resolve("HEAD").ok();
        let revision = self.at(repository, head, "work tree".to_owned(), notes)?;
        Ok(Revision { on_disk: true, ..revision })
    }

    fn as_of(&self, repository: &Repository, when: &str) -> Result<Revision, WorkspaceError> {
        let (before, clock) = moment(when)?;
        let Some(trunk) = self.trunk()? else {
            return self.of_folder(&Asked::AsOf(when.to_owned()));
        };
        let found = trunk.commit.map(|tip| repository.as_of(tip, before)).transpose()?.flatten();
        let Some(commit) = found else {
            return Err(WorkspaceError::NothingBefore { trunk: trunk.name, when: when.to_owned() });
        };
        let name = format!("{} as of {when}", trunk.name);
        Ok(Revision { clock, ..self.at(repository, Some(commit), name, Vec::new())? })
    }

    fn at(
        &self,
        repository: &Repository,
        commit: Option<CommitId>,
        name: String,
        notes: Vec<String>,
    ) -> Result<Revision, WorkspaceError> {
        let tree =
            commit.map(|commit| repository.commit(commit)).transpose()?.map(|info| info.tree);
        Ok(Revision { commit, tree, on_disk: false, name, clock: self.clock, notes })
    }
}

/// The time before which a commit must be, and the clock of the answer: the
/// end of a day, or just after a full time.
fn moment(text: &str) -> Result<(Timestamp, Clock), WorkspaceError> {
    let bad = |_| WorkspaceError::BadTime(text.to_owned());
    if let Ok(time) = text.parse::<Timestamp>() {
        let after = time.checked_add(1.nanosecond()).map_err(bad)?;
        return Ok((after, Clock::at(time)));
    }
    let day: Date = text.parse().map_err(bad)?;
    let midnight =
        day.tomorrow().and_then(|next| next.to_zoned(TimeZone::UTC)).map_err(bad)?.timestamp();
    let last = midnight.checked_sub(1.second()).map_err(bad)?;
    Ok((midnight, Clock::at(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_and_a_time_is_taken_as_it_is() {
        let (before, clock) = moment("2026-03-31").unwrap();
        assert_eq!(before.to_string(), "2026-04-01T00:00:00Z");
        assert_eq!(clock.today().to_string(), "2026-03-31");
        let (before, _) = moment("2026-03-31T12:00:00+02:00").unwrap();
        assert_eq!(before.to_string(), "2026-03-31T10:00:00.000000001Z");
    }

    #[test]
    fn what_is_no_date_is_named() {
        assert_eq!(moment("soon").unwrap_err().to_string(), "'soon' is neither a date nor a time");
        assert!(moment("2026-02-30").is_err());
    }
}
