use super::*;
use crate::adr::AdrStatus;
use crate::corpus::samples::{
    decision, link, markdown, named, numbered, page, path, rules, with_links,
};
use crate::document::LinkKind;

fn graph(pages: Vec<Page>) -> LinkGraph {
    Catalogue::new(pages, rules("")).graph()
}

fn texts(paths: &[RepoPath]) -> Vec<String> {
    paths.iter().map(ToString::to_string).collect()
}

#[test]
fn links_are_known_from_both_ends_once_and_in_order() {
    let all = [
        markdown("c.md"),
        markdown("b.md"),
        markdown("c.md#x"),
        markdown("#self"),
        markdown("no.md"),
    ];
    let graph = graph(vec![
        with_links("wiki/a.md", &all),
        with_links("wiki/b.md", &[markdown("c.md")]),
        page("wiki/c.md"),
    ]);
    assert_eq!(texts(graph.outgoing(&path("wiki/a.md"))), ["wiki/b.md", "wiki/c.md"]);
    assert_eq!(texts(graph.incoming(&path("wiki/c.md"))), ["wiki/a.md", "wiki/b.md"]);
    assert!(graph.incoming(&path("wiki/a.md")).is_empty());
}

#[test]
fn a_wiki_page_replaces_another() {
    let mut new = page("wiki/new.md");
    new.front.supersedes =
        vec!["wiki/old.md".into(), "older.md".into(), "wiki/new.md".into(), "gone.md".into()];
    let graph = graph(vec![new, page("wiki/old.md"), page("wiki/older.md")]);
    let by = |at: &str| graph.superseded_by(&path(at)).map(ToString::to_string);
    assert_eq!(by("wiki/old.md").as_deref(), Some("wiki/new.md"));
    assert_eq!(by("wiki/older.md").as_deref(), Some("wiki/new.md"));
    assert_eq!(by("wiki/new.md"), None);
}

#[test]
fn decisions_are_replaced_whichever_side_says_so() {
    let change = |mut page: Page, supersedes: Vec<_>, by| {
        let record = page.adr.as_mut().unwrap();
        (record.supersedes, record.superseded_by) = (supersedes, by);
        page
    };
    let accepted = |at: &str, number| decision(at, number, AdrStatus::Accepted);
    let graph = graph(vec![
        change(
            decision("adr/0001-a.md", 1, AdrStatus::Superseded),
            vec![],
            Some(named("0002-b.md#x")),
        ),
        accepted("adr/0002-b.md", 2),
        change(accepted("adr/0003-c.md", 3), vec![numbered(2)], None),
        change(decision("adr/0004-d.md", 4, AdrStatus::Proposed), vec![numbered(3)], None),
    ]);
    let by = |at: &str| graph.superseded_by(&path(at)).map(ToString::to_string);
    assert_eq!(by("adr/0001-a.md").as_deref(), Some("adr/0002-b.md"));
    assert_eq!(by("adr/0002-b.md").as_deref(), Some("adr/0003-c.md"));
    assert_eq!(by("adr/0003-c.md"), None, "a proposal replaces nothing yet");
    let end = graph.successor(&path("adr/0001-a.md")).map(ToString::to_string);
    assert_eq!(end.as_deref(), Some("adr/0003-c.md"));
}

#[test]
fn a_cycle_of_replacements_ends() {
    let replacing = |at: &str, old: &str| {
        let mut page = page(at);
        page.front.supersedes = vec![old.to_owned()];
        page
    };
    let graph =
        graph(vec![replacing("wiki/a.md", "wiki/b.md"), replacing("wiki/b.md", "wiki/a.md")]);
    assert_eq!(
        graph.successor(&path("wiki/a.md")).map(ToString::to_string).as_deref(),
        Some("wiki/b.md")
    );
}

#[test]
fn fifty_thousand_links_on_a_page_are_followed() {
    let links: Vec<_> = (0..50_000).map(|i| markdown(&format!("p{}.md", i % 100))).collect();
    let mut pages: Vec<Page> = (0..100).map(|i| page(&format!("wiki/p{i}.md"))).collect();
    pages.push(with_links("wiki/many.md", &links));
    assert_eq!(graph(pages).outgoing(&path("wiki/many.md")).len(), 100);
}

#[test]
fn a_name_that_everybody_has_costs_no_more_than_another() {
    let mut pages: Vec<Page> = (0..5_000).map(|i| page(&format!("wiki/d{i}/x/index.md"))).collect();
    pages.extend(
        (0..5_000).map(|i| decision(&format!("wiki/d{i}/adr/1.md"), 1, AdrStatus::Accepted)),
    );
    let wiki = |i: usize| link(LinkKind::Wiki, &format!("{}x/index", "y/".repeat(i % 3)));
    let mut links: Vec<_> = (0..20_000_usize).map(wiki).collect();
    links.extend((0..20_000).map(|_| link(LinkKind::Adr, "1")));
    pages.push(with_links("wiki/many.md", &links));
    assert!(graph(pages).outgoing(&path("wiki/many.md")).is_empty());
}
