//! What must not be published: links that lead nowhere, secrets, private hosts.

use std::collections::BTreeSet;

use super::Broken;
use crate::corpus::Page;
use crate::diagnostic::Severity;
use crate::ops::{OpError, lint, redact};
use crate::redaction::Redactor;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};

/// Rules of lint that hold a site up where they are errors.
const RULES: [&str; 6] =
    ["link-broken", "link-case", "link-anchor", "link-ambiguous", "image-missing", "secret-inline"];

/// What these rules say of the public pages: errors, and the rest.
pub(super) fn links(
    workspace: &Workspace,
    asked: &Asked,
    memory: &Memory,
    paths: &BTreeSet<&RepoPath>,
) -> Result<(Vec<Broken>, Vec<Broken>), OpError> {
    let outcome = lint::of_rules(workspace, asked, memory, &RULES, &[])?;
    let (mut broken, mut warnings) = (Vec::new(), Vec::new());
    for finding in outcome.findings.iter().filter(|it| paths.contains(&it.path)) {
        let told = Broken {
            path: finding.path.text().into_owned(),
            line: finding.line,
            rule: finding.rule.to_owned(),
            message: finding.message.clone(),
            hint: finding.hint.clone(),
        };
        match finding.severity {
            Severity::Error => broken.push(told),
            _ => warnings.push(told),
        }
    }
    Ok((broken, warnings))
}

/// Names of private hosts on public pages. Whoever reads the memory may know them; whoever
/// reads a site may not. Nothing is read where a team told of none.
pub(super) fn hosts<'a>(
    workspace: &Workspace,
    memory: &Memory,
    pages: impl Iterator<Item = &'a Page>,
) -> Result<Vec<Broken>, OpError> {
    let additions = redact::additions(workspace)?;
    let mut broken = Vec::new();
    if additions.hosts.is_empty() {
        return Ok(broken);
    }
    let redactor = Redactor::new(&additions)?;
    for page in pages {
        let bytes = workspace.bytes(memory, page).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        broken.extend(redactor.private_hosts(&text)?.into_iter().map(|it| Broken {
            path: page.path.text().into_owned(),
            line: it.line,
            rule: "private-host".to_owned(),
            message: "the name of a private host stands here".to_owned(),
            hint: "write what it is for instead of what it is called".to_owned(),
        }));
    }
    Ok(broken)
}
