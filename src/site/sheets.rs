//! The pages of a site, each by the function that makes it for a server.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use maud::Markup;

use super::folder::Sink;
use super::{feeds, pictures, search};
use crate::ops::list::{Entry, List};
use crate::ops::overview::Overview;
use crate::ops::site::{Material, Reading};
use crate::ops::{OpError, spread};
use crate::web::address::{Addresses, Place};
use crate::web::files::Files;
use crate::web::layout::{Head, Shell};
use crate::web::pages;
use crate::web::request::{Around, Search};

/// Pages that are worth a thread.
const FEW: usize = 32;
/// Changes that the front page tells.
const RECENT: usize = 12;
/// What a page may load and do: files of the same site, and drawings that stand in it.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self' data:; form-action 'self'; base-uri 'none'";

/// Writes every file.
pub(super) fn write(
    material: &Material,
    base: Option<&str>,
    sink: &Sink<'_>,
) -> Result<(), OpError> {
    let placed = pictures::placed(&material.pictures);
    let site = Site { material, base, files: Arc::new(names(material, placed)), sink };
    for (name, asset) in crate::web::assets() {
        sink.put(&name, asset.bytes)?;
    }
    // Hosts that make pages of Markdown leave this one as it is.
    sink.put(".nojekyll", b"")?;
    for (path, bytes) in &material.pictures {
        if let (Some(name), Some(bytes)) = (site.files.picture(path), bytes)
            && !name.starts_with("data:")
        {
            sink.put(name, bytes)?;
        }
    }
    search::write(site.pages()?, sink)?;
    site.home()?;
    site.lists()?;
    site.decisions()?;
    site.skills()?;
    site.graphs()?;
    site.not_found()?;
    let top = site.addresses("");
    let whole = base.map_or(top, |base| Addresses::in_files(&site.files, base.to_owned()));
    feeds::write(material, &whole, base, sink)
}

/// What every file of the site is called.
fn names(material: &Material, pictures: BTreeMap<String, Option<String>>) -> Files {
    let decisions = &material.decisions.decisions;
    let mut by_number: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (number, path) in decisions.iter().filter_map(|it| Some((it.number?, &it.path))) {
        by_number.entry(number).or_default().push(path);
    }
    let alone = by_number.into_iter().filter(|(_, paths)| paths.len() == 1);
    let alone = alone.map(|(number, paths)| (number, paths[0].to_owned())).collect();
    let paths = material.list.pages.iter().map(|it| it.path.as_str());
    let skills = material.skills.skills.iter().map(|it| it.name.as_str());
    Files::new(paths, alone, skills).with_pictures(pictures)
}

struct Site<'a> {
    material: &'a Material,
    base: Option<&'a str>,
    files: Arc<Files>,
    sink: &'a Sink<'a>,
}

