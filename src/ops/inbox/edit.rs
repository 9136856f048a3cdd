//! `inbox edit`: a person's better words, beside those that were found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::inbox::{Decision, Edition, LearningId, MAX_BODY, State, Target, normalised};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Decided, apply, check, decide, redacted_reason};
use crate::ops::redact::{self, screen};
use crate::workspace::{Asked, Workspace};

/// What is to be changed; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Other words, Markdown.
    pub body: Option<String>,
    /// Another target.
    pub target: Option<String>,
    /// Another action.
    pub action: Option<String>,
    /// Why.
    pub why: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Edited {
    /// The decision.
    #[serde(flatten)]
    pub decided: Decided,
    /// Where it should go now.
    pub target: String,
    /// Its words now.
    pub body: String,
}

/// Records other words, another target or another action. The learning keeps
/// its name: the same one is known when it is found again.
pub fn edit(workspace: &Workspace, id: &LearningId, options: &Options) -> Result<Edited, OpError> {
    let branch = Branch::of(workspace)?;
    let contents = branch.contents()?;
    let mut learning = contents.get(id)?.edited();
    let screen = screen(workspace)?;
    let target: Option<Target> =
        options.target.as_deref().map(|it| wrong(it.parse())).transpose()?;
    let place = target.as_ref().unwrap_or(&learning.target).path.text().into_owned();
    let body = options.body.as_deref().map(|body| redact::run(&screen, &place, body));
    let body = body.transpose()?;
    let edition = Edition {
        target,
        action: options.action.as_deref().map(|it| wrong(it.parse())).transpose()?,
        body: body.map(|it| normalised(&it.text)),
    };
    apply(&mut learning, &edition);
    wrong(learning.action.fits(&learning.target))?;
    if learning.body.is_empty() || learning.body.len() > MAX_BODY {
        return Err(OpError::Invalid {
            message: format!("the learning would have {} bytes", learning.body.len()),
            hint: format!(
                "between 1 and {MAX_BODY} are read; to drop it: prode inbox reject {id} --why …"
            ),
        });
    }
    if edition == Edition::default() {
        return Err(OpError::Usage {
            message: "nothing would change".to_owned(),
            hint: "name a --target, an --action, or a file with other words".to_owned(),
        });
    }
    let memory = workspace.memory(&Asked::Trunk)?;
    check(&memory.catalogue()?, &learning)?;
    let why = options.why.as_deref().map(|why| redacted_reason(workspace, why));
    let (by, at) = (branch.person()?, branch.now());
    let why = why.transpose()?;
    let decision = Decision { state: None, by, at, why, change: None, edition: Some(edition) };
    let decided = decide(&branch, id, &decision, |standing| match standing.state {
        State::New | State::Accepted => Ok(true),
        State::Promoted | State::Rejected => Err(OpError::Conflict {
            message: format!("'{id}' is {} already", standing.state.name()),
            hint: format!("see what was decided: prode inbox show {id}"),
        }),
    })?;
    let target = learning.target.to_string();
    Ok(Edited { decided, target, body: learning.body })
}

fn wrong<T>(result: Result<T, crate::inbox::InboxError>) -> Result<T, OpError> {
    result.map_err(OpError::from)
}
