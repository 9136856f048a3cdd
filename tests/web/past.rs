//! The memory as it was.

use super::{memory, page};
use crate::serve::Served;
use crate::support::TestRepo;

#[test]
fn an_earlier_day_is_kept_by_every_link() {
    let repo = memory();
    let first = repo.git(&["rev-parse", "HEAD~1"]);
    repo.write("wiki/workers.md", "# Workers\n\nNow another text.\n");
    repo.commit_at("later", "2026-06-01T00:00:00Z");
    let server = Served::start(&repo, &[]);
    let now = page(&server, "/wiki/wiki/workers.md");
    assert!(now.one("div.words").text.contains("another text"));
    assert!(now.all("div.past").is_empty());
    let form = now.one("form.asof");
    assert_eq!(form.attributes["action"], "/wiki/wiki/workers.md");
    // What a script slides over; a page that changed on one day has nothing to slide.
    let days = repo.git(&[
        "log",
        "--reverse",
        "--format=%cd",
        "--date=format:%F",
        "--",
        "wiki/workers.md",
    ]);
    let days: Vec<&str> = days.lines().collect();
    assert_eq!(days.len(), 2);
    assert_eq!(form.attributes["data-days"], days.join(" "));
    let other = page(&server, "/wiki/wiki/draft.md");
    assert!(!other.one("form.asof").attributes.contains_key("data-days"));
    for (parameter, said) in [
        ("as-of=2026-03-01".to_owned(), "as of 2026-03-01".to_owned()),
        (format!("rev={first}"), format!("at {}", &first[..10])),
    ] {
        let then = page(&server, &format!("/wiki/wiki/workers.md?{parameter}"));
        assert!(then.one("div.words").text.contains("How workers of the queue run"), "{parameter}");
        assert!(then.one("div.past").text.contains(&said), "{parameter}");
        assert_eq!(then.links("div.past a"), ["/wiki/wiki/workers.md"]);
        assert_eq!(
            then.links("div.words p a")[0],
            format!("/wiki/wiki/runbooks/queue.md?{parameter}")
        );
        let kept = then.links("header nav a");
        assert!(kept.iter().all(|it| it.ends_with(&parameter)), "{kept:?}");
        let list = page(&server, &format!("/search?{parameter}"));
        assert!(list.links("ul.catalogue li a").iter().all(|it| it.ends_with(&parameter)));
    }
    let gone = server.get("/wiki/wiki/old.md?as-of=2020-01-01", &[]);
    assert_eq!(gone.status, 404, "{}", gone.body);
    assert_eq!(server.get("/?as-of=soon", &[]).status, 400);
    assert_eq!(server.get("/?rev=nothing", &[]).status, 404);
}

#[test]
fn a_page_follows_the_trunk_without_a_restart() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    assert_eq!(server.get("/wiki/wiki/new.md", &[]).status, 404);
    repo.write("wiki/new.md", "# New\n\nzebra\n");
    repo.commit("new");
    assert_eq!(page(&server, "/wiki/wiki/new.md").one("h1").text, "New");
    assert_eq!(page(&server, "/search?q=zebra").texts("ol.hits h2"), ["New"]);
}

#[test]
fn a_memory_that_is_gone_is_said_to_be() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    std::fs::rename(repo.path(), repo.path().with_file_name("away")).unwrap();
    let answer = server.get("/", &["Accept: text/html,*/*"]);
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.header("Retry-After").is_some());
    assert!(answer.body.contains("is not there any more"), "{}", answer.body);
    assert!(super::Dom::of(&answer.body).active().is_empty());
}

/// A page of blame ends where its lines become too many bytes; the next one goes on there.
#[test]
fn no_line_of_blame_is_lost_between_its_pages() {
    let repo = TestRepo::new();
    let line = |at: usize| "word ".repeat(if at.is_multiple_of(3) { 900 } else { 1 }) + "\n";
    repo.write("wiki/long.md", (1..=400).map(line).collect::<String>());
    repo.commit("long");
    let server = Served::start(&repo, &[]);
    let (mut next, mut seen, mut pages) = ("/wiki/wiki/long.md/blame".to_owned(), Vec::new(), 0);
    loop {
        let dom = page(&server, &next);
        seen.extend(dom.texts("td.number").iter().map(|it| it.parse::<usize>().unwrap()));
        pages += 1;
        let more = dom.all("nav.pager a").into_iter().find(|it| it.attributes["rel"] == "next");
        let Some(more) = more else { break };
        next = more.attributes["href"].clone();
    }
    assert!(pages > 5, "{pages}");
    assert_eq!(seen, (1..=400).collect::<Vec<_>>());
}
