//! `site`: what a folder of files is made of, read once from one commit.
//!
//! What is public is what a question to the trunk is answered with: every page but drafts,
//! archived ones and templates; superseded decisions are in and say so. All that many
//! pages need (the catalogue, links, who changed what) is read once, whatever their
//! number. The clock is that of the commit, so that one commit is always told the same.

mod answer;
mod check;
mod kept;
mod links;
mod past;
mod reading;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::error::OpError;
use super::{adr, graph, list, skill};
use crate::clock::Clock;
use crate::corpus::{Catalogue, Facts, LinkGraph, Page};
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Reader, Revision, Workspace};
pub use answer::{Answer, Broken, LeftOut};
pub use kept::in_work_tree;
use links::Linked;
pub use past::Latest;
use past::Past;
pub use reading::Reading;

/// Everything that a site shows.
pub struct Material {
    /// What people call the memory.
    pub title: String,
    /// The commit.
    pub commit: String,
    /// When it was committed.
    pub time: String,
    /// The public pages, by path.
    pub list: list::List,
    /// The public decisions, by day.
    pub decisions: adr::list::List,
    /// The public skills.
    pub skills: skill::list::Answer,
    /// Their packages, in the same order.
    pub packages: Vec<skill::show::Answer>,
    /// How the public pages hang together.
    pub graph: graph::Graph,
    /// The last changes of public pages, the newest first.
    pub latest: Vec<Latest>,
    /// Pictures that public pages show; no bytes for one that cannot be read.
    pub pictures: BTreeMap<String, Option<Vec<u8>>>,
    /// What is not public.
    pub left_out: LeftOut,
    /// Links that lead to a section that is not there; they lead to its page.
    pub warnings: Vec<Broken>,
    /// What the reader should know.
    pub notes: Vec<String>,
    catalogue: Catalogue,
    by_path: HashMap<String, usize>,
    links: LinkGraph,
    /// Of `list`, in its order: the page's place in the catalogue.
    places: Vec<usize>,
    facts: Vec<Facts>,
    pasts: Vec<Past>,
    linked: Linked,
    reader: Reader,
}

/// The commit that a site is made from, with its own clock.
///
/// # Errors
/// There is no commit.
pub fn revision(workspace: &Workspace, asked: &Asked) -> Result<Revision, OpError> {
    let revision = workspace.revision(asked)?;
    let (Some(repository), Some(commit)) = (workspace.repository(), revision.commit) else {
        return Err(OpError::Invalid {
            message: "there is no commit to make a site from".to_owned(),
            hint: "commit the pages first: git add -A && git commit".to_owned(),
        });
    };
    let clock = Clock::at(repository.commit(commit)?.time);
    Ok(Revision { clock, on_disk: false, ..revision })
}

/// Settings that pages depend on, by the beginning of their names.
const SETTINGS: [&str; 6] = ["codeowners", "lint", "people", "review", "roots", "wikilinks"];

/// What pages of a revision depend on: with the same of these they are the same.
pub fn sources(workspace: &Workspace, revision: &Revision) -> Vec<String> {
    let commit = revision.commit.map(|it| it.to_string());
    let cut = workspace.repository().map(crate::git::Repository::cut_off_at);
    let (settings, _) = workspace.settings_at(revision);
    let counts = |key: &str| SETTINGS.iter().any(|it| key.starts_with(it));
    let values = settings.origins().iter().filter(|it| counts(&it.key));
    let values = values.map(|it| format!("{}={}", it.key, it.value));
    commit.into_iter().chain(cut).chain(values).collect()
}

/// Reads everything. `title` is what people call the memory; without one its front page
/// says. Links of public pages that lead nowhere come instead, where there are any.
///
/// # Errors
/// The commit cannot be read.
pub fn read(
    workspace: &Workspace,
    asked: &Asked,
    title: Option<&str>,
    told: &dyn Fn(usize, usize),
) -> Result<Result<Material, Vec<Broken>>, OpError> {
    let revision = revision(workspace, asked)?;
    let mut memory = workspace.memory(asked)?;
    memory.revision = revision;
    let catalogue = memory.catalogue()?;
    let (places, facts, left_out) = public(&memory, &catalogue);
    let paths: BTreeSet<&RepoPath> = places.iter().map(|&at| &catalogue.pages()[at].path).collect();
    let pages = || places.iter().map(|&at| &catalogue.pages()[at]);
    let (mut broken, warnings) = check::links(workspace, asked, &memory, &paths)?;
    broken.extend(check::hosts(workspace, &memory, pages())?);
    if !broken.is_empty() {
        return Ok(Err(broken));
    }
    let graph = catalogue.graph();
    let reader = workspace.reader(&memory)?;
    let linked = Linked::of(&catalogue, &places, &reader);
    let walk = past::Walk::of(workspace, &memory, told)?;
    let (skills, packages) = skills(workspace, &memory, pages())?;
    let decisions = decisions(&memory, &paths)?;
    let by_path = decisions.decisions.iter().enumerate();
    Ok(Ok(Material {
        title: title.map_or_else(|| called(pages()), str::to_owned),
        commit: memory.revision.commit.map(|it| it.to_string()).unwrap_or_default(),
        time: memory.revision.clock.now().to_string(),
        list: listed(&memory, pages(), &facts),
        by_path: by_path.map(|(at, it)| (it.path.clone(), at)).collect(),
        decisions,
        pictures: pictures(workspace, &memory, &linked)?,
        graph: graph::of_pages(workspace, &memory, &catalogue, &graph, |page| {
            paths.contains(&page.path)
        }),
        left_out: LeftOut { templates: workspace.templates(&memory)?.len(), ..left_out },
        pasts: pages().map(|page| walk.past(page)).collect::<Result<_, _>>()?,
        latest: walk.latest(&catalogue, &paths)?,
        notes: walk.notes(&memory),
        links: graph,
        skills,
        packages,
        warnings,
        linked,
        reader,
        facts,
        places,
        catalogue,
    }))
}

