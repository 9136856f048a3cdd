//! `review`: a person says that pages are true, and it is written down.
//!
//! A [`Plan`] says what would be stamped, for the person to look at; written is
//! exactly that, for all pages or for none. What a page describes is hashed as
//! the next commit will hold it: the files of the work tree, or with a commit
//! of the stamp alone the files of the branch.

mod answer;
mod described;
mod elsewhere;
mod ground;
mod person;
mod stamping;

pub use answer::{Answer, ChangedFile, ElsewhereSeen, Last, Looked, SourcesSeen, Stamp};
pub(in crate::ops) use ground::Ground;
pub(in crate::ops) use person::person;

use std::collections::HashSet;

use crate::corpus::Page;
use crate::git::Message;
use crate::ops::{OpError, counted};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;
use stamping::Stamping;

/// What is reviewed, by whom.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Paths, titles, `adr/12`, `path#anchor`.
    pub pages: Vec<String>,
    /// The person; else who Git's settings name.
    pub by: Option<String>,
    /// Commit exactly that. In a bare repository it always is.
    pub commit: bool,
}

/// What would be stamped.
pub struct Plan<'a> {
    ground: Ground<'a>,
    stamping: Stamping,
}

/// Looks at the pages and works the stamps out; writes nothing.
///
/// # Errors
/// Where one of the pages is not there, is too large, is no text, or is written
/// so that its stamp cannot be changed in place.
pub fn plan<'a>(workspace: &'a Workspace, options: &Options) -> Result<Plan<'a>, OpError> {
    let by = person(workspace, options.by.as_deref())?;
    let is_bare = workspace.repository().is_some_and(crate::git::Repository::is_bare);
    let ground = if options.commit || is_bare {
        Ground::on_branch(workspace, &by)?
    } else {
        Ground::on_disk(workspace)?
    };
    let mut pages: Vec<Page> = Vec::new();
    let mut known = HashSet::new();
    for typed in &options.pages {
        let page = ground.page(typed)?;
        if known.insert(page.path.clone()) {
            pages.push(page);
        }
    }
    let stamping = Stamping::of(&ground, &pages, by)?;
    Ok(Plan { ground, stamping })
}

/// Files that hold stamps of `pages` in somebody's name and of a day, as a commit
/// on the ground would have them together with what else of the pages it edits.
///
/// # Errors
/// As of [`plan`].
pub(in crate::ops) fn stamped(
    ground: &Ground<'_>,
    pages: &[Page],
    by_at: (String, jiff::civil::Date),
    edited: std::collections::BTreeMap<RepoPath, Vec<u8>>,
) -> Result<Stamped, OpError> {
    let stamping = Stamping::with_edits(ground, pages, by_at, edited)?;
    let files = stamping.files.into_iter().map(|(path, (_, after))| (path, after)).collect();
    Ok(Stamped { files, notes: stamping.notes })
}

/// Files that hold stamps.
pub(in crate::ops) struct Stamped {
    /// With their bytes.
    pub(in crate::ops) files: Vec<(RepoPath, Vec<u8>)>,
    /// What a person should know, one line each.
    pub(in crate::ops) notes: Vec<String>,
}

impl Plan<'_> {
    /// The pages, in the order in which they were named.
    pub fn pages(&self) -> &[Looked] {
        &self.stamping.looked
    }

    /// Who reviewed them.
    pub fn by(&self) -> &str {
        &self.stamping.by
    }

    /// Writes the stamps.
    ///
    /// # Errors
    /// Where a page was changed since it was looked at, or the branch moved.
    pub fn write(self) -> Result<Answer, OpError> {
        let Stamping { by, at, looked, files, mut notes, .. } = self.stamping;
        let message = message(&by, &looked);
        let written = self.ground.write(Ground::changes(files), message)?;
        notes.extend(written.notes);
        let (branch, commit) = written.landed.unzip();
        Ok(Answer {
            schema: "prode.page_review/v1".to_owned(),
            by,
            at: at.to_string(),
            pages: looked,
            changed: written.changed,
            branch,
            commit: commit.map(|commit| commit.to_string()),
            notes,
        })
    }
}

fn message(by: &str, looked: &[Looked]) -> Message {
    let subject = match looked {
        [one] => format!("review: {}", one.path),
        many => format!("review: {}", counted(many.len(), "page")),
    };
    let body = match looked {
        [_] => String::new(),
        many => many.iter().map(|it| it.path.clone()).collect::<Vec<_>>().join("\n"),
    };
    Message { subject, body, trailers: vec![("Reviewed-by".to_owned(), by.to_owned())] }
}
