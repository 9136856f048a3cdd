//! `inbox purge`: something got through; the branch is written anew without it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::git::{Draft, Message, Target, WriteError};
use crate::ids::CommitId;
use crate::inbox::merge::{Files, purged, union};
use crate::inbox::{BRANCH, InboxId, Place, REFERENCE};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, edits, redacted_reason};
use crate::ops::ledger::{Event, TrunkPolicy, record};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// What came of it, and what is still to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Purged {
    /// `prode.inbox_purge/v1`.
    pub schema: String,
    /// The learning or the finding.
    pub id: String,
    /// The branch's new commit.
    pub commit: String,
    /// Remotes that have it, as far as is known here.
    pub remotes: Vec<String>,
    /// What to do, in this order.
    pub steps: Vec<String>,
}

/// Times that others may be first.
const ROUNDS: usize = 20;

/// Writes the branch anew: one commit with everything else, and a tombstone,
/// so that no other machine brings it back.
pub fn purge(workspace: &Workspace, id: &InboxId, why: &str) -> Result<Purged, OpError> {
    let branch = Branch::of(workspace)?;
    let why = redacted_reason(workspace, why)?;
    let by = branch.person()?;
    let writer = branch.writer()?;
    for _ in 0..ROUNDS {
        let Some(tip) = branch.tip()? else { return Err(missing(id)) };
        let local = branch.repository.ref_commit(REFERENCE)?;
        let files = branch.files_at(Some(tip))?;
        let after = without(&branch, id, &files, [&by, &why])?;
        let message = Message {
            subject: format!("inbox: {id} was purged"),
            body: "The history before this commit held it and is gone.".to_owned(),
            trailers: vec![("Prode-Purged".to_owned(), id.to_string())],
        };
        let edits = edits(&Files::new(), &after);
        let draft = Draft { message, edits, ..Draft::default() };
        let commit = writer.commit(None, &draft)?;
        match writer.move_ref(Target::Ref(REFERENCE), local, commit) {
            Ok(()) => return finished(workspace, &branch, id, commit),
            Err(WriteError::Moved { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(WriteError::Crowded(REFERENCE.to_owned()).into())
}

fn missing(id: &InboxId) -> OpError {
    OpError::NotFound {
        message: format!("there is no {} '{id}' on {BRANCH}", id.kind()),
        hint: match id {
            InboxId::Learning(_) => "see what is there: prode inbox list --all".to_owned(),
            InboxId::Finding(_) => "see what is there: prode finding list --all".to_owned(),
        },
    }
}

fn without(
    branch: &Branch<'_>,
    id: &InboxId,
    files: &Files,
    [by, why]: [&String; 2],
) -> Result<Files, OpError> {
    if purged(files).contains(id.as_str()) {
        return Err(OpError::Conflict {
            message: format!("'{id}' was purged already"),
            hint: "remotes may still have it: prode inbox sync".to_owned(),
        });
    }
    let is_own = |path: &RepoPath| Place::of(path).is_some_and(|(of, _)| of == id.as_str());
    if !files.keys().any(is_own) {
        return Err(missing(id));
    }
    let mut tomb = Map::new();
    for (key, value) in [("at", json!(branch.now())), ("by", json!(by)), ("why", json!(why))] {
        tomb.insert(key.to_owned(), value);
    }
    let text = Value::Object(tomb).to_string() + "\n";
    let tomb = Files::from([(id.tombstone(), text.into_bytes())]);
    Ok(union(files, &tomb))
}

fn finished(
    workspace: &Workspace,
    branch: &Branch<'_>,
    id: &InboxId,
    commit: CommitId,
) -> Result<Purged, OpError> {
    // Without a trunk there is no policy, and nobody whom the log speaks to.
    if let Ok(trunk) = TrunkPolicy::read(workspace) {
        record(workspace, &trunk, &Event::of("purge", "purged", [id.kind(), id.as_str()]))?;
    }
    let copies = branch.repository.refs_below("refs/remotes/")?;
    let suffix = format!("/{BRANCH}");
    let remotes: Vec<String> = copies
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("refs/remotes/")?.strip_suffix(&suffix))
        .map(str::to_owned)
        .collect();
    let mut steps = vec![
        "rotate what was exposed, before anything else: who has read the branch has it".to_owned(),
    ];
    steps.extend(remotes.iter().map(|remote| format!("prode inbox sync {remote}")));
    steps.push(format!("git reflog expire --expire=now {BRANCH} && git gc --prune=now"));
    if !remotes.is_empty() {
        steps.push(
            "ask who keeps each remote to collect unreachable commits, and every clone to sync"
                .to_owned(),
        );
    }
    Ok(Purged {
        schema: "prode.inbox_purge/v1".to_owned(),
        id: id.to_string(),
        commit: commit.to_string(),
        remotes,
        steps,
    })
}