/// Places of the public pages in the catalogue, what they are, and how many others
/// there are.
fn public(memory: &Memory, catalogue: &Catalogue) -> (Vec<usize>, Vec<Facts>, LeftOut) {
    let (mut places, mut told, mut left_out) = (Vec::new(), Vec::new(), LeftOut::default());
    for (at, page) in catalogue.pages().iter().enumerate() {
        let facts = memory.facts(page);
        match (facts.archived, facts.draft) {
            (true, _) => left_out.archived += 1,
            (_, true) => left_out.drafts += 1,
            _ => {
                places.push(at);
                told.push(facts);
            }
        }
    }
    (places, told, left_out)
}

/// The title of the topmost front page. A folder's name is no part of a commit.
fn called<'a>(pages: impl Iterator<Item = &'a Page>) -> String {
    let fronts = pages.filter(|page| page.path.is_front_page() && page.path.depth() <= 2);
    let first = fronts.min_by_key(|page| (page.path.depth(), page.path.clone()));
    first.map_or_else(|| "Memory".to_owned(), |page| page.title.clone())
}

fn listed<'a>(
    memory: &Memory,
    pages: impl Iterator<Item = &'a Page>,
    facts: &[Facts],
) -> list::List {
    let entries = pages.zip(facts).map(|(page, facts)| list::entry(page.clone(), facts.clone()));
    let entries: Vec<list::Entry> = entries.collect();
    let kinds: BTreeSet<&str> = entries.iter().map(|it| it.kind.as_str()).collect();
    list::List {
        schema: "prode.list/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        tree: memory.revision.tree.map(|tree| tree.to_string()),
        worktree: false,
        total: entries.len(),
        kinds: kinds.into_iter().map(str::to_owned).collect(),
        found: entries.len(),
        pages: entries,
    }
}

fn decisions(memory: &Memory, paths: &BTreeSet<&RepoPath>) -> Result<adr::list::List, OpError> {
    let options = adr::list::Options { by_day: true, ..adr::list::Options::default() };
    let mut list = adr::list::of(memory, &options)?;
    let public: BTreeSet<String> = paths.iter().map(|path| path.text().into_owned()).collect();
    list.decisions.retain(|entry| public.contains(&entry.path));
    list.total = list.decisions.len();
    Ok(list)
}

type Skills = (skill::list::Answer, Vec<skill::show::Answer>);

fn skills<'a>(
    workspace: &Workspace,
    memory: &Memory,
    pages: impl Iterator<Item = &'a Page>,
) -> Result<Skills, OpError> {
    let manifests: Vec<&Page> =
        pages.filter(|page| skill::list::is_manifest(memory, page)).collect();
    let by_path: HashMap<_, _> = manifests.iter().map(|page| (page.path.text(), *page)).collect();
    let mut list = skill::list::of(memory, manifests.iter().copied());
    // One of several of a name has no address.
    list.skills.dedup_by(|b, a| a.name == b.name);
    let manifests = list.skills.iter().filter_map(|it| by_path.get(it.path.as_str()));
    let packages = manifests.map(|page| skill::show::of(workspace, memory, page));
    let packages = packages.collect::<Result<Vec<_>, _>>()?;
    Ok((list, packages))
}

/// Every picture that a public page shows, each read once.
fn pictures(
    workspace: &Workspace,
    memory: &Memory,
    linked: &Linked,
) -> Result<BTreeMap<String, Option<Vec<u8>>>, OpError> {
    let mut pictures = BTreeMap::new();
    for path in linked.pictures() {
        let read = workspace.page_at(memory, path)?;
        pictures.insert(path.text().into_owned(), read.and_then(|it| it.bytes));
    }
    Ok(pictures)
}
