//! Pages looked up one by one in the index, and in a catalogue of all pages: the same.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::ops::Deref;
use std::path::Path;

use prode::clock::Clock;
use prode::config::{Environment, Platform};
use prode::corpus::{
    Catalogue, Found, Incoming, LookupError, Names, Page, Reference, find, incoming, replaced_by,
    resolve, superseded_by,
};
use prode::document::LinkKind;
use prode::ops::OpError;
use prode::ops::list::{self, Options as Listing};
use prode::repo_path::RepoPath;
use prode::workspace::{Asked, Lookups, Memory, Options, Unreviewed, Workspace};

use crate::support::{Random, TestRepo, rounds};

/// Names that differ in case, spaces, ends; front pages, aliases, decisions in
/// two logs that replace one another by number and by link, from either side.
const PAGES: &[(&str, &str)] = &[
    ("README.md", "# Top\n\n[a](wiki/queue.md) [w](wiki) [x](wiki/x/)\n"),
    (
        "wiki/index.md",
        "---\ntitle: The wiki\naliases: [start, Queue]\n---\n[[queue]] [[x/index]] [[Start]]\n",
    ),
    (
        "wiki/queue.md",
        "# Queue saturation\n\n## Causes\n\n[up](..) [me](#causes) [[Disk Full#Causes]] ADR-1 ADR-02\n",
    ),
    (
        "wiki/Queue-Saturation.md",
        "---\nsupersedes: [wiki/queue.md, older.md]\n---\n[q](queue) [Q](QUEUE.md) ![i](queue.md)\n",
    ),
    (
        "wiki/older.md",
        "---\nsupersedes: [/wiki/oldest.md]\n---\n[[queue saturation|x]] [[x/disk_full]]\n",
    ),
    ("wiki/oldest.md", "---\narchived: gone\n---\n[[Gone]] [n](nowhere.md) [o](older.md#none)\n"),
    ("wiki/x/index.md", "# X\n\n[d](disk-full.md) [s](../../adr/0001-a.md) [[../queue]]\n"),
    (
        "wiki/x/disk-full.md",
        "# Disk full\n\n## Causes\n\n[x](.) [w](/wiki/queue.md#causes) [e](https://x.example)\n",
    ),
    (
        "wiki/y/disk_full.md",
        "---\ntags: [a]\nkind: Runbook\n---\n# Disk, full\n\n[[x/disk full]] [[disk full]]\n",
    ),
    ("wiki/runbooks/a.md", "# A\n\n[[README]] [[wiki/queue.md]] ADR-3\n"),
    ("wiki/C# style.md", "# C# style\n\n[[x]] [a](<../adr>) [b](<C%23 style.md>)\n"),
    (
        "wiki/pay/adr/0001-pay.md",
        "# 1. Pay\n\n## Status\n\nSuperseded by [2. New](0002-new.md)\n\n## Decision\n\nx\n",
    ),
    (
        "wiki/pay/adr/0002-new.md",
        "# 2. New\n\n## Status\n\nAccepted\n\n## Decision\n\nADR-1, ADR-3\n",
    ),
    ("adr/0001-a.md", "# 1. A\n\n## Status\n\nSuperseded by 2\n\n## Decision\n\nx\n"),
    (
        "adr/0002-b.md",
        "# 2. B\n\n## Status\n\nAccepted\n\nSupersedes [1. A](0001-a.md)\n\n## Decision\n\nx\n",
    ),
    (
        "adr/0003-c.md",
        "# 3. C\n\n## Status\n\nProposed\n\nSupersedes [2. B](0002-b.md)\n\n## Decision\n\n[[queue]]\n",
    ),
    (
        "adr/0004-d.md",
        "# 4. D\n\n## Status\n\nAccepted\n\nSupersedes [3. C](0003-c.md#status)\n\n## Decision\n\nADR-4 ADR-99\n",
    ),
    (
        "skills/triage/SKILL.md",
        "---\nname: triage\ndescription: Looks at queues.\n---\n[r](references/more.md)\n",
    ),
    ("skills/triage/references/more.md", "# More\n\n[s](../SKILL.md) [q](/wiki/queue)\n"),
    (
        "templates/runbook.md",
        "---\ntemplate: runbook\n---\n# {{ title }}\n\n[q](../wiki/queue.md)\n",
    ),
];

