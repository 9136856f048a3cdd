//! The page that a learning makes: from the template of its kind, with a head
//! that says what is known of it.
//!
//! Nobody reviewed it yet, so no stamp is on it; what it describes in code is
//! not known either. The rest of the head is the template's business.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Catalogue, kind_of_place};
use crate::inbox::Learning;
use crate::ops::OpError;
use crate::ops::inbox_branch::owners;
use crate::ops::new;
use crate::promotion::{filled, parted, services_in, title_of};
use crate::repo_path::RepoPath;
use crate::template::Template;
use crate::workspace::{Memory, Workspace};

/// What stands for the template of a kind that has none.
const PLAIN: &str = "---\ntitle: {{ title }}\nkind: {{ kind }}\nowner: \"{{ owner }}\"\n\
    services: [{{ services }}]\ntags: []\n---\n\n# {{ title }}\n";

/// The page, and what is left for its owner, one line each.
pub(super) fn new_page(
    workspace: &Workspace,
    memory: &Memory,
    learning: &Learning,
) -> Result<(String, Vec<String>), OpError> {
    let path = &learning.target.path;
    let kind = learning.kind.clone().unwrap_or_else(|| kind_of_place(path).to_owned());
    let template = template(workspace, memory, &kind)?;
    let (heading, words) = parted(&learning.body);
    let title = heading.unwrap_or_else(|| title_of(path));
    let catalogue = memory.catalogue()?;
    let services = services_in(&format!("{title}\n{words}"), &known_services(&catalogue));
    let owner = match &learning.owner {
        Some(named) => named.clone(),
        None => owners_of(memory, &catalogue, path)?.join(", "),
    };
    let known = [
        ("title", title),
        ("kind", kind),
        ("date", day(memory, learning)),
        ("owner", owner),
        ("services", learning.services.clone().unwrap_or_else(|| services.join(", "))),
    ];
    let prompts = template.prompts()?.into_iter().map(|name| (name, String::new()));
    let mut values: BTreeMap<String, String> = prompts.collect();
    let asked: Vec<String> = values.keys().cloned().collect();
    values.extend(known.map(|(name, value)| (name.to_owned(), value)));
    let page = template.render(&values)?;
    let made = filled(path, &page, &template, (words, &learning.evidence))?;
    let empty = asked.into_iter().filter(|name| values[name].is_empty());
    Ok((made.page, left(&made.left, &empty.collect::<Vec<_>>())))
}

/// The repository's own template of a kind, else the built-in one.
fn template(workspace: &Workspace, memory: &Memory, kind: &str) -> Result<Template, OpError> {
    let fits = |name: &str| name.eq_ignore_ascii_case(kind);
    let all = new::all(workspace, memory, &mut Vec::new())?.into_iter().map(|(it, _)| it);
    let mut pages = all.filter(|it| it.kind != "adr" && it.kind != "skill");
    let found = pages.find(|it| fits(&it.name) || fits(&it.kind));
    Ok(found.unwrap_or_else(|| Template {
        name: kind.to_owned(),
        kind: kind.to_owned(),
        description: String::new(),
        fields: Vec::new(),
        sections: Vec::new(),
        body: PLAIN.to_owned(),
    }))
}

/// The day of the learning, so that the same one makes the same page later.
fn day(memory: &Memory, learning: &Learning) -> String {
    let day = learning.generated["at"].as_str().and_then(|at| at.get(..10)).map(str::to_owned);
    day.unwrap_or_else(|| memory.today().to_string())
}

/// By CODEOWNERS, else those of the front page of its root, who would approve
/// it too.
fn owners_of(
    memory: &Memory,
    catalogue: &Catalogue,
    path: &RepoPath,
) -> Result<Vec<String>, OpError> {
    let own = owners(memory, &memory.lookups(), path)?;
    let root = memory.roots().classify(path).map(|place| place.root);
    let Some(root) = root.filter(|_| own.is_empty()) else { return Ok(own) };
    let fronts = ["index.md", "README.md"].into_iter().filter_map(|name| root.join(name));
    let mut pages = fronts.filter_map(|it| catalogue.page(&it));
    let front = pages.find_map(|it| Some(memory.facts(it).owner).filter(|it| !it.is_empty()));
    Ok(front.unwrap_or(own))
}

fn known_services(catalogue: &Catalogue) -> BTreeSet<String> {
    catalogue.pages().iter().flat_map(|it| it.front.services.iter().cloned()).collect()
}

fn left(sections: &[String], values: &[String]) -> Vec<String> {
    let names =
        |all: &[String]| all.iter().map(|it| format!("'{it}'")).collect::<Vec<_>>().join(", ");
    let told = |what: &str, all: &[String]| {
        (!all.is_empty()).then(|| format!("left for the owner: {what} {}", names(all)))
    };
    let sections = told("the template's words still stand in", sections);
    sections.into_iter().chain(told("the head does not say yet:", values)).collect()
}
