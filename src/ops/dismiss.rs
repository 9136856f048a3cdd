//! `dismiss`: a finding of an audit is none, and a person says why.
//!
//! The finding is looked up among those that are open, so that nobody dismisses
//! what is not there; kept is what it was about, so that it comes back once
//! that changes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OpError;
use super::audit;
use super::inbox_branch::redacted_reason;
use super::review::{Ground, person};
use crate::git::Message;
use crate::hint::nearest;
use crate::repo_path::RepoPath;
use crate::review::{AuditFindingId, DISMISSED, Dismissal, Dismissed};
use crate::workspace::Workspace;

/// What is dismissed.
#[derive(Debug, Clone)]
pub struct Options {
    /// `A-…`, or `PATH:SIGNAL`.
    pub finding: String,
    /// Why it is none.
    pub why: String,
    /// Who says so; else the person of Git's settings.
    pub by: Option<String>,
}

/// A finding that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Open {
    finding: AuditFindingId,
    path: RepoPath,
    signal: String,
    of: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.dismiss/v1`.
    pub schema: String,
    /// The finding's name.
    pub finding: String,
    /// The page.
    pub path: String,
    /// Which signal, such as `drifted`.
    pub signal: String,
    /// Why it is none, redacted.
    pub why: String,
    /// Who says so: `human:` and a name.
    pub by: String,
    /// The day (UTC).
    pub at: String,
    /// The digest of what it is about.
    pub of: String,
    /// Files that changed; empty where it was dismissed already.
    pub changed: Vec<String>,
}

/// Adds the entry to the record in the work tree.
///
/// # Errors
/// Where an audit of the trunk finds no such thing today, or several have the name.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Answer, OpError> {
    let why = redacted_reason(workspace, &options.why)?;
    let by = person(workspace, options.by.as_deref())?;
    // Everybody's audit first: what clones beside this one say may change a finding's name.
    let found = match find(&options.finding, open(workspace, false)?) {
        Err(OpError::NotFound { .. }) => find(&options.finding, open(workspace, true)?)?,
        found => found?,
    };
    let ground = Ground::on_disk(workspace)?;
    let path = RepoPath::from_git(DISMISSED);
    let before = ground.bytes(&path)?;
    let mut dismissed = Dismissed::read(before.as_deref().unwrap_or_default())?;
    let dismissal = Dismissal {
        finding: found.finding,
        path: found.path,
        signal: found.signal,
        why,
        by,
        at: workspace.clock().today(),
        of: found.of,
    };
    dismissed.add(&dismissal)?;
    let after = dismissed.bytes().to_vec();
    let written = if before.as_ref() == Some(&after) {
        Vec::new()
    } else {
        let files = BTreeMap::from([(path, (before, after))]);
        ground.write(Ground::changes(files), Message::default())?.changed
    };
    Ok(Answer {
        schema: "prode.dismiss/v1".to_owned(),
        finding: dismissal.finding.to_string(),
        path: dismissal.path.text().into_owned(),
        signal: dismissal.signal,
        why: dismissal.why,
        by: dismissal.by,
        at: dismissal.at.to_string(),
        of: dismissal.of,
        changed: written,
    })
}

/// What an audit of the trunk finds today; `local` with what only this machine knows.
fn open(workspace: &Workspace, local: bool) -> Result<Vec<Open>, OpError> {
    let options = audit::Options { local, ..audit::Options::default() };
    let (report, _) = audit::run(workspace, &options, &|_, _| {})?;
    let open = report.findings.into_iter().map(|it| {
        let finding = it.id.parse()?;
        Ok(Open { finding, path: it.path, signal: it.signal.to_owned(), of: it.of })
    });
    open.collect()
}

/// The one that is meant, by its name or by its page and signal.
fn find(typed: &str, open: Vec<Open>) -> Result<Open, OpError> {
    let id: Option<AuditFindingId> = typed.parse().ok();
    let place = |it: &Open| format!("{}:{}", it.path.cite_text(), it.signal);
    let places: Vec<String> = open.iter().map(place).collect();
    let ids: Vec<String> = open.iter().map(|it| it.finding.to_string()).collect();
    let mut found: Vec<Open> = open
        .into_iter()
        .filter(|it| id.as_ref().map_or_else(|| place(it) == typed, |id| it.finding == *id))
        .collect();
    match (found.pop(), found.first()) {
        (Some(one), None) => Ok(one),
        (Some(one), Some(other)) => Err(OpError::Invalid {
            message: format!("'{typed}' names {} and {}", place(other), place(&one)),
            hint: "name the page and the signal: prode dismiss PATH:SIGNAL --why …".to_owned(),
        }),
        (None, _) => {
            let known = places.iter().chain(&ids).map(String::as_str);
            Err(OpError::NotFound {
                message: format!("there is no finding '{typed}' in today's audit"),
                hint: nearest(typed, known).map_or_else(
                    || "see which there are: prode audit".to_owned(),
                    |near| format!("did you mean '{near}'?"),
                ),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hint::Helpful as _;
    use crate::review::audit_finding_id;

    fn open(path: &str, signal: &str) -> Open {
        let path = RepoPath::new(path).unwrap();
        let finding = audit_finding_id(&path, signal, "sha256:00");
        Open { finding, path, signal: signal.to_owned(), of: "sha256:00".to_owned() }
    }

    #[test]
    fn a_finding_is_named_by_its_name_or_by_page_and_signal() {
        let all = vec![open("wiki/a.md", "drifted"), open("wiki/a.md", "overdue")];
        for typed in [all[1].finding.to_string(), "wiki/a.md:overdue".to_owned()] {
            assert_eq!(find(&typed, all.clone()).unwrap(), all[1]);
        }
    }

    #[test]
    fn what_is_not_open_or_not_one_is_refused() {
        let one = open("wiki/a.md", "drifted");
        let other = Open { path: RepoPath::new("wiki/b.md").unwrap(), ..one.clone() };
        let error = find(one.finding.as_str(), vec![one.clone(), other]).unwrap_err();
        assert!(error.to_string().ends_with("names wiki/a.md:drifted and wiki/b.md:drifted"));
        let error = find("wiki/a.md:driftet", vec![one.clone()]).unwrap_err();
        assert_eq!(error.hints(), ["did you mean 'wiki/a.md:drifted'?"]);
        let error = find("A-00000000", Vec::new()).unwrap_err();
        assert_eq!(error.hints(), ["see which there are: prode audit"]);
    }
}
