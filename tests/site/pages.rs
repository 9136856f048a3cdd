//! Which pages there are, and what they say.

use serde_json::Value;

use super::{built, dom, files, is_whole, memory, place, site, text};
use crate::support::TestRepo;

fn json(repo: &TestRepo, args: &[&str]) -> Value {
    repo.prode(&[args, &["--json"]].concat()).ok().json()
}

fn each(value: &Value, name: &str) -> Vec<String> {
    let all = value.as_array().expect("a list").iter();
    all.map(|it| it[name].as_str().unwrap_or_default().to_owned()).collect()
}

/// Paths of the pages that a question to the trunk may be answered with.
fn public(repo: &TestRepo) -> Vec<Value> {
    let list = json(repo, &["list"]);
    let is_public = |it: &&Value| {
        !["draft", "archived"].contains(&it["status"].as_str().unwrap()) && it["kind"] != "template"
    };
    list["pages"].as_array().unwrap().iter().filter(is_public).cloned().collect()
}

#[test]
fn every_link_of_every_file_leads_to_a_file() {
    let repo = memory();
    let files = site(&repo, &[]);
    assert!(is_whole(&files) > 200);
    for name in
        ["index.html", "search.html", "decisions.html", "skills.html", "graph.html", "404.html"]
    {
        assert!(files.contains_key(name), "{name}: {:?}", files.keys());
    }
}

#[test]
fn every_link_of_this_repositorys_own_site_leads_to_a_file() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    if !source.join(".git").exists() {
        eprintln!("skipped: this is no clone");
        return;
    }
    let repo = TestRepo::no_repository();
    repo.git(&["clone", "--quiet", &source.display().to_string(), "."]);
    let answer = built(&repo, &["--rev", "HEAD"]);
    assert_eq!(answer["broken"], serde_json::json!([]));
    assert!(is_whole(&files(&place(&repo))) > 5_000);
}

#[test]
fn public_is_what_a_question_to_the_trunk_is_answered_with() {
    let repo = memory();
    let answer = built(&repo, &[]);
    let files = files(&place(&repo));
    let wanted = public(&repo);
    assert_eq!(answer["pages"], wanted.len());
    assert_eq!(answer["left_out"]["drafts"], 1);
    assert_eq!(answer["left_out"]["archived"], 1);
    let catalogue = dom(&files, "search.html");
    assert_eq!(
        catalogue.texts("ul.catalogue span.path"),
        each(&Value::from(wanted.clone()), "path")
    );
    assert_eq!(catalogue.texts("ul.catalogue li a"), each(&Value::from(wanted.clone()), "title"));
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.contains("queue of drafts") && !text.contains("queue of the attic"),
            "{name}"
        );
    }
    let index = dom(&files, "wiki/wiki/index.html");
    assert_eq!(index.texts("div.words span.dead"), ["drafts", "an archive"]);
    for page in wanted {
        let path = page["path"].as_str().unwrap();
        if path.contains('?') {
            continue;
        }
        let stem = path.strip_suffix(".md").unwrap();
        let dom = dom(&files, &format!("wiki/{stem}.html"));
        let shown = json(&repo, &["show", path]);
        assert_eq!(dom.one("h1").text, shown["title"].as_str().unwrap(), "{path}");
        assert_eq!(text(&files, &format!("wiki/{stem}.md")), shown["markdown"].as_str().unwrap());
        let links = json(&repo, &["links", path]);
        let mut incoming = each(&links["incoming"], "path");
        incoming.retain(|it| !it.contains("draft") && !it.contains("attic"));
        incoming.sort();
        incoming.dedup();
        assert_eq!(dom.all("aside section ul li a").len(), incoming.len(), "{path}");
    }
}

#[test]
fn decisions_are_those_of_the_log() {
    let repo = memory();
    let files = site(&repo, &[]);
    let mut log = json(&repo, &["adr", "log"])["decisions"].as_array().unwrap().clone();
    log.reverse();
    let log = Value::from(log);
    let page = dom(&files, "decisions.html");
    assert_eq!(page.texts("ol.timeline span.path"), each(&log, "path"));
    assert_eq!(page.texts("ol.timeline span.badge"), each(&log, "status"));
    let superseded = dom(&files, "statuses/superseded.html");
    assert_eq!(superseded.texts("ol.timeline span.path"), ["adr/0001-queue.md"]);
    let old = dom(&files, "wiki/adr/0001-queue.html");
    assert_eq!(old.links("p.banner.over a"), ["../../wiki/adr/0002-stream.html"]);
}

#[test]
fn nothing_of_a_server_is_there() {
    let repo = memory();
    for (name, bytes) in site(&repo, &[]) {
        if !name.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for of_server in ["as-of", "/inbox", "/blame", "?rev=", "href=\"/", "src=\"/", "action=\"/"]
        {
            assert!(!text.contains(of_server), "{name}: {of_server}");
        }
        assert!(text.contains("http-equiv=\"Content-Security-Policy\""), "{name}");
    }
}

