//! The dashboard of the audit: the command's findings, counted, ranked and explained.

use percent_encoding::NON_ALPHANUMERIC;
use serde_json::Value;

use super::hostile::{UNBOUNDED, attacks, is_dead};
use super::page;
use crate::serve::Served;
use crate::support::TestRepo;

/// A memory of which some has rotted.
pub(super) fn rotten() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("src/a.rs", "one\n").write("src/old.rs", "x\n");
    repo.write(
        "wiki/queue.md",
        "---\nkind: runbook\nowner: team-a\nsources: [src/**]\nreviewed: {by: human:ada, at: 2026-01-01}\n---\n# Queue\n",
    );
    repo.write(
        "wiki/b.md",
        "---\nreviewed: 2026-01-01\nowner: [team-b, team-c]\n---\n# B\n\n[gone](no_where.md) [off](away.md)\n",
    );
    for at in 0..24 {
        repo.write(format!("wiki/more/{at}.md"), format!("# Page {at}\n\n[gone](gone{at}.md)\n"));
    }
    repo.commit("pages");
    repo.write("src/a.rs", "one\ntwo\nthree\n").rename("src/old.rs", "src/new.rs");
    repo.commit_at("change", "2026-01-02T00:00:00Z");
    repo
}

pub(super) fn findings(repo: &TestRepo, args: &[&str]) -> Vec<Value> {
    let answer = repo.prode(&[&["audit", "--json"], args].concat()).ok().json();
    answer["findings"].as_array().unwrap().clone()
}

pub(super) fn texts(findings: &[Value], of: &str) -> Vec<String> {
    findings.iter().map(|it| it[of].as_str().unwrap().to_owned()).collect()
}

/// Addresses of every page of a list, its pager followed to the end.
pub(super) fn listed(server: &Served, path: &str) -> Vec<String> {
    let (mut all, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let dom = page(server, &path);
        all.extend(dom.links("ol.findings h3 a"));
        next = dom
            .all("nav.pager a")
            .iter()
            .find(|it| it.attributes["rel"] == "next")
            .map(|it| it.attributes["href"].clone());
    }
    all
}

#[test]
fn the_findings_are_the_command_s_in_its_order() {
    let repo = rotten();
    let server = Served::start(&repo, &[]);
    for (query, args) in [
        ("", &[][..]),
        ("?owner=team-c", &["--owner", "team-c"]),
        ("?owner=nobody", &["--owner", "nobody"]),
        ("?as-of=2026-03-31", &["--as-of", "2026-03-31"]),
        ("?quarter=2026q1", &["--quarter", "2026Q1"]),
        ("?rev=HEAD~1", &["--rev", "HEAD~1"]),
    ] {
        let wanted = findings(&repo, args);
        let ids = texts(&wanted, "id");
        let behind = |path: String| path.split('?').next().unwrap_or_default().to_owned();
        let told: Vec<String> =
            listed(&server, &format!("/audit{query}")).into_iter().map(behind).collect();
        let addresses: Vec<String> = ids.iter().map(|id| format!("/audit/{id}")).collect();
        assert!(!ids.is_empty(), "{query}");
        assert_eq!(told, addresses, "{query}");
    }
    let wanted = findings(&repo, &[]);
    let dom = page(&server, "/audit");
    let first = &wanted[..20];
    assert_eq!(dom.texts("ol.findings h3 a"), texts(first, "title"));
    assert_eq!(dom.texts("ol.findings li a.path"), texts(first, "path"));
    for (finding, words) in first.iter().zip(dom.texts("li.finding")) {
        let signal = finding["signal"].as_str().unwrap().replace('_', " ");
        for said in [
            signal.as_str(),
            finding["why"].as_str().unwrap(),
            finding["settle"][0].as_str().unwrap(),
        ] {
            assert!(words.contains(said), "{words} {finding}");
        }
        let points = finding["points"].as_object().unwrap().iter();
        let points = points.filter(|(_, count)| count.as_u64() > Some(0));
        for (name, count) in points {
            assert!(words.contains(&format!("{name} {count}")), "{words} {finding}");
        }
    }
    let tiles = dom.texts("dl.tiles dd strong");
    assert_eq!(tiles[0], wanted.len().to_string());
    let risky = wanted.iter().filter(|it| it["risk"].as_u64() >= Some(60)).count();
    assert_eq!(tiles[1], risky.to_string());
}

