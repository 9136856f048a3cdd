//! `skill list`: every skill of a revision.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::{Page, RootKind};
use crate::hint::nearest;
use crate::ops::OpError;
use crate::workspace::{Asked, Memory, Workspace};

/// One skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// As its manifest says.
    pub name: String,
    /// What it does and when to use it.
    pub description: String,
    /// Its manifest.
    pub path: String,
    /// Who owns it; empty where nobody is named.
    pub owner: Vec<String>,
    /// Day of the last review; null if it was never reviewed.
    pub reviewed: Option<String>,
    /// True if the review is overdue.
    pub stale: bool,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.skill_list/v1`.
    pub schema: String,
    /// The commit that was answered for; null for files outside Git.
    pub commit: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// By name, then by path.
    pub skills: Vec<Entry>,
}

/// Lists skills.
pub fn run(workspace: &Workspace, asked: &Asked) -> Result<(Answer, Memory), OpError> {
    let memory = workspace.memory(asked)?;
    let manifests = manifests(&memory)?;
    Ok((of(&memory, manifests.iter()), memory))
}

/// The skills that these pages are the manifests of.
pub(in crate::ops) fn of<'a>(memory: &Memory, manifests: impl Iterator<Item = &'a Page>) -> Answer {
    let mut skills: Vec<Entry> = manifests.map(|it| entry(memory, it)).collect();
    skills.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    Answer {
        schema: "prode.skill_list/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        worktree: memory.revision.on_disk,
        skills,
    }
}

/// Pages that are manifests of packages. Only these are read, found by their paths.
pub(super) fn manifests(memory: &Memory) -> Result<Vec<Page>, OpError> {
    let (roots, snapshot) = (memory.roots(), &memory.snapshot);
    let mut heads = BTreeSet::new();
    for root in roots.all().into_iter().filter(|root| root.kind == RootKind::Skill) {
        snapshot.each_below(&root.path, &mut |head, key| {
            if roots.classify(&key.path).is_some_and(|place| place.is_manifest(&key.path)) {
                heads.insert(head);
            }
            ControlFlow::Continue(())
        })?;
    }
    let pages = heads.into_iter().map(|head| snapshot.page(head));
    let mut pages: Vec<Page> = pages.collect::<Result<_, _>>()?;
    pages.retain(|page| is_manifest(memory, page));
    pages.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}

/// True if the page is the manifest of a package.
pub(in crate::ops) fn is_manifest(memory: &Memory, page: &Page) -> bool {
    let place = memory.roots().classify(&page.path);
    page.skill.is_some() && place.is_some_and(|place| place.is_manifest(&page.path))
}

/// The manifest of the skill called `name`.
pub(super) fn named(memory: &Memory, name: &str) -> Result<Page, OpError> {
    let pages = manifests(memory)?;
    let name_of = |page: &Page| page.skill.as_ref().map(|it| it.name.clone()).unwrap_or_default();
    let fits = |page: &&Page| name_of(page) == name || page.path.parent().text() == name;
    let fitting: Vec<&Page> = pages.iter().filter(fits).collect();
    match fitting.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let names: Vec<String> = pages.iter().map(name_of).collect();
            let hint = match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean '{near}'?"),
                None => "see them all: prode skill list".to_owned(),
            };
            Err(OpError::NotFound { message: format!("there is no skill '{name}'"), hint })
        }
        several => {
            let folders: Vec<String> =
                several.iter().map(|page| page.path.parent().text().into_owned()).collect();
            Err(OpError::Invalid {
                message: format!("{} skills are called '{name}'", several.len()),
                hint: format!("name one by its folder: {}", folders.join(", ")),
            })
        }
    }
}

fn entry(memory: &Memory, page: &Page) -> Entry {
    let facts = memory.facts(page);
    let manifest = page.skill.as_ref();
    Entry {
        name: manifest.map(|it| it.name.clone()).unwrap_or_default(),
        description: manifest.map(|it| it.description.clone()).unwrap_or_default(),
        path: page.path.text().into_owned(),
        owner: facts.owner,
        reviewed: facts.reviewed.map(|day| day.to_string()),
        stale: facts.stale,
    }
}
