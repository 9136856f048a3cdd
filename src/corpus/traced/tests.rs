//! The graph of all pages, and what is asked of a page at a time: the same.

use std::convert::Infallible;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::adr::AdrStatus;
use crate::corpus::samples::{decision, link, page, path, rules};
use crate::corpus::{Catalogue, WikilinkOrder, WikilinkOrders, traces};

/// Reads all pages for every trace, which only a test may do.
impl Traced for Catalogue {
    fn leaving(&self, trace: &Trace) -> Result<Vec<&Page>, Infallible> {
        Ok(self.pages().iter().filter(|page| traces(page).contains(trace)).collect())
    }
}

const FOLDERS: &[&str] = &["", "wiki/", "wiki/x/", "wiki/X/", "adr/", "wiki/x/adr/", "wiki/a b/"];

const FILES: &[&str] = &[
    "a.md",
    "A.md",
    "a-b.md",
    "a b.md",
    "README.md",
    "index.md",
    "Home.md",
    "a.md.md",
    "-.md",
    ".-.md",
    "ΟΔΟΣ.md",
    "x.md",
    "wiki.md",
    "a.markdown",
    "a.mdx",
];

/// What names pages, in every spelling: alone, behind folders, before ends.
const NAMES: &[&str] = &[
    "a",
    "A",
    "a b",
    "a-b",
    "A_B",
    "README",
    "index",
    "x",
    "wiki",
    "ΟΔΟΣ",
    "οδοσ",
    "-",
    ".",
    "..",
    " ",
    ". ",
    "",
    "a.markdown",
];

const BEFORE: &[&str] =
    &["", "", "../", "/", "./", "x/", "X/", "wiki/", "../x/", "a b/", "x /", "y/x/"];

const BEHIND: &[&str] =
    &["", "", ".md", ".MD", ".md.md", "/", "/.", "/..", " ", "#s", ".md#s", "|a", "|x/a"];

/// A name as a link, a title or a person writes it.
fn written() -> impl Strategy<Value = String> {
    (select(BEFORE), select(NAMES), select(BEHIND))
        .prop_map(|(before, name, behind)| format!("{before}{name}{behind}"))
}

fn any_link() -> impl Strategy<Value = Link> {
    let numbers = select(&["1", "02", "2", "x"][..]).prop_map(|it| link(LinkKind::Adr, it));
    let kinds = select(&[LinkKind::Wiki, LinkKind::Markdown, LinkKind::Html, LinkKind::Image][..]);
    prop_oneof![1 => numbers, 6 => (kinds, written()).prop_map(|(kind, it)| link(kind, &it))]
}

fn any_ref() -> impl Strategy<Value = crate::adr::AdrRef> {
    (prop::option::of(1_u32..4), prop::option::of(written()))
        .prop_map(|(number, target)| crate::adr::AdrRef { number, target })
}

fn any_page() -> impl Strategy<Value = Page> {
    let place = (select(FOLDERS), select(FILES));
    let names = (written(), prop::collection::vec(written(), 0..2));
    let links = prop::collection::vec(any_link(), 0..8);
    let supersedes = prop::collection::vec(written(), 0..2);
    let statuses = select(&[AdrStatus::Accepted, AdrStatus::Superseded, AdrStatus::Proposed][..]);
    let record =
        (1_u32..4, statuses, prop::collection::vec(any_ref(), 0..2), prop::option::of(any_ref()));
    (place, names, links, supersedes, prop::option::of(record)).prop_map(
        |((folder, file), (title, aliases), links, supersedes, record)| {
            let at = format!("{folder}{file}");
            let mut page = match record {
                None => page(&at),
                Some((number, status, olds, new)) => {
                    let mut page = decision(&at, number, status);
                    let record = page.adr.as_mut().unwrap();
                    (record.supersedes, record.superseded_by) = (olds, new);
                    page
                }
            };
            page.title = title;
            page.links = links;
            (page.front.aliases, page.front.supersedes) = (aliases, supersedes);
            page
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_is_asked_of_one_page_is_what_the_graph_of_all_says(
        pages in prop::collection::vec(any_page(), 2..14),
        text_first in any::<bool>(),
    ) {
        let mut rules = rules("");
        if text_first {
            rules.wikilinks = WikilinkOrders::new(vec![(path("wiki"), WikilinkOrder::TextFirst)]);
        }
        let all = Catalogue::new(pages, rules);
        let graph = all.graph();
        for page in all.pages() {
            let Ok(found) = incoming(&all, page);
            let paths: Vec<RepoPath> = found.iter().map(|it| it.from.path.clone()).collect();
            prop_assert_eq!(paths.as_slice(), graph.incoming(&page.path), "to {}", page.path);
            for Incoming { from, links: leading } in found {
                prop_assert_eq!(leading, all_leading(&all, from, page));
            }
            let Ok(newer) = superseded_by(&all, &page.path);
            prop_assert_eq!(newer.as_ref(), graph.superseded_by(&page.path), "for {}", page.path);
            let Ok(older) = replaced_by(&all, &page.path);
            let paths = all.pages().iter().map(|it| &it.path);
            let wanted = paths.filter(|old| graph.superseded_by(old) == Some(&page.path));
            prop_assert_eq!(older, wanted.cloned().collect::<Vec<_>>(), "by {}", page.path);
        }
    }
}

/// Every link of one page that leads to another, whatever traces it leaves.
fn all_leading(all: &Catalogue, from: &Page, to: &Page) -> Vec<Leading> {
    let links = from.links.iter().enumerate().filter(|(_, link)| link.kind != LinkKind::Image);
    let leading = |(at, link): (usize, &Link)| match all.resolve(from, link, &|_| false) {
        Target::Page { path, anchor, .. } if path == to.path => Some(Leading { link: at, anchor }),
        _ => None,
    };
    links.filter_map(leading).collect()
}

#[test]
fn a_page_that_is_not_there_replaced_nothing() {
    let mut new = page("wiki/new.md");
    new.front.supersedes = vec!["wiki/old.md".to_owned()];
    let all = Catalogue::new(vec![new.clone()], rules(""));
    assert_eq!(superseded_by(&all, &path("wiki/old.md")), Ok(None));
    let all = Catalogue::new(vec![new, page("wiki/old.md")], rules(""));
    assert_eq!(superseded_by(&all, &path("wiki/old.md")), Ok(Some(path("wiki/new.md"))));
    assert_eq!(replaced_by(&all, &path("wiki/new.md")), Ok(vec![path("wiki/old.md")]));
}
