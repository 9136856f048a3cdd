//! Random pages and folders of real wikis move, and no link breaks.

use std::collections::BTreeMap;
use std::path::Path;

use prode::clock::Clock;
use prode::config::{Environment, Platform};
use prode::corpus::Target;
use prode::ops::mv;
use prode::repo_path::RepoPath;
use prode::workspace::{Asked, Options, Workspace};

use crate::support::{Random, TestRepo, rounds};

/// Links that lead nowhere, to no section, or to several pages; by what they name.
fn broken(workspace: &Workspace) -> (usize, BTreeMap<(String, String), usize>) {
    let memory = workspace.memory(&Asked::WorkTree).unwrap();
    let catalogue = memory.catalogue().unwrap();
    let is_file = |path: &RepoPath| workspace.exists(&memory, path);
    let (mut all, mut found) = (0, BTreeMap::new());
    for page in catalogue.pages() {
        for link in &page.links {
            all += 1;
            let why = match catalogue.resolve(page, link, &is_file) {
                Target::Page { anchor_found: false, .. } => "section",
                Target::Missing { .. } => "missing",
                Target::Ambiguous(_) => "ambiguous",
                _ => continue,
            };
            let fragment = link.fragment.as_deref().unwrap_or_default();
            let name = if why == "section" { fragment } else { link.target.as_str() };
            *found.entry((why.to_owned(), name.to_owned())).or_default() += 1;
        }
    }
    (all, found)
}

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

fn copied(corpus: &Path) -> TestRepo {
    let repo = TestRepo::new();
    for entry in walkdir::WalkDir::new(corpus).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(corpus).unwrap();
            repo.write(path, std::fs::read(entry.path()).unwrap());
        }
    }
    repo.commit("corpus");
    repo
}

/// Folders that hold pages, and pages, as they are now.
fn movable(workspace: &Workspace) -> (Vec<RepoPath>, Vec<RepoPath>) {
    let memory = workspace.memory(&Asked::WorkTree).unwrap();
    let pages: Vec<RepoPath> =
        memory.catalogue().unwrap().pages().iter().map(|page| page.path.clone()).collect();
    let mut folders: Vec<RepoPath> = pages.iter().map(RepoPath::parent).collect();
    folders.dedup();
    folders.retain(|folder| folder.depth() > 1);
    (pages, folders)
}

#[test]
fn random_moves_break_no_link() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/retrieval/corpus");
    if !corpus.is_dir() {
        eprintln!("skipped: {} is not there", corpus.display());
        return;
    }
    let repo = copied(&corpus);
    let workspace = open(&repo);
    let (all, before) = broken(&workspace);
    let mut random = Random::new(20_261_125);
    let (pages, folders) = (rounds("MV_PAGES", 2), rounds("MV_FOLDERS", 1));
    let mut edited = 0;
    for number in 0..pages + folders {
        let (some_pages, some_folders) = movable(&workspace);
        let is_page = number < pages;
        let pick = if is_page { &some_pages } else { &some_folders };
        let old = &pick[random.below(pick.len())];
        let beside = &some_folders[random.below(some_folders.len())];
        let is_number = |c: char| c.is_ascii_digit() || c == '-';
        let stem = old.file_stem();
        let number_of = &stem[..stem.len() - stem.trim_start_matches(is_number).len()];
        let beside = if number_of.is_empty() && !beside.is_below(old) {
            beside.clone()
        } else {
            old.parent()
        };
        let name = if is_page {
            format!("{number_of}moved-{number}.md")
        } else {
            format!("moved-{number}")
        };
        let options = mv::Options {
            old: old.text().into_owned(),
            new: format!("{beside}/{name}"),
            current: repo.path().to_owned(),
            dry_run: false,
            redirects: true,
        };
        let answer =
            mv::run(&workspace, &options).unwrap_or_else(|error| panic!("{options:?}: {error}"));
        edited += answer.edited.iter().map(|file| file.changes.len()).sum::<usize>();
        let (_, now) = broken(&workspace);
        let sum = |it: &BTreeMap<_, usize>| it.values().sum::<usize>();
        assert_eq!(sum(&now), sum(&before), "after {options:?}");
    }
    let broken: usize = before.values().sum();
    eprintln!(
        "{pages} pages and {folders} folders moved, {edited} places edited; {broken} of {all} links broken before and after"
    );
}
