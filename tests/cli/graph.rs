//! `prode graph`

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::TestRepo;

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("wiki/index.md", "# Home\n\n[queue](queue.md) [disk](runbooks/disk.md)\n")
        .write(
            "wiki/queue.md",
            "---\nowner: ada\n---\n# Queue\n\n[disk](runbooks/disk.md) [gone](gone.md#x)\n",
        )
        .write("wiki/runbooks/disk.md", "# Disk\n\nBack to [queue](../queue.md).\n")
        .write("wiki/far.md", "# Far\n\n[disk](runbooks/disk.md) ADR-3\n")
        .write("wiki/alone.md", "# Alone\n\n[home](https://example.org/) ![i](no.png)\n")
        .write("adr/0001-a.md", "# 1. A\n\n## Status\n\nSuperceded by [2. B](0002-b.md)\n")
        .write("adr/0002-b.md", "# 2. B\n\n## Status\n\nSuperceded by [3. C](0003-c.md)\n")
        .write("adr/0003-c.md", "# 3. C\n\n## Status\n\nAccepted\n\nAmended by [4. D](0004-d.md)\n")
        .write("adr/0004-d.md", "# 4. D\n\n## Status\n\nAccepted\n\nAmends [3. C](0003-c.md)\n");
    repo.commit("pages");
    repo
}

fn graph(repo: &TestRepo, args: &[&str]) -> Value {
    repo.prode(&[&["graph"], args, &["--json"]].concat()).ok().json()
}

fn paths(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect()
}

#[test]
fn pages_links_and_what_lies_apart_are_told() {
    let graph = graph(&repo(), &[]);
    assert_eq!(graph["schema"], "prode.graph/v1");
    assert_eq!((&graph["total"], graph["pages"].as_array().unwrap().len()), (&9.into(), 9));
    assert_eq!(
        graph["orphans"],
        serde_json::json!(["adr/0001-a.md", "wiki/alone.md", "wiki/far.md"])
    );
    assert_eq!(graph["isolated"], serde_json::json!(["wiki/alone.md"]));
    let disk = graph["pages"].as_array().unwrap().iter().find(|it| it["title"] == "Disk").unwrap();
    assert_eq!(
        (&disk["incoming"], &disk["outgoing"], &disk["kind"]),
        (&3.into(), &1.into(), &"runbook".into())
    );
    let dead = serde_json::json!([
        {"path": "wiki/alone.md", "line": 3, "target": "no.png"},
        {"path": "wiki/queue.md", "line": 6, "target": "gone.md#x"},
    ]);
    assert_eq!(graph["dead"], dead);
    let edge = serde_json::json!({"from": "wiki/queue.md", "to": "wiki/runbooks/disk.md"});
    assert!(graph["links"].as_array().unwrap().contains(&edge));
}

#[test]
fn decisions_say_how_they_relate() {
    let graph = graph(&repo(), &["--kind", "adr"]);
    let chain = serde_json::json!([["adr/0001-a.md", "adr/0002-b.md", "adr/0003-c.md"]]);
    assert_eq!(graph["chains"], chain);
    let told = |it: &Value| {
        let word = |key: &str| it[key].as_str().unwrap().to_owned();
        format!("{} {} {}", word("from"), word("relation"), word("to"))
    };
    let relations: Vec<_> = graph["relations"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(
        relations,
        [
            "adr/0002-b.md supersedes adr/0001-a.md",
            "adr/0003-c.md supersedes adr/0002-b.md",
            "adr/0004-d.md amends adr/0003-c.md",
        ]
    );
}

#[test]
fn a_circle_of_replacements_is_a_chain_that_ends() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "---\nsupersedes: [b.md]\n---\n# A\n")
        .write("wiki/b.md", "---\nsupersedes: [a.md]\n---\n# B\n");
    repo.commit("circle");
    let chain = serde_json::json!([["wiki/a.md", "wiki/b.md", "wiki/a.md"]]);
    assert_eq!(graph(&repo, &[])["chains"], chain);
}

#[test]
fn people_see_counts_hubs_and_orphans() {
    let repo = repo();
    let text = repo.prode(&["graph"]).ok().says("9 pages, 10 links between them, 2 dead links\n");
    let text =
        text.says("4 adr, 4 guide, 1 runbook\n").says("    3  wiki/runbooks/disk.md  Disk\n");
    let text = text
        .says("Orphans (3): no page links to them\n")
        .says("wiki/alone.md  links to none  Alone\n");
    let text = text.says("adr/0001-a.md -> adr/0002-b.md -> adr/0003-c.md\n");
    text.says("adr/0004-d.md  amends  adr/0003-c.md\n").says("wiki/queue.md:6  gone.md#x\n");
}

