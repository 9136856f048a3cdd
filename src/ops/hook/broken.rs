//! What a change breaks: links that led somewhere before, and new ones that do not.

use std::collections::HashMap;

use super::{Finding, Level};
use crate::corpus::{Catalogue, MissingReason, Page, Target};
use crate::diagnostic::Severity;
use crate::document::{Link, LinkKind};
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};

/// What is wrong at `after` and was not at `before`. A page that moved brings
/// its old trouble along without being blamed for it.
pub(super) fn introduced(
    workspace: &Workspace,
    before: Option<&Asked>,
    after: &Asked,
) -> Result<Vec<Finding>, OpError> {
    let after = workspace.memory(after)?;
    let before = before.map(|asked| workspace.memory(asked)).transpose()?;
    if before.as_ref().is_some_and(|it| it.revision.tree == after.revision.tree) {
        return Ok(Vec::new());
    }
    let now = all(workspace, &after)?;
    let then = before.map(|memory| all(workspace, &memory)).transpose()?.unwrap_or_default();
    Ok(new_ones(&now, &then))
}

/// First what stood on the same page is taken away, then what stood anywhere.
fn new_ones(now: &[Finding], then: &[Finding]) -> Vec<Finding> {
    type Key<'a> = (Option<&'a str>, &'a str, &'a str);
    fn key(finding: &Finding, with_path: bool) -> Key<'_> {
        (with_path.then_some(&finding.path), &finding.rule, &finding.message)
    }
    let mut left: Vec<&Finding> = now.iter().collect();
    let mut known: Vec<&Finding> = then.iter().collect();
    for with_path in [true, false] {
        let mut counts: HashMap<Key<'_>, usize> = HashMap::new();
        for finding in &known {
            *counts.entry(key(finding, with_path)).or_default() += 1;
        }
        left.retain(|finding| match counts.get_mut(&key(finding, with_path)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        // What is left of the counts is what pages no longer have.
        known.retain(|finding| match counts.get_mut(&key(finding, with_path)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        });
    }
    left.into_iter().cloned().collect()
}

/// Everything that is wrong with the pages of a revision.
fn all(workspace: &Workspace, memory: &Memory) -> Result<Vec<Finding>, OpError> {
    let catalogue = memory.catalogue()?;
    let is_file = |path: &RepoPath| workspace.exists(memory, path);
    let mut found = Vec::new();
    for page in catalogue.pages() {
        found.extend(page.diagnostics.iter().map(|it| Finding {
            path: page.path.text().into_owned(),
            line: it.line,
            level: if it.severity == Severity::Error { Level::Error } else { Level::Warning },
            rule: it.rule.clone(),
            message: it.message.clone(),
        }));
        found.extend(page.links.iter().filter_map(|link| broken(&catalogue, page, link, &is_file)));
    }
    Ok(found)
}

fn broken(
    catalogue: &Catalogue,
    page: &Page,
    link: &Link,
    is_file: &dyn Fn(&RepoPath) -> bool,
) -> Option<Finding> {
    let name = &link.target;
    let (level, rule, message) = match catalogue.resolve(page, link, is_file) {
        Target::Page { path, anchor: Some(anchor), anchor_found: false } => {
            (Level::Warning, "link-anchor", format!("'{path}' has no section '{anchor}'"))
        }
        Target::Missing { reason: MissingReason::NoDecision, .. } => {
            (Level::Warning, "link-decision", format!("there is no decision {name}"))
        }
        Target::Missing { reason: MissingReason::Case(path), .. } => {
            (Level::Error, "link-case", format!("'{name}' is written '{path}' in the tree"))
        }
        Target::Missing { .. } if link.kind == LinkKind::Wiki => {
            (Level::Error, "link-file", format!("no page is called '{name}'"))
        }
        Target::Missing { .. } => (Level::Error, "link-file", format!("'{name}' does not exist")),
        Target::Ambiguous(paths) => {
            (Level::Warning, "link-ambiguous", format!("{} pages are called '{name}'", paths.len()))
        }
        Target::Page { .. } | Target::File(_) | Target::External => return None,
    };
    let (path, rule) = (page.path.text().into_owned(), rule.to_owned());
    Some(Finding { path, line: link.line, level, rule, message })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(path: &str, message: &str) -> Finding {
        Finding {
            path: path.to_owned(),
            line: 1,
            level: Level::Error,
            rule: "link-file".to_owned(),
            message: message.to_owned(),
        }
    }

    #[test]
    fn only_what_is_new_is_told() {
        let then = [finding("a", "x"), finding("b", "y")];
        let now = [finding("a", "x"), finding("moved", "y"), finding("a", "z"), finding("c", "x")];
        assert_eq!(new_ones(&now, &then), [finding("a", "z"), finding("c", "x")]);
    }
}
