//! `hook`: prode's part in Git's hooks, put in place and run.

mod brought;
mod commit_msg;
mod install;
mod introduced;
mod judged;
mod pre_commit;
mod pre_push;
mod pre_receive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OpError;
use crate::hint::nearest;
use crate::workspace::Workspace;
pub use install::{InstallAnswer, Installed, State, install};

/// What a hook is run with.
#[derive(Debug, Clone, Default)]
pub struct Call {
    /// Words that Git hands over.
    pub words: Vec<String>,
    /// What Git writes to its standard input.
    pub input: String,
}

/// One hook.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Git's name for it.
    pub name: &'static str,
    /// What prode does in it.
    pub about: &'static str,
    /// True if `hook install` puts it in place unless another is named.
    pub usual: bool,
    run: fn(&Workspace, &Call) -> Result<Report, OpError>,
}

/// Every hook that prode has a part in.
#[rustfmt::skip]
pub const HOOKS: &[Row] = &[
    Row { name: "pre-commit", about: "what is staged brings no finding of lint, and no added line holds a secret", usual: true, run: pre_commit::run },
    Row { name: "commit-msg", about: "what the message names exists, and it holds nothing to hide", usual: true, run: commit_msg::run },
    Row { name: "pre-push", about: "what is pushed brings no finding of lint, and no commit of it adds a secret", usual: false, run: pre_push::run },
    Row { name: "pre-receive", about: "on a server: what a push brings to a branch brings no finding of lint, no commit of it adds a secret, and a changed approval policy was approved", usual: false, run: pre_receive::run },
];

/// Something that a hook found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The file; `commit message` for a message.
    pub path: String,
    /// 1-based line; 0 for the whole file.
    pub line: u32,
    /// `error` stops Git, `warning` does not.
    pub level: Level,
    /// Stable name of the rule.
    pub rule: String,
    /// What is wrong with which value.
    pub message: String,
}

/// Whether a finding stops Git.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It does.
    Error,
    /// It does not.
    Warning,
}

/// What a hook found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.hook/v1`.
    pub schema: String,
    /// Git's name for the hook.
    pub hook: String,
    /// Ordered by path and line.
    pub findings: Vec<Finding>,
    /// How many of them stop Git.
    pub errors: usize,
    /// How many of these redaction cannot decide about; a person has to.
    #[serde(default)]
    pub undecided: usize,
    /// What was not looked at, one line each.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// What one hook has to say.
struct Report {
    findings: Vec<Finding>,
    notes: Vec<String>,
}

impl From<Vec<Finding>> for Report {
    fn from(findings: Vec<Finding>) -> Self {
        Self { findings, notes: Vec::new() }
    }
}

/// References whose content redaction looks at: branches, the inbox among
/// them, and tags. prode's other refs hold signatures and logs.
fn judges(name: &str) -> bool {
    name.starts_with("refs/heads/") || name.starts_with("refs/tags/")
}

/// True for the id that stands for no commit.
fn is_none(id: &str) -> bool {
    id.bytes().all(|byte| byte == b'0')
}

/// The row of the hook called `name`.
pub fn find(name: &str) -> Result<&'static Row, OpError> {
    HOOKS.iter().find(|row| row.name == name).ok_or_else(|| {
        let names = || HOOKS.iter().map(|row| row.name);
        let hint = match nearest(name, names()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("hooks are: {}", names().collect::<Vec<_>>().join(", ")),
        };
        OpError::Usage {
            message: format!("there is no hook '{name}' that prode has a part in"),
            hint,
        }
    })
}

/// Runs the hook called `name`.
pub fn run(workspace: &Workspace, name: &str, call: &Call) -> Result<Answer, OpError> {
    let row = find(name)?;
    let Report { mut findings, notes } = (row.run)(workspace, call)?;
    findings.sort();
    let errors = findings.iter().filter(|it| it.level == Level::Error).count();
    let undecided = findings.iter().filter(|it| it.rule == judged::UNDECIDED).count();
    let (schema, hook) = ("prode.hook/v1".to_owned(), row.name.to_owned());
    Ok(Answer { schema, hook, findings, errors, undecided, notes })
}
