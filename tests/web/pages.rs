//! What a reader sees on each page, without any script.

use super::{memory, page};
use crate::serve::Served;

#[test]
fn the_front_page_says_what_is_here_how_fresh_and_what_changed() {
    let (repo, server) = served();
    let dom = page(&server, "/");
    assert_eq!(dom.one("h1").text, "repo");
    let kinds = dom.texts("ul.kinds li");
    assert!(kinds.contains(&"adr2".to_owned()), "{kinds:?}");
    assert!(kinds.contains(&"guide31 stale".to_owned()), "{kinds:?}");
    let facts = dom.texts("dl.facts dd");
    let list = repo.prode(&["list", "--json"]).json();
    let pages = list["pages"].as_array().unwrap();
    let stale = pages.iter().filter(|it| it["stale"] == true).count();
    assert_eq!(facts[1], stale.to_string());
    assert_eq!(
        facts[0..3].iter().map(|it| it.parse::<usize>().unwrap()).sum::<usize>(),
        pages.len()
    );
    let changed = dom.links("ol.log li ul.pages a");
    assert!(changed.contains(&"/wiki/wiki/old.md".to_owned()), "{changed:?}");
    assert_eq!(dom.texts("ol.log span.subject"), ["more pages", "a memory"]);
    assert_eq!(dom.one("form.find").attributes["action"], "/search");
}

fn served() -> (crate::support::TestRepo, Served) {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    (repo, server)
}

#[test]
fn a_page_says_what_to_know_before_it_is_believed() {
    let (_repo, server) = served();
    let dom = page(&server, "/wiki/wiki/old.md");
    assert_eq!(dom.one("h1").text, "Old way");
    let banner = dom.one("p.banner.stale").text.clone();
    assert!(banner.contains("Reviewed 2020-01-01") && banner.contains("due again"), "{banner}");
    assert!(dom.texts("article p.labels")[0].contains("Owner: @ops"));
    assert_eq!(dom.links("nav.contents a"), ["#stop-conditions", "#go-on"]);
    assert_eq!(dom.all("div.words h2")[0].attributes["id"], "stop-conditions");
    assert!(dom.one("div.stop").text.contains("Messages are lost."));
    assert!(!dom.one("div.stop").text.contains("prode query"));
    assert_eq!(dom.one("pre code").text, "prode query 'queue'\n");
    let words = dom.links("div.words p a");
    assert_eq!(words[..2], ["/wiki/adr/0001-queue.md", "/wiki/wiki/workers.md"]);
    assert_eq!(dom.texts("div.words span.dead"), ["this"], "a path is no page's name");
    assert_eq!(dom.one("div.words img").attributes["src"], "/picture/wiki/plan.png");
    assert_eq!(words[2], "https://example.org/a.png", "a picture elsewhere is a link");
    assert!(dom.links("aside a").contains(&"/raw/wiki/old.md".to_owned()));
    let draft = page(&server, "/wiki/wiki/draft.md");
    assert!(draft.one("p.banner.open").text.contains("Draft"));
    assert!(
        page(&server, "/wiki/adr/0001-queue.md")
            .one("p.banner.over")
            .text
            .contains("adr/0002-stream.md")
    );
}

#[test]
fn links_lead_to_pages_and_dead_ones_say_so() {
    let (_repo, server) = served();
    let dom = page(&server, "/wiki/wiki/workers.md");
    assert_eq!(
        dom.links("div.words p a"),
        ["/wiki/wiki/runbooks/queue.md", "https://example.org/"]
    );
    assert_eq!(dom.one("div.words span.dead").text, "gone");
    assert!(dom.links("aside section a").contains(&"/wiki/wiki/old.md".to_owned()), "a backlink");
    let queue = page(&server, "/wiki/wiki/runbooks/queue.md");
    assert_eq!(queue.links("div.words p a"), ["/wiki/wiki/workers.md#scale"]);
}

#[test]
fn another_name_leads_to_the_page() {
    let (_repo, server) = served();
    for (path, leads) in [
        ("/wiki/wiki/workers", "/wiki/wiki/workers.md"),
        ("/wiki/Queue%20saturation", "/wiki/wiki/runbooks/queue.md"),
        ("/wiki/wiki/workers?rev=HEAD", "/wiki/wiki/workers.md?rev=HEAD"),
    ] {
        let answer = server.get(path, &[]);
        assert_eq!((answer.status, answer.header("Location")), (302, Some(leads)), "{path}");
    }
}

