//! What must not be published: links that lead nowhere, secrets.

use std::collections::BTreeSet;

use super::Broken;
use crate::diagnostic::Severity;
use crate::ops::{OpError, lint};
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
