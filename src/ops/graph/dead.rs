//! Links that lead nowhere.

use std::collections::HashMap;

use super::Dead;
use crate::corpus::{Catalogue, Page, Target};
use crate::document::LinkKind;
use crate::repo_path::RepoPath;
use crate::workspace::{Memory, Workspace};

/// Of all `pages`, by page and line. A mention of a decision is no link, and a
/// page's sections are left to rules that know how it is rendered.
pub(super) fn links(
    workspace: &Workspace,
    memory: &Memory,
    catalogue: &Catalogue,
    pages: &[&Page],
) -> Vec<Dead> {
    // Many pages lead to the same files.
    let known = std::cell::RefCell::new(HashMap::<RepoPath, bool>::new());
    let is_file = |path: &RepoPath| {
        if let Some(known) = known.borrow().get(path) {
            return *known;
        }
        let is_there = workspace.may_exist(memory, path);
        known.borrow_mut().insert(path.clone(), is_there);
        is_there
    };
    let mut dead = Vec::new();
    for page in pages {
        for link in page.links.iter().filter(|link| link.kind != LinkKind::Adr) {
            if let Target::Missing { .. } = catalogue.resolve(page, link, &is_file) {
                let target = match &link.fragment {
                    Some(fragment) => format!("{}#{fragment}", link.target),
                    None => link.target.clone(),
                };
                let path = page.path.text().into_owned();
                dead.push(Dead { path, line: link.line, target });
            }
        }
    }
    dead.sort();
    dead
}
