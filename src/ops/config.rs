//! `config list`: every setting in force, and where it comes from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use crate::config::Problem;
use crate::workspace::{Asked, Workspace};

/// Every setting in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.config/v1`.
    pub schema: String,
    /// The commit whose `prode.yaml` counts; null where the one on disk does.
    pub commit: Option<String>,
    /// Ordered by key.
    pub values: Vec<Setting>,
    /// What is wrong with any layer; the weaker layer's value stays.
    pub problems: Vec<Trouble>,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Setting {
    /// Dotted name.
    pub key: String,
    /// Its value; null where nothing sets it, `<set>` for a secret.
    pub value: serde_json::Value,
    /// `default`, `user file PATH`, `prode.yaml`, `env NAME` or `--config`.
    pub origin: String,
}

/// What is wrong with one value of one layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Trouble {
    /// The layer, as in [`Setting`].
    pub origin: String,
    /// 1-based line of a file; 0 elsewhere.
    pub line: u32,
    /// What is wrong with which value.
    pub message: String,
}

impl Trouble {
    /// A problem as scripts read it.
    pub(super) fn of(problem: &Problem) -> Self {
        let Problem { origin, diagnostic } = problem;
        let message = diagnostic.message.clone();
        Self { origin: origin.to_string(), line: diagnostic.line, message }
    }

    /// For people: the layer, the line, what is wrong.
    pub fn line_of_text(&self) -> String {
        let Self { origin, line, message } = self;
        let line = if *line == 0 { String::new() } else { format!(" line {line}") };
        format!("{origin}{line}: {message}")
    }
}

/// The settings of a revision. Nothing is indexed for them.
pub fn run(workspace: &Workspace, asked: &Asked) -> Result<Answer, OpError> {
    let revision = workspace.revision(asked)?;
    let (settings, problems) = workspace.settings_at(&revision);
    let values = settings.origins().iter().map(|it| Setting {
        key: it.key.clone(),
        value: it.value.clone(),
        origin: it.origin.to_string(),
    });
    Ok(Answer {
        schema: "prode.config/v1".to_owned(),
        commit: revision.commit.filter(|_| !revision.on_disk).map(|commit| commit.to_string()),
        values: values.collect(),
        problems: problems.iter().map(Trouble::of).collect(),
    })
}