#[test]
fn bars_count_findings_and_lead_to_them() {
    let repo = rotten();
    let server = Served::start(&repo, &[]);
    let all = findings(&repo, &[]);
    let dom = page(&server, "/audit");
    let (names, counts, links) = (
        dom.texts("nav.facet span.name"),
        dom.texts("nav.facet span.count"),
        dom.links("nav.facet li a"),
    );
    let mut followed = 0;
    for ((name, count), link) in names.iter().zip(&counts).zip(&links) {
        assert_eq!(listed(&server, link).len().to_string(), *count, "{name}: {link}");
        followed += 1;
    }
    assert!(followed >= 7, "{names:?}");
    let at = names.iter().position(|it| it == "broken").expect("a signal");
    let broken = all.iter().filter(|it| it["signal"] == "broken").count();
    assert_eq!(counts[at], broken.to_string());
    // Two choices hold together, and the bars count what the other one leaves.
    let dom = page(&server, "/audit?signal=broken&kind=guide&owner=team-b");
    assert_eq!(
        dom.texts("ol.findings h3 a"),
        ["B", "B"].map(str::to_owned)[..dom.all("ol.findings h3 a").len()]
    );
    assert!(dom.all("nav.facet a").iter().any(|it| it.attributes.contains_key("aria-current")));
    assert!(
        dom.links("nav.facet p.more a").contains(&"/audit?owner=team-b&kind=guide".to_owned()),
        "{:?}",
        dom.links("nav.facet p.more a")
    );
}

#[test]
fn a_finding_is_explained_to_its_last_commit() {
    let repo = rotten();
    let server = Served::start(&repo, &[]);
    let all = findings(&repo, &[]);
    let drifted = all.iter().find(|it| it["signal"] == "drifted").expect("it drifted");
    let id = drifted["id"].as_str().unwrap();
    let dom = page(&server, &format!("/audit/{id}"));
    assert_eq!(dom.one("h1").text, "Queue");
    let rows = dom.texts("ul.changed li");
    assert_eq!(rows.len(), drifted["changed"].as_array().unwrap().len());
    for (row, file) in rows.iter().zip(drifted["changed"].as_array().unwrap()) {
        let said = [
            file["path"].as_str().unwrap().to_owned(),
            format!("+{}", file["added"]),
            format!("−{}", file["removed"]),
        ];
        assert!(said.iter().all(|it| row.contains(it)), "{row} {file}");
        for commit in file["commits"].as_array().unwrap() {
            assert!(row.contains(&commit.as_str().unwrap()[..7]), "{row} {file}");
        }
    }
    let commands = dom.texts("div.code code");
    for command in drifted["settle"].as_array().unwrap() {
        assert!(commands.contains(&command.as_str().unwrap().to_owned()), "{commands:?}");
    }
    assert!(commands.contains(&format!("prode dismiss {id} --why WHY")), "{commands:?}");
    let total: u64 =
        dom.texts("table.sum tbody td").iter().map(|it| it.parse::<u64>().unwrap()).sum();
    assert_eq!(Some(total), drifted["risk"].as_u64());
    assert_eq!(dom.texts("table.sum tfoot td"), [drifted["risk"].to_string()]);
    // From the page that it is about, and back.
    let there = page(&server, "/wiki/wiki/queue.md");
    assert!(there.links("p.banner.stale a").contains(&"/audit?page=wiki/queue.md".to_owned()));
    let here = listed(&server, "/audit?page=wiki/queue.md");
    let wanted = all.iter().filter(|it| it["path"] == "wiki/queue.md").count();
    assert!(here.len() == wanted && here.contains(&format!("/audit/{id}")), "{here:?}");
    // Of an earlier day: its links keep to it.
    let then = page(&server, "/audit?quarter=2026Q1").links("ol.findings h3 a");
    assert!(then.iter().all(|it| it.ends_with("?quarter=2026Q1")), "{then:?}");
    assert_eq!(server.get(&then[0], &[]).status, 200);
    repo.prode(&["dismiss", id, "--why", "a drill", "--commit"]);
    assert_eq!(server.get("/audit/A-00000000", &["Accept: text/html"]).status, 404);
}

#[test]
fn charts_have_their_numbers_and_the_past_is_looked_at_where_it_is_asked_for() {
    let repo = rotten();
    let server = Served::start(&repo, &[]);
    let dom = page(&server, "/audit");
    let html = repo.prode(&["audit", "--format", "html", "--trend", "2"]).ok().stdout().to_owned();
    let drawn = dom.texts("figure.chart h3");
    assert!(drawn.len() >= 4, "{drawn:?}");
    for (title, says) in drawn.iter().zip(dom.texts("figure.chart figcaption p")) {
        assert!(html.contains(title.as_str()) && html.contains(&says), "{title}: {says}");
    }
    assert_eq!(dom.all("figure.chart table").len(), drawn.len());
    assert!(!dom.all("figure.chart rect").is_empty());
    assert!(dom.all("section div.table th a").is_empty(), "nobody asked for the past");
    let dom = page(&server, "/audit?trend=2&as-of=2026-10-02");
    let trend =
        repo.prode(&["audit", "--json", "--trend", "2", "--as-of", "2026-10-02"]).ok().json();
    let quarters: Vec<&str> = trend["trend"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|it| it["quarter"].as_str().unwrap())
        .collect();
    assert_eq!(dom.texts("section div.table th a"), quarters);
}