fn open(repo: &TestRepo) -> Workspace {
    let home = repo.home();
    let variables =
        [("HOME".to_owned(), home.clone()), ("XDG_CACHE_HOME".to_owned(), home.join(".cache"))];
    Workspace::open(Options {
        repo: Some(repo.path().to_owned()),
        current: repo.path().to_owned(),
        overrides: Vec::new(),
        environment: Environment::of(Platform::Unix, variables),
        clock: Clock::system(),
    })
    .unwrap()
}

fn sample() -> TestRepo {
    let repo = TestRepo::new();
    for (path, text) in PAGES {
        repo.write(path, text);
    }
    repo.commit("pages");
    repo
}

fn paths<H: Deref<Target = Page>>(pages: &[H]) -> Vec<String> {
    pages.iter().map(|page| page.path.to_string()).collect()
}

/// The same question, put to both.
struct Both<'a> {
    memory: &'a Memory,
    all: Catalogue,
    one: Lookups<'a>,
}

impl<'a> Both<'a> {
    fn of(memory: &'a Memory) -> Self {
        Self { memory, all: memory.catalogue().unwrap(), one: memory.lookups() }
    }

    fn names(&self, name: &str) {
        assert_eq!(paths(&self.one.named(name).unwrap()), paths(&self.all.named(name)), "{name}");
        if let Ok(path) = RepoPath::new(name) {
            let one = self.one.in_other_case(&path).unwrap();
            assert_eq!(paths(&one), paths(&self.all.in_other_case(&path)), "{name}");
        }
        self.reference(name);
    }

    fn reference(&self, typed: &str) {
        let Ok(reference) = Reference::parse(typed) else { return };
        let all: Result<Found<_>, LookupError> = find(&self.all, &reference);
        let one: Result<Found<_>, OpError> = find(&self.one, &reference);
        let all = all.map(|it| (it.page.clone(), it.heading));
        match one {
            Ok(found) => assert_eq!(Ok((Page::clone(&found.page), found.heading)), all, "{typed}"),
            Err(OpError::Lookup(error)) => assert_eq!(Some(error), all.err(), "{typed}"),
            Err(error) => panic!("{typed}: {error}"),
        }
    }

    fn page(&self, page: &Page) {
        let path = &page.path;
        assert_eq!(self.one.page(path).unwrap().as_deref(), Some(page));
        for name in page.front.aliases.iter().chain([&page.title, &path.file_stem()]) {
            for name in [name.clone(), name.to_uppercase(), name.replace([' ', '-'], "_")] {
                self.names(&name);
            }
        }
        let text = path.text();
        let slip: String = text.chars().skip(1).collect();
        for name in [&text, text.trim_end_matches(".md"), &text.to_uppercase(), &slip] {
            self.names(name);
        }
        self.names(&path.parent().text());
        self.reference(&format!("{}#causes", path.cite_text()));
        let (folder, stem) = (path.parent().file_name().to_uppercase(), path.file_stem());
        let one = Names::in_folder(&self.one, &folder, &stem).unwrap();
        let Ok(all) = Names::in_folder(&self.all, &folder, &stem);
        assert_eq!(paths(&one), paths(&all), "{folder}/{stem}");
        if let Some(skill) = &page.skill {
            self.reference(&format!("skill:{}", skill.name));
            self.reference(&format!("skill:{}x", skill.name));
        }
        if let Some(number) = page.adr.as_ref().and_then(|record| record.number) {
            self.decision(number, path);
        }
    }