impl Site<'_> {
    fn addresses(&self, name: &str) -> Addresses {
        Addresses::in_file(&self.files, name)
    }

    fn name(&self, place: Place<'_>) -> String {
        self.files.name(place, &[])
    }

    /// Around the page that is called `title` and written to the file `name`.
    fn shell(&self, name: &str, title: &str) -> Shell {
        let addresses = self.addresses(name);
        self.shell_of(addresses, title, Some(name))
    }

    fn shell_of(&self, addresses: Addresses, title: &str, name: Option<&str>) -> Shell {
        let whole = |base: &str| Addresses::in_files(&self.files, base.to_owned());
        let canonical = self.base.zip(name).map(|(base, name)| whole(base).to_file(name));
        let feeds = vec![
            ("Changes", addresses.to_file(feeds::CHANGES)),
            ("Decisions", addresses.to_file(feeds::DECISIONS)),
        ];
        Shell {
            memory: self.material.title.clone(),
            title: title.to_owned(),
            file: Some(Head { policy: POLICY, feeds, canonical }),
            addresses,
            ..Shell::default()
        }
    }

    fn put(&self, name: &str, shell: &Shell, main: &Markup) -> Result<(), OpError> {
        self.sink.put(name, shell.around(main).into_string().as_bytes())
    }

    /// Every page of the memory, its Markdown and its history, on all processors. Gives
    /// what a search finds them by.
    fn pages(&self) -> Result<Vec<search::Found>, OpError> {
        let failed = Mutex::new(None);
        let found = spread(self.material.list.total, FEW, Vec::new, |found, at| {
            let has_failed = || failed.lock().is_ok_and(|it| it.is_some());
            if has_failed() {
                return;
            }
            match self.page(at) {
                Ok(page) => found.push(page),
                Err(error) => {
                    if let Ok(mut failed) = failed.lock() {
                        failed.get_or_insert(error);
                    }
                }
            }
        });
        match failed.into_inner() {
            Ok(Some(error)) => Err(error),
            _ => Ok(found.into_iter().flatten().collect()),
        }
    }

    fn page(&self, at: usize) -> Result<search::Found, OpError> {
        let reading = self.material.reading(at)?;
        let shown = &reading.shown;
        let name = self.name(Place::Page(&shown.path));
        let shell = self.shell(&name, &shown.title);
        let main = pages::page::page(&shell, &whole(&reading));
        self.put(&name, &shell, &main)?;
        let raw = match shown.expect_read() {
            Ok(()) => shown.bytes.clone(),
            Err(error) => format!("{error}\n").into_bytes(),
        };
        self.sink.put(&self.name(Place::Raw(&shown.path)), &raw)?;
        let history = self.name(Place::History(&shown.path));
        let shell = self.shell(&history, &format!("History of {}", shown.title));
        let main = pages::history::history(&shell, &reading.history, 0);
        self.put(&history, &shell, &main)?;
        let address = self.addresses("").of(Place::Page(&shown.path));
        Ok(search::found(self.material, at, &reading, &address))
    }

    /// The front page, the one that says which commit the site was made from.
    fn home(&self) -> Result<(), OpError> {
        let name = self.name(Place::Home);
        let Material { commit, time, .. } = self.material;
        let day = time.get(..10).unwrap_or(time).to_owned();
        let shell = Shell {
            revision: Some((format!("the commit of {day}"), Some(commit.clone()))),
            ..self.shell(&name, "Home")
        };
        let recent = self.material.recent(RECENT);
        let overview = Overview::of(&self.material.list.pages, recent);
        self.put(&name, &shell, &pages::home::home(&shell, &overview))
    }

    /// All pages, and those of each kind.
    fn lists(&self) -> Result<(), OpError> {
        let all = &self.material.list;
        self.list(all, None)?;
        let mut by_kind: BTreeMap<&String, Vec<Entry>> = BTreeMap::new();
        for page in &all.pages {
            by_kind.entry(&page.kind).or_default().push(page.clone());
        }
        for (kind, pages) in by_kind {
            let list = List {
                schema: all.schema.clone(),
                commit: None,
                tree: None,
                worktree: false,
                total: all.total,
                kinds: Vec::new(),
                found: pages.len(),
                pages,
            };
            self.list(&list, Some(kind))?;
        }
        Ok(())
    }

    fn list(&self, list: &List, kind: Option<&String>) -> Result<(), OpError> {
        for from in (0..list.found.max(1)).step_by(pages::search::LISTED) {
            let mut search = Search { from, ..Search::default() };
            search.filters.kinds.extend(kind.cloned());
            let from = from.to_string();
            let kind = kind.map(|kind| ("kind", kind.as_str()));
            let parameters: Vec<_> = kind.into_iter().chain([("from", from.as_str())]).collect();
            let name = self.files.name(Place::Search, &parameters);
            let shell = Shell { has_search: true, ..self.shell(&name, "Pages") };
            let found = pages::search::Results::Pages(list);
            let main = pages::search::search(&shell, &search, &self.material.list.kinds, &found);
            self.put(&name, &shell, &main)?;
        }
        Ok(())
    }

    /// All decisions, and those of each status.
    fn decisions(&self) -> Result<(), OpError> {
        let all = &self.material.decisions;
        let status = |it: &crate::ops::adr::Entry| {
            it.status.clone().unwrap_or_else(|| "none".to_owned()).to_lowercase()
        };
        let statuses: BTreeSet<String> = all.decisions.iter().map(status).collect();
        for of in std::iter::once(None).chain(statuses.iter().map(Some)) {
            let wanted: Vec<String> = of.cloned().into_iter().collect();
            let fits = |it: &&crate::ops::adr::Entry| of.is_none_or(|of| status(it) == *of);
            let count = all.decisions.iter().filter(fits).count();
            for from in (0..count.max(1)).step_by(pages::decisions::SIZE) {
                let text = from.to_string();
                let of = of.map(|of| ("status", of.as_str()));
                let parameters: Vec<_> = of.into_iter().chain([("from", text.as_str())]).collect();
                let name = self.files.name(Place::Decisions, &parameters);
                let shell = self.shell(&name, "Decisions");
                let main = pages::decisions::decisions(&shell, all, &wanted, from);
                self.put(&name, &shell, &main)?;
            }
        }
        Ok(())
    }

    fn skills(&self) -> Result<(), OpError> {
        let Material { skills, packages, list, .. } = self.material;
        let name = self.name(Place::Skills);
        let shell = self.shell(&name, "Skills");
        self.put(&name, &shell, &pages::skills::skills(&shell, skills))?;
        for (skill, package) in skills.skills.iter().zip(packages) {
            let Ok(at) = list.pages.binary_search_by(|it| it.path.cmp(&skill.path)) else {
                continue;
            };
            let reading = self.material.reading(at)?;
            let name = self.name(Place::Skill(&skill.name));
            let shell = self.shell(&name, &skill.name);
            let main = pages::skill::skill(&shell, package, &reading.shown, &reading.links);
            self.put(&name, &shell, &main)?;
        }
        Ok(())
    }

    /// The graph of all pages, and that of each kind.
    fn graphs(&self) -> Result<(), OpError> {
        let all = &self.material.graph;
        let kinds = &self.material.list.kinds;
        let around = |kind: Option<&String>| Around {
            kinds: kind.cloned().into_iter().collect(),
            ..Around::default()
        };
        for kind in std::iter::once(None).chain(kinds.iter().map(Some)) {
            let part = kind.map(|kind| all.of_kind(kind));
            let graph = part.as_ref().unwrap_or(all);
            let parameters: Vec<_> = kind.map(|kind| ("kind", kind.as_str())).into_iter().collect();
            let name = self.files.name(Place::Graph, &parameters);
            let shell = self.shell(&name, "Graph");
            let main = pages::graph::graph(&shell, graph, &around(kind), kinds);
            self.put(&name, &shell, &main)?;
            if graph.pages.len() <= pages::graph::DRAWN {
                let name = self.files.name(Place::GraphPicture, &parameters);
                self.sink.put(&name, graph.svg().as_bytes())?;
            }
        }
        Ok(())
    }

    /// Hosts show it at any address, so only a whole address leads on from it.
    fn not_found(&self) -> Result<(), OpError> {
        let base = self.base.unwrap_or_default().to_owned();
        let addresses = Addresses::in_files(&self.files, base);
        let shell = self.shell_of(addresses, "Not found", None);
        let hints = ["look for it, or begin at the front page".to_owned()];
        let told = pages::trouble::Told {
            message: "there is nothing at this address",
            hints: &hints,
            search: None,
        };
        self.put("404.html", &shell, &pages::trouble::trouble(&shell.addresses, 404, &told))
    }
}

fn whole<'a>(reading: &'a Reading<'_>) -> pages::page::Whole<'a> {
    pages::page::Whole {
        shown: &reading.shown,
        links: &reading.links,
        log: Some(&reading.log),
        decision: reading.decision,
        days: &[],
    }
}
