//! The memory as files: what is written, what is not, and what a build may do to a folder.

#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "prode writes them")]

mod folders;
mod hostile;
mod kills;
mod pages;
mod same;
mod search;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::TestRepo;
use crate::web::dom::Dom;

/// Every file of a folder by its name.
type Files = BTreeMap<String, Vec<u8>>;

/// A memory whose public pages hold no link that leads nowhere.
fn memory() -> TestRepo {
    let repo = crate::web::memory();
    for (path, dead, mended) in
        [("wiki/old.md", "[this](Workers)", "this"), ("wiki/workers.md", "[gone](gone.md)", "gone")]
    {
        let text = std::fs::read_to_string(repo.path().join(path)).unwrap();
        assert!(text.contains(dead), "{path}");
        repo.write(path, text.replace(dead, mended));
    }
    repo.write(
        "wiki/index.md",
        "# Operations\n\nSee [the old way](old.md#go-on), [drafts](draft.md), [an archive](gone/attic.md) and [[Workers]].\n",
    );
    repo.write(
        "wiki/gone/attic.md",
        "---\nstatus: archived\narchived: moved away\n---\n# Attic\n\nqueue of the attic\n",
    );
    repo.write("wiki/a: strange, name?.md", "# Strange\n\nBack to [the start](index.md).\n");
    repo.commit("a front page");
    repo
}

/// Where sites of a test go: beside the repository.
fn place(repo: &TestRepo) -> PathBuf {
    repo.home().join("site")
}

/// Builds the site of the trunk, which must succeed; what it answers.
fn built(repo: &TestRepo, more: &[&str]) -> Value {
    let folder = place(repo).display().to_string();
    repo.prode(&[&["site", "build", "-o", &folder, "--json"], more].concat()).ok().json()
}

fn files(folder: &Path) -> Files {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let all = walk.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read(entry.path()).unwrap())
    });
    all.collect()
}

fn site(repo: &TestRepo, more: &[&str]) -> Files {
    built(repo, more);
    files(&place(repo))
}

fn dom(files: &Files, name: &str) -> Dom {
    Dom::of(text(files, name))
}

#[track_caller]
fn text<'a>(files: &'a Files, name: &str) -> &'a str {
    let bytes = files.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", files.keys()));
    std::str::from_utf8(bytes).unwrap()
}

/// The file and the anchor that an address in the file `from` leads to; `None` for
/// another place.
fn leads(from: &str, address: &str) -> Option<(String, String)> {
    if ["http://", "https://", "mailto:", "data:"].iter().any(|it| address.starts_with(it)) {
        return None;
    }
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    let decoded =
        |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    if path.is_empty() {
        return Some((from.to_owned(), decoded(anchor)));
    }
    let mut parts: Vec<String> = from.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().expect("it stays in the site")),
            "." => {}
            part => parts.push(decoded(part)),
        }
    }
    Some((parts.join("/"), decoded(anchor)))
}

/// Everything that a page of the site leads to or loads is in the site.
#[track_caller]
fn is_whole(files: &Files) -> usize {
    let pages: BTreeMap<&str, (Dom, BTreeSet<String>)> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| {
            let dom = Dom::of(std::str::from_utf8(bytes).unwrap());
            let ids = dom.values("id").into_iter().collect();
            (name.as_str(), (dom, ids))
        })
        .collect();
    let mut count = 0;
    for (from, (dom, _)) in &pages {
        for address in dom.values("href").iter().chain(&dom.values("src")) {
            let Some((to, anchor)) = leads(from, address) else { continue };
            count += 1;
            assert!(files.contains_key(&to), "{from} leads to {to} by {address}");
            if !anchor.is_empty() {
                let (_, ids) = &pages[to.as_str()];
                assert!(ids.contains(&anchor), "{from} leads to {to}#{anchor}: {ids:?}");
            }
        }
        for address in dom.values("action") {
            let Some((to, _)) = leads(from, &address) else { continue };
            assert_eq!(to, "search.html", "{from}");
        }
    }
    count
}
