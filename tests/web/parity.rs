//! A page shows what the command prints.

use serde_json::Value;

use super::{memory, page};
use crate::serve::Served;
use crate::support::TestRepo;

fn served() -> (TestRepo, Served) {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    (repo, server)
}

fn json(repo: &TestRepo, args: &[&str]) -> Value {
    repo.prode(&[args, &["--json"]].concat()).json()
}

fn each<T>(value: &Value, of: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().expect("a list").iter().map(of).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn query() {
    let (repo, server) = served();
    for (words, query, filters) in [
        ("queue workers", "q=queue+workers", &[][..]),
        ("queue", "q=queue&kind=guide&include=drafts", &["--kind", "guide", "--include", "drafts"]),
        ("status:superseded queue", "q=status%3Asuperseded+queue", &[]),
        ("xylophone", "q=xylophone", &[]),
        ("queu", "q=queu", &[]),
    ] {
        let answer = json(&repo, &[&["query", words, "-n", "20", "--explain"], filters].concat());
        let dom = page(&server, &format!("/search?{query}"));
        let place = |hit: &Value| match text(&hit["anchor"]).as_str() {
            "" => text(&hit["path"]),
            anchor => format!("{}#{anchor}", text(&hit["path"])),
        };
        let hits = &answer["hits"];
        let wanted: Vec<String> = each(hits, |hit| format!("/wiki/{}", place(hit)));
        assert_eq!(dom.links("ol.hits h2 a"), wanted, "{query}");
        assert_eq!(dom.texts("ol.hits h2"), each(hits, |it| text(&it["title"])), "{query}");
        assert_eq!(dom.texts("ol.hits p.labels span.path"), each(hits, place), "{query}");
        for (hit, why) in hits.as_array().unwrap().iter().zip(dom.texts("ol.hits p.why")) {
            assert!(why.contains(&text(&hit["why"][0]["term"])), "{why} {hit}");
        }
        let corrections = answer["corrections"].as_array().map_or(0, Vec::len);
        assert_eq!(dom.texts("div p.note").len(), corrections, "{query}");
    }
}

#[test]
fn show_and_links() {
    let (repo, server) = served();
    let list = json(&repo, &["list"]);
    for entry in list["pages"].as_array().unwrap() {
        let path = text(&entry["path"]);
        let shown = json(&repo, &["show", &path]);
        let dom = page(&server, &format!("/wiki/{path}"));
        assert_eq!(dom.one("h1").text, text(&shown["title"]), "{path}");
        let labels = dom.texts("article p.labels").remove(0);
        for said in [&shown["kind"], &shown["status"]] {
            assert!(labels.contains(&text(said)), "{path}: {labels}");
        }
        assert_eq!(dom.one("p.cite code").text, text(&shown["cite"]), "{path}");
        assert_eq!(!dom.all("p.banner.stale").is_empty(), shown["stale"] == true, "{path}");
        let raw = server.get(&format!("/raw/{path}"), &[]);
        assert_eq!(raw.body, text(&shown["markdown"]), "{path}");
        let links = json(&repo, &["links", &path]);
        let mut incoming = each(&links["incoming"], |it| format!("/wiki/{}", text(&it["path"])));
        incoming.sort();
        incoming.dedup();
        let told: Vec<String> =
            dom.links("aside section ul li a").into_iter().filter(|it| !it.contains('?')).collect();
        assert_eq!(told, incoming, "{path}");
        let dead = each(&links["outgoing"], |it| text(&it["state"]) == "missing");
        let dead = dead.into_iter().filter(|it| *it).count();
        assert_eq!(dom.all("div.words span.dead").len(), dead, "{path}");
    }
}

#[test]
fn list() {
    let (repo, server) = served();
    for (filters, query) in [
        (&["guide"][..], "kind=guide"),
        (&[], ""),
        (&["--owner", "@ops"], "owner=%40ops"),
        (&["--tag", "legacy"], "tag=legacy"),
    ] {
        let list = json(&repo, &[&["list"], filters].concat());
        let dom = page(&server, &format!("/search?{query}"));
        let wanted = each(&list["pages"], |it| format!("/wiki/{}", text(&it["path"])));
        assert_eq!(dom.links("ul.catalogue li a"), wanted, "{query}");
        let found = list["found"].as_u64().unwrap();
        assert!(dom.one("p.summary").text.starts_with(&found.to_string()), "{query}");
    }
}

#[test]
fn log_and_blame() {
    let (repo, server) = served();
    repo.write("wiki/workers.md", "# Workers\n\nAnother text.\n\n## Scale\n\nSet the count.\n");
    repo.commit("workers: <b>another</b> text");
    repo.rename("wiki/workers.md", "wiki/people.md");
    repo.commit("workers are people");
    let log = json(&repo, &["log", "wiki/people.md"]);
    let dom = page(&server, "/wiki/wiki/people.md/history");
    let subjects = each(&log["entries"], |it| text(&it["commit"]["subject"]));
    assert_eq!(dom.texts("ol.log a.subject"), subjects);
    assert!(subjects.len() == 3, "{subjects:?}");
    let beside = page(&server, "/wiki/wiki/people.md");
    assert_eq!(beside.texts("aside ol.log a.subject"), subjects);
    let blame = json(&repo, &["blame", "wiki/people.md"]);
    let dom = page(&server, "/wiki/wiki/people.md/blame");
    let texts: Vec<String> = dom.all("td.text code").iter().map(|it| it.text.clone()).collect();
    assert_eq!(texts, each(&blame["lines"], |it| text(&it["text"])));
    let numbers = each(&blame["lines"], |it| it["line"].to_string());
    assert_eq!(dom.texts("td.number"), numbers);
    let mut commits = each(&blame["lines"], |it| text(&it["commit"])[..10].to_owned());
    commits.dedup();
    assert_eq!(dom.texts("td.by a"), commits);
}

#[test]
fn decisions() {
    let (repo, server) = served();
    let mut list = each(&json(&repo, &["adr", "log"])["decisions"], Clone::clone);
    list.reverse();
    let dom = page(&server, "/adr");
    let of = |name: &str| list.iter().map(|it| text(&it[name])).collect::<Vec<_>>();
    assert_eq!(dom.texts("ol.timeline li span.path"), of("path"));
    assert_eq!(dom.texts("ol.timeline li span.badge"), of("status"));
    assert_eq!(dom.texts("ol.timeline li span.when"), of("date"));
    let numbers: Vec<String> = list.iter().map(|it| format!("ADR-{}", it["number"])).collect();
    assert_eq!(dom.texts("ol.timeline span.number"), numbers);
}

#[test]
fn diff() {
    let (repo, server) = served();
    let first = repo.git(&["rev-parse", "HEAD^"]);
    let path = "adr/0001-queue.md";
    for (query, since) in [("", "HEAD^"), (&format!("?since={first}")[..], first.as_str())] {
        let answer = json(&repo, &["diff", path, "--from", since]);
        let dom = page(&server, &format!("/wiki/{path}/diff{query}"));
        let lines = answer["hunks"].as_array().unwrap().iter();
        let lines = lines.flat_map(|hunk| hunk["lines"].as_array().unwrap());
        let wanted: Vec<String> = lines
            .map(|line| {
                let side = match line["side"].as_str().unwrap() {
                    "added" => "+",
                    "removed" => "-",
                    _ => " ",
                };
                format!("{side}{}", text(&line["text"]))
            })
            .collect();
        assert!(wanted.len() > 3, "{answer}");
        let told = dom.one("pre.diff code").text.clone();
        let told: Vec<&str> = told
            .lines()
            .filter(|it| !["---", "+++", "@@ "].contains(&&it[..it.len().min(3)]))
            .collect();
        assert_eq!(told, wanted, "{query}");
        assert!(dom.texts(".blocks .new").contains(&"Superseded by ADR-0002".to_owned()));
        assert_eq!(dom.texts("p.labels ins"), [format!("+{}", answer["added"])]);
    }
    // From the history, by what each commit changed.
    let history = page(&server, &format!("/wiki/{path}/history"));
    let head = repo.git(&["rev-parse", "HEAD"]);
    let link = history.links("ol.log a").into_iter().find(|it| it.contains("/diff?")).unwrap();
    assert_eq!(link, format!("/wiki/{path}/diff?since={head}%5E&rev={head}"));
    assert_eq!(page(&server, &link).texts("main h1")[0], "Changes of Use a queue");
    let new = page(&server, "/wiki/wiki/old.md/diff");
    assert!(new.one("p.banner.open").text.starts_with("The page was not there then"));
    for (path, status) in [
        ("/wiki/wiki/gone.md/diff", 404),
        ("/wiki/wiki/old.md/diff?since=nothing", 404),
        ("/wiki/wiki/old.md/diff?since=--upload-pack%3Dx", 404),
    ] {
        assert_eq!(server.get(path, &[]).status, status, "{path}");
    }
}
