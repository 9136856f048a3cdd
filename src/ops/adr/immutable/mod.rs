//! Whether accepted decisions still say what was accepted.
//!
//! The words of an accepted decision are those of the first commit on the
//! trunk in which it was accepted, whatever it was called then. Branches are
//! free until they land.

mod accepted;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::in_order;
use crate::adr::{self, AdrStatus};
use crate::corpus::{Catalogue, Page};
use crate::git::{Landed, Repository};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};
use accepted::{Accepted, Trail};

/// The rule's name.
pub const RULE: &str = "adr-accepted-text-changed";

/// One accepted decision whose words changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// `adr-accepted-text-changed` or `adr-number-taken`.
    pub rule: String,
    /// The decision's file.
    pub path: String,
    /// 1-based line of what differs first.
    pub line: u32,
    /// The commit in which it was accepted, or in which the number is taken.
    pub commit: Option<String>,
    /// What is wrong, and with what.
    pub message: String,
}

/// Findings of the decisions at `asked`, ordered by path; nothing where there
/// is no history to compare with.
pub fn run(workspace: &Workspace, asked: &Asked) -> Result<Vec<Finding>, OpError> {
    let memory = workspace.memory(asked)?;
    let catalogue = memory.catalogue()?;
    of(workspace, asked, &memory, &catalogue)
}

/// The same, where the memory at `asked` is at hand.
pub fn of(
    workspace: &Workspace,
    asked: &Asked,
    memory: &Memory,
    catalogue: &Catalogue,
) -> Result<Vec<Finding>, OpError> {
    let Some(repository) = workspace.repository() else { return Ok(Vec::new()) };
    // What is staged is judged as HEAD's next commit.
    let head = match asked {
        Asked::Staged => repository.resolve("HEAD").ok(),
        _ => memory.revision.commit,
    };
    let trunk = workspace.trunk()?.and_then(|trunk| trunk.commit);
    let (Some(head), Some(trunk)) = (head, trunk) else { return Ok(Vec::new()) };
    let line = landed(repository, trunk, head)?;
    let Some(newest) = line.first().copied() else { return Ok(Vec::new()) };
    let all = in_order(catalogue);
    let bytes = |page: &Page| workspace.bytes(memory, page);
    let accepted = Trail::new(repository, &line, &all, &bytes).follow(newest)?;
    let mut findings = Vec::new();
    for (page, _) in all {
        // What is byte for byte what was accepted is not read.
        let then = accepted.get(&page.path).filter(|then| then.blob != page.blob);
        if let Some((then, now)) = then.and_then(|then| Some((then, bytes(page)?))) {
            findings.extend(judge(repository, &page.path, &now, then)?);
        }
    }
    findings.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(findings)
}

/// What landed on the trunk and is part of `head`, newest first.
fn landed(
    repository: &Repository,
    trunk: CommitId,
    head: CommitId,
) -> Result<Vec<Landed>, OpError> {
    let mut line = repository.first_parents(trunk)?;
    let mut behind = 0;
    for landed in &line {
        if repository.is_ancestor(landed.commit, head)? {
            break;
        }
        behind += 1;
    }
    line.drain(..behind);
    Ok(line)
}

fn judge(
    repository: &Repository,
    path: &RepoPath,
    now: &[u8],
    then: &Accepted,
) -> Result<Option<Finding>, OpError> {
    let was = repository.blob(then.blob)?;
    let found = adr::compare((&then.path, &was), (path, now));
    Ok(found.map(|difference| {
        let what = match (&difference.gone, &difference.came) {
            (Some(gone), Some(came)) => format!("'{gone}' became '{came}'"),
            (Some(gone), None) => format!("'{gone}' is gone"),
            (None, Some(came)) => format!("'{came}' was added"),
            (None, None) => "its words differ".to_owned(),
        };
        Finding {
            rule: RULE.to_owned(),
            path: path.text().into_owned(),
            line: difference.line,
            commit: Some(then.commit.to_string()),
            message: format!("accepted in {}, and changed since: {what}", then.commit.short(10)),
        }
    }))
}

/// True if a file's bytes are a decision that was accepted, whatever became of it.
fn is_decided(path: &RepoPath, bytes: &[u8]) -> bool {
    let (document, _) = crate::document::parse(path, bytes);
    let record = adr::recognise(path, &document, bytes);
    record.and_then(|record| record.status).as_ref().is_some_and(AdrStatus::is_decided)
}