#[test]
fn one_page_has_a_neighbourhood() {
    let repo = repo();
    let near = graph(&repo, &["wiki/queue.md"]);
    assert_eq!(paths(&near["pages"]), ["wiki/index.md", "wiki/queue.md", "wiki/runbooks/disk.md"]);
    assert_eq!((&near["centre"], &near["depth"]), (&"wiki/queue.md".into(), &1.into()));
    assert_eq!(near["pages"][1]["distance"], 0);
    let far = graph(&repo, &["wiki/queue.md", "--depth", "2"]);
    assert!(paths(&far["pages"]).contains(&"wiki/far.md"));
    let text =
        repo.prode(&["graph", "wiki/queue.md", "--depth", "2"]).ok().says("1 link away (2)\n");
    text.says("<->  wiki/runbooks/disk.md  Disk\n")
        .says("<-   wiki/index.md")
        .says("2 links away (1)");
    repo.prode(&["graph", "--depth", "2"]).fails(2);
    repo.prode(&["graph", "wiki/quue.md"]).fails(1).warns("wiki/queue.md");
}

#[test]
fn filters_leave_pages_and_count_all_links() {
    let repo = repo();
    let own = graph(&repo, &["--owner", "ada"]);
    assert_eq!(
        (paths(&own["pages"]), &own["pages"][0]["incoming"]),
        (vec!["wiki/queue.md"], &2.into())
    );
    assert_eq!(own["links"], serde_json::json!([]));
    repo.prode(&["graph", "--owner", "ada"]).ok().says("1 of 9 pages, 0 links");
    repo.prode(&["graph", "--kind", "nothing"]).ok().warns("none of 9 pages fits");
    repo.prode(&["graph", "--format", "png"]).fails(2).warns("dot, mermaid, svg");
}

/// Titles with everything that a format could stumble over.
fn hostile() -> TestRepo {
    let repo = TestRepo::new();
    let titles = [
        "A \"quoted\" [page] \\\\N",
        "<script>alert(1)</script> & co",
        "end`; graph TD; %% x --> y",
        "1. Ü 温度 \u{202e}abc",
        "]]>-->|x| {y} (z)",
        "\\\\",
    ];
    for (at, title) in titles.iter().enumerate() {
        let link = format!("[next](p{}.md)", (at + 1) % titles.len());
        let title = serde_json::to_string(title).unwrap();
        repo.write(format!("wiki/p{at}.md"), format!("---\ntitle: {title}\n---\n{link}\n"));
    }
    repo.write("wiki/a\"b\\.md", "# In a file of a hard name\n\n[p](p0.md)\n");
    repo.write("wiki/x\ny.md", "# Two lines\n");
    repo.commit("hostile");
    repo
}

#[test]
fn pictures_are_the_same_bytes_each_time() {
    let repo = hostile();
    for format in ["dot", "mermaid", "svg"] {
        let picture = repo.prode(&["graph", "--format", format]).ok().stdout().to_owned();
        assert_eq!(picture, repo.prode(&["graph", "--format", format]).ok().stdout());
        let clone = repo.clone_to(&["--quiet"]);
        assert_eq!(picture, clone.prode(&["graph", "--format", format]).ok().stdout());
        assert_eq!(picture.matches('\u{202e}').count(), 0, "{format}");
    }
}

#[test]
fn an_svg_is_well_formed_and_shows_every_page() {
    let text = hostile().prode(&["graph", "--format", "svg"]).ok().stdout().to_owned();
    let mut open: Vec<&str> = Vec::new();
    for part in text.split('<').skip(1) {
        let (tag, rest) = part.split_once('>').expect("a tag ends");
        assert!(!rest.contains('>'), "a sign that is not escaped: {rest}");
        assert_eq!(tag.matches('"').count() % 2, 0, "a quote that is not escaped: {tag}");
        let name = tag.split([' ', '/']).next().unwrap();
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed)),
            None if tag.ends_with('/') => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert!(
        text.replace("&amp;", "")
            .replace("&lt;", "")
            .replace("&gt;", "")
            .replace("&quot;", "")
            .matches('&')
            .count()
            == 0
    );
    assert_eq!(text.matches("<g><title>").count(), 8);
    assert_eq!(text.matches("<path class=").count(), 7);
}

#[test]
fn graphviz_draws_it() {
    let there = Command::new("dot").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if there.is_err() {
        eprintln!("skipped: Graphviz is not here: apt-get install graphviz");
        return;
    }
    for repo in [hostile(), repo()] {
        let text = repo.prode(&["graph", "--format", "dot"]).ok().stdout().to_owned();
        let file = repo.home().join("graph.dot");
        std::fs::write(&file, text).unwrap();
        let drawn = Command::new("dot").args(["-Tjson0"]).arg(&file).output().unwrap();
        let errors = String::from_utf8_lossy(&drawn.stderr).into_owned();
        assert!(drawn.status.success() && !errors.to_lowercase().contains("error"), "{errors}");
        let drawn: Value = serde_json::from_slice(&drawn.stdout).unwrap();
        let count = graph(&repo, &[])["pages"].as_array().unwrap().len();
        assert_eq!(drawn["objects"].as_array().unwrap().len(), count);
    }
}

#[test]
fn more_than_mermaid_draws_is_said() {
    let repo = TestRepo::new();
    let links: Vec<String> = (0..510).map(|at| format!("[{at}](p{at}.md)")).collect();
    let links = links.join("\n");
    repo.write("wiki/many.md", format!("# Many\n\n{links}"));
    for at in 0..510 {
        repo.write(format!("wiki/p{at}.md"), "# A page\n");
    }
    repo.commit("many");
    repo.prode(&["graph", "--format", "mermaid"]).ok().warns("Mermaid draws up to 500 arrows");
}