#[test]
fn decisions_and_skills_have_their_pages() {
    let (_repo, server) = served();
    let list = page(&server, "/adr");
    assert_eq!(
        list.links("ol.timeline li div a"),
        ["/adr/2", "/wiki/adr/0001-queue.md", "/adr/1", "/wiki/adr/0002-stream.md"]
    );
    assert_eq!(list.texts("section.year h2"), ["2026", "2025"]);
    let left = page(&server, "/adr?status=superseded");
    assert_eq!(left.links("ol.timeline li div a")[0], "/adr/1");
    assert_eq!(left.texts("ol.timeline li").len(), 1);
    let one = page(&server, "/adr/2");
    assert_eq!(one.texts("article dl.facts dd"), ["ADR-2", "2026-02-01", "adr/0001-queue.md"]);
    assert_eq!(page(&server, "/skills").links("ul.catalogue a"), ["/skills/drain"]);
    let skill = page(&server, "/skills/drain");
    assert_eq!(skill.one("p.lead").text, "Drains a queue");
    assert!(skill.texts("ul.files li")[0].starts_with("SKILL.md"));
}

#[test]
fn a_search_says_why_and_says_when_nothing_fits() {
    let (_repo, server) = served();
    let dom = page(&server, "/search?q=queue+workers");
    assert!(dom.links("ol.hits h2 a")[0].starts_with("/wiki/wiki/"));
    assert!(dom.texts("ol.hits p.why")[0].contains("queue"));
    assert!(dom.texts("ol.hits mark").iter().any(|it| it.eq_ignore_ascii_case("queue")));
    let none = page(&server, "/search?q=xylophone");
    assert!(none.one("p.summary").text.contains("Nothing in this memory fits"));
    assert!(none.all("ol.hits li").is_empty());
    let part = server.get("/search?q=queue&part=1", &[]);
    assert!(!part.body.contains("<html") && part.body.contains("class=\"hits\""), "{}", part.body);
    let drafts = |query: &str| {
        page(&server, query).links("ol.hits h2 a").iter().any(|it| it.contains("draft"))
    };
    assert!(!drafts("/search?q=drafts") && drafts("/search?q=drafts&include=drafts"));
    let runbooks = page(&server, "/search?q=queue&kind=runbook");
    assert_eq!(runbooks.texts("ol.hits h2"), ["Queue saturation"]);
    assert!(
        runbooks.all("details")[0].attributes.contains_key("open"),
        "filters that count are seen"
    );
}

#[test]
fn long_lists_are_turned_page_by_page() {
    let repo = crate::support::TestRepo::new();
    for at in 0..150 {
        repo.write(format!("wiki/p{at:03}.md"), format!("# Page {at:03}\n\nqueue\n"));
    }
    repo.commit("many");
    let server = Served::start(&repo, &[]);
    let mut seen = Vec::new();
    let mut next = "/search".to_owned();
    loop {
        let dom = page(&server, &next);
        seen.extend(dom.links("ul.catalogue li a"));
        let more = dom.all("nav.pager a").into_iter().find(|it| it.attributes["rel"] == "next");
        let Some(more) = more else { break };
        next = more.attributes["href"].clone();
    }
    let all: Vec<String> = (0..150).map(|at| format!("/wiki/wiki/p{at:03}.md")).collect();
    assert_eq!(seen, all);
    let first = page(&server, "/search?q=queue").links("ol.hits h2 a");
    let second = page(&server, "/search?q=queue&from=20").links("ol.hits h2 a");
    assert_eq!((first.len(), second.len()), (20, 20));
    assert!(second.iter().all(|it| !first.contains(it)));
}

#[test]
fn the_graph_is_a_picture_and_lists() {
    let (repo, server) = served();
    let dom = page(&server, "/graph?page=wiki%2Fworkers.md");
    let picture = &dom.one("figure img").attributes["src"];
    let answer = server.get(picture, &[]);
    let svg = repo.prode(&["graph", "wiki/workers.md", "--format", "svg"]);
    assert_eq!(
        (answer.header("Content-Type"), answer.body.as_str()),
        (Some("image/svg+xml"), svg.stdout())
    );
    assert!(dom.links("main li a").contains(&"/wiki/wiki/runbooks/queue.md".to_owned()));
}
