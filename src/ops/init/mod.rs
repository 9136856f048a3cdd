//! `init`: sets up a memory, or says what was found of one.
//!
//! An empty repository gets a scaffold; one with documents gets settings that
//! name them and nothing else unless asked. No file is ever overwritten;
//! files that people write too are changed only for a client that was named,
//! and only after the door has shown the change and got a yes.

mod block;
mod clients;
mod entry;
mod plan;
mod scaffold;
mod starter;
mod survey;
mod writing;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) use scaffold::TEMPLATES;
pub(super) use writing::beside;

pub use clients::{CLIENTS, Client};
pub use plan::starter;
pub use scaffold::{STARTERS, Starter};

use super::OpError;
use super::standing::{PagesOfRoot, counted, pages_of_roots, unowned};
use crate::promotion::unified;
use crate::workspace::{Asked, Workspace};
use plan::Plan;
use writing::Planned;

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A starter to make even where documents are.
    pub from: Option<Starter>,
    /// Clients to set up.
    pub clients: Vec<Client>,
}

/// What would be done, before anything is.
pub struct Intent {
    plan: Plan,
    top: std::path::PathBuf,
}

/// What was done, and what the memory is like now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.init/v1`.
    pub schema: String,
    /// The top folder.
    pub folder: String,
    /// True if files were written; false for a dry run.
    pub written: bool,
    /// True if a starter was asked for or due; false where documents were found.
    pub scaffold: bool,
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files that got a block or an entry.
    pub changed: Vec<String>,
    /// Files that stayed as they are.
    pub kept: Vec<Kept>,
    /// The changes for clients as a unified diff; empty without any.
    pub diff: String,
    /// Roots and their pages, as they are on disk now.
    pub roots: Vec<PagesOfRoot>,
    /// Pages in all of them.
    pub pages: u64,
    /// Pages without an owner.
    pub owners_missing: usize,
    /// Links that lead nowhere.
    pub dead_links: DeadLinks,
    /// Commands whose first answer was seen to be the right page.
    pub queries: Vec<String>,
    /// What to do next, one line each.
    pub notes: Vec<String>,
}

/// A file that was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Kept {
    /// Which.
    pub path: String,
    /// Why: `it was there`, `as it should be`, or what bars it.
    pub why: String,
}

/// Links that lead nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeadLinks {
    /// How many.
    pub count: usize,
    /// On how many pages.
    pub pages: usize,
    /// The pages with most of them, at most three.
    pub worst: Vec<DeadOn>,
}

/// One page with dead links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeadOn {
    /// The page.
    pub path: String,
    /// Links on it that lead nowhere.
    pub count: usize,
}

impl From<(String, usize)> for DeadOn {
    fn from((path, count): (String, usize)) -> Self {
        Self { path, count }
    }
}

/// Looks at the repository and plans; writes nothing.
pub fn intend(workspace: &Workspace, options: &Options) -> Result<Intent, OpError> {
    let top = work_tree(workspace)?;
    let memory = workspace.memory(&Asked::WorkTree)?;
    let plan = plan::plan(top, &memory, options)?;
    Ok(Intent { plan, top: top.to_owned() })
}

fn work_tree(workspace: &Workspace) -> Result<&Path, OpError> {
    let Some(repository) = workspace.repository() else {
        let folder = workspace.folder().unwrap_or(Path::new(".")).display().to_string();
        return Err(OpError::Invalid {
            message: format!("'{folder}' is in no Git repository"),
            hint: "make one first: git init".to_owned(),
        });
    };
    repository.workdir().ok_or_else(|| OpError::Invalid {
        message: format!(
            "the repository '{}' is bare: there is no folder to write to",
            repository.git_dir().display()
        ),
        hint: "run prode init in a clone of it, and push".to_owned(),
    })
}

impl Intent {
    /// True if a client asks for a change that a person must agree to.
    pub fn needs_consent(&self) -> bool {
        self.plan.for_clients > 0
    }

    /// The changes for clients. The skill's files are prode's own and are
    /// counted, not shown.
    pub fn diff(&self) -> String {
        let mut text = String::new();
        let mut skills: BTreeMap<&str, usize> = BTreeMap::new();
        for file in self.for_clients() {
            match file.path.split_once("/prode-triage/") {
                Some((folder, _)) => *skills.entry(folder).or_default() += 1,
                None => text.push_str(&unified(&file.path, file.before.as_deref(), &file.after)),
            }
        }
        for (folder, count) in skills {
            let files = counted(count, "new file");
            let _ =
                writeln!(text, "{files} in {folder}/prode-triage/: the skill that works a ticket");
        }
        text
    }

    fn for_clients(&self) -> &[Planned] {
        &self.plan.files[self.plan.files.len() - self.plan.for_clients..]
    }

    /// Writes everything, or with `dry_run` nothing; then looks at the memory.
    pub fn carry_out(self, workspace: &Workspace, dry_run: bool) -> Result<Answer, OpError> {
        if !dry_run {
            writing::write(&self.top, &self.plan.files)?;
        }
        let diff = self.diff();
        let memory = workspace.memory(&Asked::WorkTree)?;
        let (new, old): (Vec<_>, Vec<_>) =
            self.plan.files.iter().partition(|file| file.before.is_none());
        let paths =
            |files: Vec<&Planned>| files.into_iter().map(|file| file.path.clone()).collect();
        Ok(Answer {
            schema: "prode.init/v1".to_owned(),
            folder: self.top.display().to_string(),
            written: !dry_run,
            scaffold: self.plan.scaffolds,
            created: paths(new),
            changed: paths(old),
            kept: self.plan.kept,
            diff,
            roots: pages_of_roots(&memory)?,
            pages: memory.snapshot.len(),
            owners_missing: unowned(&memory)?,
            dead_links: survey::dead_links(workspace, &memory)?,
            queries: survey::queries(workspace, &memory)?,
            notes: self.plan.notes,
        })
    }
}