    fn decision(&self, number: u32, path: &RepoPath) {
        let log = self.all.log_of(path);
        for log in [None, Some(&log)] {
            let one = self.one.decisions(number, log).unwrap();
            assert_eq!(paths(&one), paths(&self.all.decisions(number, log)), "{number} {log:?}");
        }
        self.reference(&format!("adr/{number}"));
        self.reference(&format!("adr/{log}/{number}"));
        self.reference(&format!("adr/{log}x/{number}"));
    }

    /// Links and replacements from both ends.
    fn graph(&self) {
        let graph = self.all.graph();
        for page in self.all.pages() {
            let path = &page.path;
            for link in &page.links {
                let one = resolve(&self.one, page, link, &|_| false).unwrap();
                assert_eq!(one, self.all.resolve(page, link, &|_| false), "{path}: {link:?}");
            }
            let found = incoming(&self.one, page).unwrap();
            let from: Vec<&RepoPath> = found.iter().map(|it| &it.from.path).collect();
            assert_eq!(from, graph.incoming(path).iter().collect::<Vec<_>>(), "to {path}");
            for Incoming { from, links } in &found {
                assert!(!links.is_empty());
                assert!(links.iter().all(|it| from.links[it.link].kind != LinkKind::Image));
            }
            let newer = superseded_by(&self.one, path).unwrap();
            assert_eq!(newer.as_ref(), graph.superseded_by(path), "for {path}");
            let older = replaced_by(&self.one, path).unwrap();
            let all = self.all.pages().iter().map(|page| &page.path);
            let all = all.filter(|old| graph.superseded_by(old) == Some(path));
            assert_eq!(older, all.cloned().collect::<Vec<_>>(), "by {path}");
        }
    }

    /// Puts the questions for one of `step` pages, and for all of them those of the graph;
    /// how many pages and links there are.
    fn all(&self, step: usize) -> (usize, usize) {
        let Ok(paths) = Names::paths(&self.all);
        assert_eq!(self.one.paths().unwrap(), paths);
        let skills = |names: Vec<String>| names.into_iter().collect::<BTreeSet<_>>();
        let Ok(all) = Names::skill_names(&self.all);
        assert_eq!(skills(self.one.skill_names().unwrap()), skills(all));
        for page in self.all.pages().iter().step_by(step) {
            self.page(page);
        }
        for typed in ["", "x", "nowhere/at-all", "adr/98", "skill:none", "template:runbook"] {
            self.names(typed);
        }
        self.graph();
        let links: usize = self.all.pages().iter().map(|page| page.links.len()).sum();
        (usize::try_from(self.memory.snapshot.len()).unwrap(), links)
    }
}

fn both(workspace: &Workspace, asked: &Asked) -> (usize, usize) {
    Both::of(&workspace.memory(asked).unwrap()).all(1)
}

/// The first so many pages, and the first so many of all pages.
fn lists(workspace: &Workspace, asked: &Asked) {
    let list = |limit| {
        let listing = Listing { asked: asked.clone(), limit, ..Listing::default() };
        list::run(workspace, &listing).unwrap().0
    };
    let all = list(None);
    for limit in [0, 1, 7, all.total, all.total + 1] {
        let mut wanted = all.clone();
        wanted.pages.truncate(limit);
        same(&list(Some(limit)), &wanted, limit);
    }
}

fn same<T: PartialEq + Debug>(one: &T, other: &T, what: impl Debug) {
    assert_eq!(one, other, "{what:?}");
}

#[test]
fn every_name_of_a_memory_leads_to_the_same_pages() {
    let repo = sample();
    let workspace = open(&repo);
    let (pages, links) = both(&workspace, &Asked::Trunk);
    let outside = ["README.md", "templates/runbook.md"];
    assert_eq!((pages, links > 40), (PAGES.len() - outside.len(), true), "{links}");
    lists(&workspace, &Asked::Trunk);
}