#[test]
fn feeds_and_lists_for_programs_are_whole_where_the_address_is_known() {
    let repo = memory();
    let base = "https://docs.example.org/a/memory";
    let files = site(&repo, &["--base-url", base]);
    let map = text(&files, "sitemap.xml");
    let locs: Vec<&str> =
        map.split("<loc>").skip(1).map(|it| it.split('<').next().unwrap()).collect();
    assert_eq!(
        locs.len(),
        public(&repo).len()
            + 5
            + json(&repo, &["skill", "list"])["skills"].as_array().unwrap().len()
    );
    for loc in locs {
        let (name, _) = super::leads("x", loc.strip_prefix(&format!("{base}/")).unwrap()).unwrap();
        assert!(files.contains_key(&name), "{loc}");
    }
    for (feed, entries) in [("changes.xml", public(&repo).len()), ("decisions.xml", 2)] {
        let feed = text(&files, feed);
        assert_eq!(feed.matches("<entry>").count(), entries, "{feed}");
        assert_eq!(feed.matches(&format!("<link href=\"{base}/wiki/")).count(), entries);
        assert!(feed.starts_with("<?xml") && feed.trim_end().ends_with("</feed>"));
    }
    assert!(text(&files, "decisions.xml").contains("<title>ADR-2 Use a stream</title>"));
    let lost = dom(&files, "404.html");
    assert!(
        lost.values("href").iter().filter(|it| !it.starts_with('#')).all(|it| it.starts_with(base))
    );
    let models = text(&files, "llms.txt");
    assert!(models.contains(&format!("]({base}/wiki/wiki/index.md)")), "{models}");
    let without = site(&repo, &[]);
    assert!(!without.contains_key("sitemap.xml"));
    assert!(text(&without, "llms.txt").contains("](wiki/wiki/index.md)"));
}

#[test]
fn a_page_has_its_history_through_a_rename() {
    let repo = memory();
    repo.write("wiki/workers.md", "# Workers\n\nAnother text.\n\n## Scale\n\nSet the count.\n");
    repo.commit("workers: <b>another</b> text");
    repo.rename("wiki/workers.md", "wiki/people.md");
    let queue = std::fs::read_to_string(repo.path().join("wiki/runbooks/queue.md")).unwrap();
    repo.write("wiki/runbooks/queue.md", queue.replace("../workers.md", "../people.md"));
    repo.commit("workers are people");
    let files = site(&repo, &[]);
    let log = json(&repo, &["log", "wiki/people.md"]);
    let subjects: Vec<String> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["commit"]["subject"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(dom(&files, "history/wiki/people.html").texts("ol.log span.subject"), subjects);
    assert_eq!(subjects.len(), 4, "{subjects:?}");
    let cite = dom(&files, "wiki/wiki/people.html").one("p.cite code").text.clone();
    repo.write("wiki/other.md", "# Other\n");
    repo.commit("another page");
    let again = site(&repo, &[]);
    assert_eq!(dom(&again, "wiki/wiki/people.html").one("p.cite code").text, cite);
    repo.prode(&["cite", "check", &cite]).ok();
}

#[test]
fn a_broken_link_fails_the_build_and_writes_nothing() {
    let repo = memory();
    repo.write("wiki/bad.md", "# Bad\n\nSee [this](nowhere.md).\n\n![that](no.png)\n");
    repo.write("wiki/draft.md", "---\nstatus: draft\n---\n# Draft\n\n[gone](gone.md)\n");
    repo.commit("a link that leads nowhere");
    let folder = place(&repo).display().to_string();
    let run = repo.prode(&["site", "build", "-o", &folder]).fails(1);
    assert!(
        run.stdout().contains("wiki/bad.md:3: no file is at 'wiki/nowhere.md'  link-broken"),
        "{}",
        run.stdout()
    );
    assert!(run.stdout().contains("wiki/bad.md:5:") && !run.stdout().contains("wiki/draft.md"));
    assert!(!place(&repo).exists());
    // It says how to publish them all the same, and that works.
    let told = run.stdout().lines().last().unwrap().to_owned();
    let levels: Vec<&str> = told.split(' ').filter(|it| it.starts_with("lint.rules.")).collect();
    assert_eq!(levels.len(), 2, "{told}");
    let mut lenient = vec!["site", "build", "-o", &folder, "--dry-run"];
    lenient.extend(levels.iter().flat_map(|level| ["--config", level]));
    repo.prode(&lenient).ok();
    let lint = repo.prode(&["lint", "--rule", "link-broken", "--json"]).json();
    assert!(
        lint["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["path"] == "wiki/bad.md" && it["line"] == 3)
    );
    repo.remove("wiki/bad.md");
    repo.commit("mended");
    let before = site(&repo, &[]);
    repo.write("wiki/bad.md", "# Bad\n\n[this](nowhere.md)\n");
    repo.commit("broken again");
    let answer = repo.prode(&["site", "build", "-o", &folder, "--json"]).fails(1).json();
    assert_eq!(answer["broken"][0]["path"], "wiki/bad.md");
    assert_eq!(files(&place(&repo)), before, "what was there stays");
}

#[test]
fn a_section_that_is_not_there_is_a_warning_and_its_link_leads_to_the_page() {
    let repo = memory();
    repo.write("wiki/loose.md", "# Loose\n\n[there](old.md#no-such) <a id=\"x\"></a> [here](#x)\n");
    repo.commit("a section that is not there");
    let answer = built(&repo, &[]);
    assert_eq!(each(&answer["warnings"], "rule"), ["link-anchor"]);
    let files = files(&place(&repo));
    is_whole(&files);
    let words = dom(&files, "wiki/wiki/loose.html").links("div.words p a");
    assert_eq!(words[0], "../../wiki/wiki/old.html");
}
