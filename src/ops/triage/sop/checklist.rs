//! The procedures among pages that routed, for the description of a pull
//! request: each at its version, with the gates that people decide at.

use super::page::Pinned;
use crate::document::{Text, understand};
use crate::sop::Procedure;
use crate::workspace::Workspace;

/// `path@commit` of each procedure among these citations (`path#anchor@commit`),
/// once, with the headings of its gates. What is no procedure, or cannot be
/// walked, is left out.
pub fn checklists<'a>(
    workspace: &Workspace,
    cites: impl IntoIterator<Item = &'a str>,
) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for pinned in cites.into_iter().filter_map(pinned) {
        let name = format!("{}@{}", pinned.path.text(), pinned.commit);
        if all.iter().any(|(known, _)| *known == name) {
            continue;
        }
        all.extend(gates(workspace, &pinned).map(|gates| (name, gates)));
    }
    all
}

fn pinned(cite: &str) -> Option<Pinned> {
    let (place, commit) = cite.rsplit_once('@')?;
    Pinned::of(place.split('#').next()?, commit)
}

fn gates(workspace: &Workspace, pinned: &Pinned) -> Option<Vec<String>> {
    let bytes = pinned.bytes(workspace).ok()??;
    let (document, _) = understand(&Text::new(&bytes));
    let kind = document.front.kind.as_deref().unwrap_or_default();
    let read = Procedure::read(&bytes).ok().filter(|_| kind.eq_ignore_ascii_case("sop"))?;
    Some(read.gates.into_iter().map(|it| it.heading).collect())
}
