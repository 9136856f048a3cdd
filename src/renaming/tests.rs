//! Trees before and after a move.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::corpus::{
    CodeOwners, People, ReviewIntervals, RootSettings, Roots, Rules, TreeLook, WikilinkOrders,
};
use crate::ids::BlobId;

type Tree = BTreeMap<RepoPath, Vec<u8>>;

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(at, text)| (path(at), text.as_bytes().to_vec())).collect()
}

struct Look<'a>(&'a Tree);

impl TreeLook for Look<'_> {
    fn is_folder(&self, path: &RepoPath) -> bool {
        self.0.keys().any(|file| file != path && file.is_below(path))
    }

    fn read(&self, path: &RepoPath) -> Option<Vec<u8>> {
        self.0.get(path).cloned()
    }
}

fn catalogue(tree: &Tree) -> Catalogue {
    let rules = Rules {
        roots: Roots::resolve(&RootSettings::default(), &Look(tree)),
        owners: CodeOwners::default(),
        intervals: ReviewIntervals::default(),
        people: People::default(),
        wikilinks: WikilinkOrders::default(),
        stamps: crate::review::Stamps::default(),
    };
    let pages = tree.iter().filter(|(path, _)| path.is_markdown());
    let pages = pages.map(|(path, bytes)| page(path, bytes)).collect();
    Catalogue::new(pages, rules)
}

fn page(path: &RepoPath, bytes: &[u8]) -> Page {
    Page::read(path.clone(), BlobId([0; 20]), bytes).0
}

fn is_there(tree: &Tree, path: &RepoPath) -> bool {
    tree.contains_key(path) || Look(tree).is_folder(path)
}

/// Moves the file or folder `old` and mends every page.
fn moved(before: &Tree, old: &str, new: &str) -> (Tree, Vec<Left>) {
    let (old, new) = (path(old), path(new));
    let files = before.keys().filter(|path| path.is_below(&old)).map(|path| {
        let rest = &path.as_bytes()[old.as_bytes().len()..];
        (path.clone(), RepoPath::from_git([new.as_bytes(), rest].concat()))
    });
    let files: Vec<_> = files.collect();
    let folders = if before.contains_key(&old) { vec![] } else { vec![(old, new)] };
    let moves = Moves::new(files, folders);
    let after: Tree = before.iter().map(|(path, bytes)| (moves.of(path), bytes.clone())).collect();
    let (old_pages, new_pages) = (catalogue(before), catalogue(&after));
    let renaming = Renaming {
        moves: &moves,
        before: Side { catalogue: &old_pages, is_file: &|path| is_there(before, path) },
        after: Side { catalogue: &new_pages, is_file: &|path| is_there(&after, path) },
    };
    let mut left = Vec::new();
    let mended = before.iter().map(|(path, bytes)| {
        let new = moves.of(path);
        let Some(old_page) = old_pages.page(path) else { return (new, bytes.clone()) };
        let new_page = new_pages.page(&new).unwrap();
        let (mut edits, told) = relink(&renaming, old_page, new_page, bytes).unwrap();
        assert!(edits.is_empty() || needs_reading(&renaming, old_page, new_page));
        left.extend(told);
        edits.extend(rename_in_front_matter(&renaming, old_page, new_page, bytes));
        (new, apply(bytes, &edits))
    });
    (mended.collect(), left)
}

#[track_caller]
fn becomes(files: &[(&str, &str)], old: &str, new: &str, wanted: &[(&str, &str)]) {
    let (after, _) = moved(&tree(files), old, new);
    for (at, text) in wanted {
        let found = after.get(&path(at)).unwrap_or_else(|| panic!("no {at}"));
        assert_eq!(String::from_utf8_lossy(found), *text, "{at}");
    }
}

#[test]
fn links_to_a_page_and_its_own_links_follow() {
    becomes(
        &[
            ("wiki/a.md", "[b](b.md#x 'T') <b> [r]\r\n\r\n[r]: <./b.md>\r\n`[b](b.md)`\r\n"),
            (
                "wiki/b.md",
                "---\nsupersedes: [wiki/c.md, c.md]\n---\n[a](a.md) [me](b.md#x) [c](c.md?y#z) ![i](i%20j.png) [no](gone.md)\n# x\n",
            ),
            (
                "wiki/c.md",
                "---\nsuccessor: wiki/b.md#x\n---\n<a href=\"b.md\">x</a> [b](/wiki/b) [e](https://x.y/b.md)\n",
            ),
            ("wiki/i j.png", ""),
        ],
        "wiki/b.md",
        "wiki/deep/n (1).md",
        &[
            (
                "wiki/a.md",
                "[b](deep/n%20%281%29.md#x 'T') <b> [r]\r\n\r\n[r]: <./deep/n (1).md>\r\n`[b](b.md)`\r\n",
            ),
            (
                "wiki/deep/n (1).md",
                "---\nsupersedes: [wiki/c.md, ../c.md]\n---\n[a](../a.md) [me](n%20%281%29.md#x) [c](../c.md?y#z) ![i](../i%20j.png) [no](gone.md)\n# x\n",
            ),
            (
                "wiki/c.md",
                "---\nsuccessor: \"wiki/deep/n (1).md#x\"\n---\n<a href=\"deep/n%20%281%29.md\">x</a> [b](/wiki/deep/n%20%281%29) [e](https://x.y/b.md)\n",
            ),
        ],
    );
}