#[test]
fn what_cannot_be_asked_is_said() {
    let repo = rotten();
    let server = Served::start(&repo, &[]);
    for (path, status) in [
        ("/audit?signal=lost", 400),
        ("/audit?trend=99", 400),
        ("/audit?from=x", 400),
        ("/audit?quarter=soon", 400),
        ("/audit?quarter=2999Q1", 400),
        ("/audit?as-of=soon", 400),
        ("/audit?quarter=2026Q1&as-of=2026-01-01", 400),
        ("/audit?rev=nothing", 404),
        ("/audit/A-1", 404),
        ("/audit/L-00000000", 404),
    ] {
        let answer = server.get(path, &["Accept: text/html"]);
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert!(answer.body.contains("class=\"hint\"") || answer.body.contains("hint"), "{path}");
    }
}

#[test]
fn a_memory_without_findings_or_commits_says_so() {
    let repo = TestRepo::new();
    let server = Served::start(&repo, &[]);
    let words = page(&server, "/audit").one("section p.none").text.clone();
    assert!(words.contains("no commit yet"), "{words}");
    repo.write("prode.yaml", "trunk: main\n");
    repo.commit("nothing");
    let dom = page(&server, "/audit");
    assert!(
        dom.texts("section p.none")[0].starts_with("Nothing is found"),
        "{:?}",
        dom.texts("p.none")
    );
    let dom = page(&server, "/audit?owner=team-z");
    assert!(
        dom.texts("section p.none")[0].contains("prode list --json"),
        "{:?}",
        dom.texts("p.none")
    );
}

#[test]
fn a_token_opens_the_audit_by_its_own_scope() {
    let repo = rotten();
    let add = |name: &str, scope: &str| {
        let args = ["serve", "token", "add", name, "--scope", scope, "--json"];
        let token = repo.prode(&args).ok().json()["token"].as_str().unwrap().to_owned();
        format!("Authorization: Bearer {token}")
    };
    let (reader, auditor) = (add("reader", "get"), add("auditor", "audit"));
    let server = Served::start(&repo, &[]);
    for (path, header, status) in [
        ("/audit", &reader, 403),
        ("/audit/A-00000000", &reader, 403),
        ("/audit", &auditor, 200),
        ("/audit/A-00000000", &auditor, 404),
        ("/auditor", &auditor, 404),
        ("/wiki/wiki/b.md", &auditor, 403),
    ] {
        assert_eq!(server.get(path, &[header]).status, status, "{path}");
    }
}

#[test]
fn nothing_of_a_finding_runs() {
    let repo = TestRepo::new();
    for (at, attack) in attacks().iter().enumerate() {
        let quoted = serde_json::to_string(attack).unwrap();
        let name = attack.replace(['/', '\\', '\0'], "|");
        repo.write(format!("src/{at} {name}.rs"), "one\n");
        repo.write(
            format!("wiki/{at} {name}.md"),
            format!(
                "---\ntitle: {quoted}\nkind: {quoted}\nowner: {quoted}\nreviewed: 2026-01-01\nsources: ['src/{at} *']\n---\n# x\n\n[x](<gone{at}.md>) {attack}\n"
            ),
        );
    }
    repo.commit("all");
    for (at, attack) in attacks().iter().enumerate() {
        let name = attack.replace(['/', '\\', '\0'], "|");
        repo.write(format!("src/{at} {name}.rs"), "one\ntwo\n");
    }
    repo.git(&["add", "--all"]);
    let author = format!("{} <a@example.org>", attacks()[0].replace(['<', '>'], "|"));
    repo.git(&["commit", "--quiet", "--author", &author, "--message", attacks()[1]]);
    let server = Served::start(&repo, &UNBOUNDED);
    let all = listed(&server, "/audit");
    assert!(all.len() > 100, "{}", all.len());
    for from in (0..all.len()).step_by(20) {
        let path = format!("/audit?from={from}");
        assert_eq!(is_dead(&server, &path), 200, "{path}");
        if from == 0 {
            let length = server.get(&path, &[]).body.len();
            assert!(length < 100_000, "{length} bytes");
        }
    }
    for path in all.iter().step_by(20) {
        assert_eq!(is_dead(&server, path), 200, "{path}");
    }
    for attack in attacks() {
        let attack = percent_encoding::utf8_percent_encode(attack, NON_ALPHANUMERIC);
        assert_eq!(is_dead(&server, &format!("/audit/{attack}")), 404);
        assert_eq!(is_dead(&server, &format!("/audit?signal={attack}")), 400);
    }
    for attack in attacks().iter().step_by(12) {
        let attack = percent_encoding::utf8_percent_encode(attack, NON_ALPHANUMERIC);
        let query = format!("owner={attack}&kind={attack}&page={attack}");
        assert_eq!(is_dead(&server, &format!("/audit?{query}")), 200);
        assert!((400..500).contains(&is_dead(&server, &format!("/audit?quarter={attack}"))));
    }
}