#[test]
fn pages_of_a_work_tree_and_texts_beside_are_among_them() {
    let repo = sample();
    let workspace = open(&repo);
    both(&workspace, &Asked::Trunk);
    repo.write("wiki/queue.md", "# Backlog\n\n[o](oldest.md) [[Nova]]\n");
    repo.write("wiki/Nova.md", "---\nsupersedes: [older.md]\n---\n[q](QUEUE.md)\n");
    std::fs::remove_file(repo.path().join("adr/0002-b.md")).unwrap();
    both(&workspace, &Asked::WorkTree);
    lists(&workspace, &Asked::WorkTree);
    let memory = workspace.memory(&Asked::WorkTree).unwrap();
    let text = Unreviewed {
        name: "L-1".to_owned(),
        kind: "learning",
        title: "x".to_owned(),
        owner: Vec::new(),
        bytes: b"# Nova\n\n[q](/wiki/queue.md)\n".to_vec(),
    };
    let path = RepoPath::new("wiki/inbox/L-1.md").unwrap();
    let memory = memory.beside(vec![(path.clone(), text)]).unwrap();
    Both::of(&memory).all(1);
    let queue = memory.lookups().page(&RepoPath::new("wiki/queue.md").unwrap()).unwrap().unwrap();
    let lookups = memory.lookups();
    let incoming = incoming(&lookups, &queue).unwrap();
    assert!(incoming.iter().any(|it| it.from.path == path));
}

#[test]
fn pages_that_come_change_and_go_are_found_as_they_are_now() {
    let repo = sample();
    let workspace = open(&repo);
    let mut random = Random::new(20_261_127);
    for round in 0..rounds("LOOKUPS", 12) {
        for _ in 0..4 {
            let (path, _) = PAGES[random.below(PAGES.len())];
            let (other, text) = PAGES[random.below(PAGES.len())];
            let at = match random.below(4) {
                0 => {
                    drop(std::fs::remove_file(repo.path().join(path)));
                    continue;
                }
                1 => Path::new(other).with_file_name("queue.md"),
                2 => Path::new(path).with_file_name("Disk Full.md"),
                _ => Path::new(path).to_owned(),
            };
            repo.write(at, text);
        }
        both(&workspace, &Asked::WorkTree);
        repo.write("round.txt", round.to_string());
        repo.commit("round");
        both(&workspace, &Asked::Trunk);
        both(&workspace, &Asked::Rev("HEAD~1".to_owned()));
        lists(&workspace, &Asked::Trunk);
    }
}

#[cfg(unix)]
#[test]
fn paths_that_are_no_text_are_found_too() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let repo = sample();
    let text = "# Odd\n\n[q](../queue.md) [a](a) [[b]] [[Odd]]\n";
    for name in [&b"wiki/\xff/a.md"[..], b"wiki/\xff/b.md", b"wiki/\xfe.md"] {
        repo.write(OsStr::from_bytes(name), text);
    }
    repo.commit("odd");
    let workspace = open(&repo);
    both(&workspace, &Asked::Trunk);
    lists(&workspace, &Asked::Trunk);
    let memory = workspace.memory(&Asked::Trunk).unwrap();
    let lookups = memory.lookups();
    let page = lookups.page(&RepoPath::from_git(&b"wiki/\xff/a.md"[..])).unwrap().unwrap();
    let from: Vec<_> = incoming(&lookups, &page).unwrap().into_iter().map(|it| it.from).collect();
    assert_eq!(paths(&from), ["wiki/%FF/b.md"]);
}

#[test]
fn real_wikis_are_looked_up_the_same() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/retrieval/corpus");
    if !corpus.is_dir() {
        eprintln!("skipped: {} is not there", corpus.display());
        return;
    }
    let repo = TestRepo::new();
    for entry in walkdir::WalkDir::new(&corpus).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&corpus).unwrap();
            repo.write(path, std::fs::read(entry.path()).unwrap());
        }
    }
    repo.commit("corpus");
    let workspace = open(&repo);
    let memory = workspace.memory(&Asked::Trunk).unwrap();
    let (pages, links) = Both::of(&memory).all(25);
    assert!(pages > 1_000 && links > 10_000, "{pages} pages, {links} links");
    lists(&workspace, &Asked::Trunk);
}
