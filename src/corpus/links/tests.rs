use super::*;
use crate::adr::AdrStatus;
use crate::corpus::samples::{decision, link, markdown, page, path, rules, titled, with_anchors};
use crate::corpus::{Catalogue, WikilinkOrders};

fn catalogue(pages: Vec<Page>) -> Catalogue {
    Catalogue::new(pages, rules(""))
}

fn said(target: &Target) -> String {
    match target {
        Target::Page { path, anchor: None, .. } => path.to_string(),
        Target::Page { path, anchor: Some(anchor), anchor_found } => {
            format!("{path}#{anchor}{}", if *anchor_found { "" } else { " missing" })
        }
        Target::File(path) => format!("file {path}"),
        Target::External => "external".to_owned(),
        Target::Missing { wanted, reason } => format!("{wanted} {reason:?}"),
        Target::Ambiguous(paths) => format!("{paths:?}"),
    }
}

fn lead(catalogue: &Catalogue, from: &str, link: &Link) -> String {
    let from = catalogue.page(&path(from)).unwrap();
    said(&catalogue.resolve(from, link, &|path| path.text() == "wiki/img.png"))
}

#[test]
fn paths_are_relative_to_the_page_or_the_top() {
    let all = catalogue(vec![
        page("wiki/a.md"),
        with_anchors("wiki/deep/b.md", &["two-words"]),
        page("wiki/deep/index.md"),
        page("README.md"),
    ]);
    let lead = |target: &str| lead(&all, "wiki/a.md", &markdown(target));
    assert_eq!(lead("deep/b.md"), "wiki/deep/b.md");
    assert_eq!(lead("/wiki/deep/b.md#two-words"), "wiki/deep/b.md#two-words");
    assert_eq!(lead("deep/b#Two-Words"), "wiki/deep/b.md#Two-Words");
    assert_eq!(lead("deep/b.md#three"), "wiki/deep/b.md#three missing");
    assert_eq!(lead("deep/"), "wiki/deep/index.md");
    assert_eq!(lead(".."), "README.md");
    assert_eq!(lead("#top"), "wiki/a.md#top");
    assert_eq!(lead("img.png"), "file wiki/img.png");
    assert_eq!(lead("https://example.com/a.md"), "external");
    assert_eq!(lead("none.md"), "wiki/none.md NoFile");
    assert_eq!(lead("../../x.md"), "../../x.md Outside");
    assert_eq!(lead("Deep/B.md"), "wiki/Deep/B.md Case(\"wiki/deep/b.md\")");
    assert_eq!(lead("deep/B"), "wiki/deep/B Case(\"wiki/deep/b.md\")");
}

#[test]
fn wikilinks_find_paths_titles_aliases_and_stems() {
    let mut aliased = titled("wiki/deep/q.md", "Queue Saturation");
    aliased.front.aliases = vec!["queue backlog".into()];
    aliased.headings = with_anchors("x.md", &["known-causes"]).headings;
    let all = catalogue(vec![
        page("wiki/a.md"),
        aliased,
        page("wiki/deep/two-words.md"),
        page("wiki/x/q2.md"),
    ]);
    let lead = |target: &str| lead(&all, "wiki/a.md", &link(LinkKind::Wiki, target));
    assert_eq!(lead("Queue-Saturation"), "wiki/deep/q.md");
    assert_eq!(lead("queue_backlog|what is shown"), "wiki/deep/q.md");
    assert_eq!(lead("Q#Known Causes"), "wiki/deep/q.md#known-causes");
    assert_eq!(lead("deep/Two Words"), "wiki/deep/two-words.md");
    assert_eq!(lead("deep/q.md"), "wiki/deep/q.md");
    assert_eq!(lead("x/q2"), "wiki/x/q2.md");
    assert_eq!(lead("other/q2"), "other/q2 NoName");
    assert_eq!(lead("img.png"), "file wiki/img.png");
    assert_eq!(lead("Nowhere"), "Nowhere NoName");
    assert_eq!(lead("#here"), "wiki/a.md#here missing");
}

#[test]
fn the_order_of_a_wikilink_is_a_setting() {
    let mut rules = rules("");
    rules.wikilinks =
        WikilinkOrders::new(vec![(path("wiki"), crate::corpus::WikilinkOrder::TextFirst)]);
    let all = Catalogue::new(vec![page("wiki/a.md"), page("wiki/b.md")], rules);
    assert_eq!(lead(&all, "wiki/a.md", &link(LinkKind::Wiki, "a|b")), "wiki/b.md");
}

#[test]
fn a_shared_name_is_ambiguous_and_the_page_beside_wins() {
    let all = catalogue(vec![
        page("wiki/a.md"),
        page("wiki/x/t.md"),
        page("wiki/y/t.md"),
        page("wiki/y/u.md"),
    ]);
    let to_t = link(LinkKind::Wiki, "T");
    assert_eq!(lead(&all, "wiki/a.md", &to_t), r#"["wiki/x/t.md", "wiki/y/t.md"]"#);
    assert_eq!(lead(&all, "wiki/y/u.md", &link(LinkKind::Wiki, "t")), "wiki/y/t.md");
}

#[test]
fn a_mention_means_its_own_log_first() {
    let in_log = |at: &str| decision(at, 12, AdrStatus::Accepted);
    let all = catalogue(vec![
        in_log("adr/0012-a.md"),
        in_log("wiki/pay/adr/0012-b.md"),
        decision("wiki/pay/adr/0001-c.md", 1, AdrStatus::Accepted),
        page("wiki/a.md"),
    ]);
    let mention = |number| link(LinkKind::Adr, number);
    assert_eq!(lead(&all, "wiki/pay/adr/0001-c.md", &mention("0012")), "wiki/pay/adr/0012-b.md");
    assert_eq!(
        lead(&all, "wiki/a.md", &mention("12")),
        r#"["adr/0012-a.md", "wiki/pay/adr/0012-b.md"]"#
    );
    assert_eq!(lead(&all, "wiki/a.md", &mention("1")), "wiki/pay/adr/0001-c.md");
    assert_eq!(lead(&all, "wiki/a.md", &mention("99")), "99 NoDecision");
    assert_eq!(lead(&all, "wiki/a.md", &mention("99999999999")), "99999999999 NoDecision");
}