#[test]
fn a_folder_takes_its_links_with_it() {
    becomes(
        &[
            ("wiki/x/index.md", "[in](a.md) [out](../o.md) ![i](img/p.png)\n"),
            ("wiki/x/a.md", "[up](.) [root](/wiki/x/index.md)\n"),
            ("wiki/x/img/p.png", ""),
            ("wiki/o.md", "[f](x/) [g](x) [a](x/a) ![i](x/img/p.png) [d](x/img)\n"),
        ],
        "wiki/x",
        "wiki/y/z",
        &[
            ("wiki/y/z/index.md", "[in](a.md) [out](../../o.md) ![i](img/p.png)\n"),
            ("wiki/y/z/a.md", "[up](.) [root](/wiki/y/z/index.md)\n"),
            ("wiki/o.md", "[f](y/z/) [g](y/z) [a](y/z/a) ![i](y/z/img/p.png) [d](y/z/img)\n"),
        ],
    );
}

#[test]
fn wikilinks_take_the_new_name_or_the_shortest_that_is_unique() {
    becomes(
        &[
            ("wiki/old-name.md", "# T\n"),
            ("wiki/u.md", "[[Old name]] [[old-name|x]] [[T]] [[/wiki/old-name]] [[old-name#T]]\n"),
            ("wiki/x/new-name.md", ""),
        ],
        "wiki/old-name.md",
        "wiki/y/new-name.md",
        &[(
            "wiki/u.md",
            "[[y/new-name]] [[y/new-name|x]] [[T]] [[/wiki/y/new-name]] [[y/new-name#T]]\n",
        )],
    );
    becomes(
        &[
            ("wiki/old-name.md", ""),
            ("wiki/u.md", "[[Old name]] [[old-name]] | [[wiki/old-name.md]]\n"),
        ],
        "wiki/old-name.md",
        "wiki/new-name.md",
        &[("wiki/u.md", "[[New name]] [[new-name]] | [[wiki/new-name.md]]\n")],
    );
}

#[test]
fn what_is_ambiguous_or_outside_is_left_and_told() {
    let files = [
        ("wiki/x/many.md", ""),
        ("wiki/y/many.md", ""),
        ("wiki/u.md", "[[many]] https://h/o/r/blob/main/wiki/x/many.md [c](x/many.md#s@0123abc)\n"),
    ];
    let before = tree(&files);
    let (after, left) = moved(&before, "wiki/x/many.md", "wiki/z.md");
    assert_eq!(after[&path("wiki/u.md")], before[&path("wiki/u.md")]);
    let texts: Vec<_> = left.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["[[many]]", "https://h/o/r/blob/main/wiki/x/many.md"]);
}

/// Every link of every page: the page it is on, how it is written, where it leads.
fn resolved(
    tree: &Tree,
    back: &dyn Fn(&RepoPath) -> RepoPath,
) -> BTreeSet<(RepoPath, usize, Option<RepoPath>)> {
    let catalogue = catalogue(tree);
    let side = Side { catalogue: &catalogue, is_file: &|path| is_there(tree, path) };
    let mut all = BTreeSet::new();
    for page in catalogue.pages() {
        for (number, link) in page.links.iter().enumerate() {
            let leads = match side.resolve(page, link) {
                Target::Page { path, .. } | Target::File(path) => Some(back(&path)),
                _ => None,
            };
            all.insert((back(&page.path), number, leads));
        }
    }
    all
}

const PLACES: &[&str] = &[
    "wiki/a.md",
    "wiki/b c.md",
    "wiki/x/a.md",
    "wiki/x/d.md",
    "wiki/x/y/e.md",
    "adr/0001-f.md",
    "g.md",
];

fn link(to: &str, from: &str, style: u8) -> String {
    let name = path(to);
    let way =
        String::from_utf8(relative::relative(&path(from).parent(), &name).join(&b'/')).unwrap();
    let way = way.replace(' ', "%20");
    match style {
        0 => format!("[t]({way}#s 'T')"),
        1 => format!("[t](<{}>)", way.replace("%20", " ")),
        2 => format!("[t](/{})", to.replace(' ', "%20")),
        3 => format!("<a href='{way}'>t</a>"),
        4 => format!("[[{}]]", to.trim_end_matches(".md")),
        5 => format!("![t]({way})"),
        6 => format!("`[t]({way})`"),
        _ => "[t](gone/for-good.md)".to_owned(),
    }
}

proptest! {
    #[test]
    fn there_and_back_is_the_same_and_nothing_breaks(
        links in proptest::collection::vec((0..PLACES.len(), 0..PLACES.len(), 0_u8..8), 0..24),
        old in 0..PLACES.len(),
        new in prop_oneof![Just("wiki/new.md"), Just("wiki/x/y/z/new page.md"), Just("adr/n.md"), Just("z/top.md")],
        end in prop_oneof![Just("\n"), Just("\r\n")],
        mark in prop_oneof![Just(""), Just("\u{feff}")],
    ) {
        let mut texts: BTreeMap<&str, String> = PLACES.iter().map(|at| (*at, mark.to_owned())).collect();
        for (from, to, style) in &links {
            let text = texts.get_mut(PLACES[*from]).unwrap();
            text.push_str(&link(PLACES[*to], PLACES[*from], *style));
            text.push_str(end);
        }
        let before: Tree = texts.into_iter().map(|(at, text)| (path(at), text.into_bytes())).collect();
        let (there, _) = moved(&before, PLACES[old], new);
        let same = |path: &RepoPath| path.clone();
        let home = |at: &RepoPath| if *at == path(new) { path(PLACES[old]) } else { at.clone() };
        prop_assert_eq!(resolved(&before, &same), resolved(&there, &home));
        let (back, _) = moved(&there, new, PLACES[old]);
        for (at, bytes) in &before {
            prop_assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&back[at]), "{}", at);
        }
    }
}
