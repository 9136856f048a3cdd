//! `triage sop check`: whether a change was made by a procedure as it stands.
//!
//! For CI: it needs the repository and the text, and no store. Where the store
//! of the run is at hand, the record must be what is kept there too.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::page::{Pinned, repository};
use crate::git::Repository;
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::ops::located::Located;
use crate::repo_path::RepoPath;
use crate::sop::record::{self, Found};
use crate::workspace::{Asked, Workspace};

/// Records, commits and bytes that are looked at.
const MOST: usize = 1_000;
const LARGEST: usize = 4_000_000;

/// Where records are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A text, such as a pull request's; and what it is called.
    Text(String, String),
    /// Messages of the commits since this revision.
    Since(String),
}

/// What is wanted.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    /// Where records are looked for.
    pub source: Source,
    /// The procedure that one of them must be of.
    pub sop: Option<String>,
    /// The gates that must be passed; else all.
    pub through: Option<u32>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// `prode.triage_sop_check/v1`.
    pub schema: String,
    /// True if there is a record, and every one holds.
    pub sound: bool,
    /// Records that were looked at.
    pub records: Vec<Record>,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// The run that it names.
    pub run: String,
    /// `path@commit`; null where it cannot be read.
    pub sop: Option<String>,
    /// Where it stands: a file's name, or a commit.
    pub place: String,
    /// In which line, 1-based.
    pub line: usize,
    /// True if it was held against the run's own store as well.
    pub stored: bool,
}

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    /// `no-record`, `cut`, `forged`, `unreviewed`, `outdated`, `incomplete`, `unusable`.
    pub code: String,
    /// Where: a file's name, or a commit.
    pub place: String,
    /// In which line, 1-based; 0 where there is none.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

/// Looks at every record.
///
/// # Errors
/// The text, a revision or the trunk cannot be read; what does not hold is no
/// error but an answer.
pub fn check(workspace: &Workspace, options: &CheckOptions) -> Result<Checked, OpError> {
    let git = repository(workspace)?;
    let wanted = options.sop.as_deref().map(|it| page(workspace, it)).transpose()?;
    let mut checked = Checked {
        schema: "prode.triage_sop_check/v1".to_owned(),
        sound: false,
        records: Vec::new(),
        faults: Vec::new(),
    };
    let texts = texts(git, &options.source)?;
    for (place, text) in &texts {
        for found in record::find(text).iter().take(MOST) {
            let (record, faults) = looked_at(workspace, git, (place, found), options.through)?;
            checked.records.push(record);
            checked.faults.extend(faults);
        }
    }
    checked.faults.extend(absent(&checked.records, wanted.as_ref(), &options.source));
    checked.sound = checked.faults.is_empty();
    Ok(checked)
}

fn page(workspace: &Workspace, typed: &str) -> Result<RepoPath, OpError> {
    Ok(Located::find(workspace, typed, &Asked::Trunk)?.page.path)
}

/// Each text with what it is called.
fn texts(git: &Repository, source: &Source) -> Result<Vec<(String, String)>, OpError> {
    let since = match source {
        Source::Text(name, text) if text.len() > LARGEST => {
            return Err(OpError::Invalid {
                message: format!(
                    "'{name}' has {} bytes, and at most {LARGEST} are read",
                    text.len()
                ),
                hint: "hand in the text of the pull request alone".to_owned(),
            });
        }
        Source::Text(name, text) => return Ok(vec![(name.clone(), text.clone())]),
        Source::Since(rev) => git.resolve(rev)?,
    };
    let head = git.resolve("HEAD")?;
    let commits = git.commits_beyond(&[since], head, MOST)?;
    if commits.len() > MOST {
        return Err(OpError::Invalid {
            message: format!("more than {MOST} commits lie since {since}"),
            hint: "name the commit that the branch was made from: git merge-base main HEAD"
                .to_owned(),
        });
    }
    let text = |id: &CommitId| Ok((format!("commit {id}"), git.commit_message(*id)?));
    commits.iter().map(text).collect()
}

fn looked_at(
    workspace: &Workspace,
    git: &Repository,
    (place, found): (&str, &Found),
    through: Option<u32>,
) -> Result<(Record, Vec<Fault>), OpError> {
    let fault = |code: &str, line: usize, what: String| Fault {
        code: code.to_owned(),
        place: place.to_owned(),
        line,
        what,
    };
    let (run, place) = (found.run.clone(), place.to_owned());
    let mut record = Record { run, sop: None, place, line: found.line, stored: false };
    let (sop, commit) = match found.pin() {
        Ok(pin) => pin,
        Err(it) => return Ok((record, vec![fault(it.code, it.line, it.what)])),
    };
    record.sop = Some(format!("{sop}@{commit}"));
    let Some(pinned) = reviewed(workspace, git, &sop, &commit)? else {
        let what = format!("'{sop}@{commit}' is nothing that the trunk ever held");
        return Ok((record, vec![fault("unreviewed", found.line, what)]));
    };
    let procedure = match pinned.procedure(workspace) {
        Ok(procedure) => procedure,
        Err(error) => return Ok((record, vec![fault("unusable", found.line, error.to_string())])),
    };
    let held = found.faults(&procedure, through).into_iter();
    let mut faults: Vec<Fault> = held.map(|it| fault(it.code, it.line, it.what)).collect();
    if !pinned.is_current(workspace)? {
        let what = format!("the trunk's '{sop}' is another than that of {commit}");
        faults.push(fault("outdated", found.line, what));
    }
    match kept(workspace, found)? {
        None => {}
        Some(true) => record.stored = true,
        Some(false) => {
            let what = format!("the store has other events of run '{}'", found.run);
            faults.push(fault("forged", found.line, what));
        }
    }
    Ok((record, faults))
}

/// The page at a commit that the trunk holds.
fn reviewed(
    workspace: &Workspace,
    git: &Repository,
    sop: &str,
    commit: &str,
) -> Result<Option<Pinned>, OpError> {
    let Some(pinned) = Pinned::of(sop, commit) else { return Ok(None) };
    let trunk = workspace.reviewed()?.commit;
    let known = git.commit(pinned.commit).is_ok();
    if !known || !git.is_ancestor(pinned.commit, trunk)? || pinned.bytes(workspace)?.is_none() {
        return Ok(None);
    }
    Ok(Some(pinned))
}

/// Whether the store says the same; `None` where it does not know the run.
fn kept(workspace: &Workspace, found: &Found) -> Result<Option<bool>, OpError> {
    let Some(store) = crate::ops::triage::existing_store(workspace)? else { return Ok(None) };
    let Ok(run) = found.run.parse() else { return Ok(Some(false)) };
    if !store.runs()?.iter().any(|it| it.run == run) {
        return Ok(None);
    }
    Ok(Some(store.events(&run)?.starts_with(&found.events())))
}

/// That there is no record, or none of the procedure that was asked for.
fn absent(records: &[Record], wanted: Option<&RepoPath>, source: &Source) -> Option<Fault> {
    let place = match source {
        Source::Text(name, _) => name.clone(),
        Source::Since(rev) => format!("commits since {rev}"),
    };
    let what = match wanted {
        Some(page) => {
            let page = page.text();
            let is_of = |it: &Record| {
                it.sop.as_ref().is_some_and(|it| it.rsplit_once('@').is_some_and(|it| it.0 == page))
            };
            if records.iter().any(is_of) {
                return None;
            }
            format!("there is no record of a run of '{page}'")
        }
        None if records.is_empty() => "there is no record of a run of a procedure".to_owned(),
        None => return None,
    };
    Some(Fault { code: "no-record".to_owned(), place, line: 0, what })
}
