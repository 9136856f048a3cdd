//! What a server keeps is what the command says at that moment.

use serde_json::json;

use super::audit::{findings, listed, rotten, texts};
use super::inbox::add;
use super::page;
use crate::mcp::session::Era;
use crate::serve::Served;
use crate::support::TestRepo;

/// What the server says of the audit and of the whole memory, twice over, held against
/// the command.
fn agrees(server: &Served, repo: &TestRepo) -> Vec<String> {
    let wanted = texts(&findings(repo, &[]), "id");
    for _ in 0..2 {
        let addresses: Vec<String> = wanted.iter().map(|id| format!("/audit/{id}")).collect();
        assert_eq!(listed(server, "/audit"), addresses);
        let answer = server.call(Era::Modern, "audit", &json!({}), &[]).json();
        let told = &answer["result"]["structuredContent"]["findings"];
        let ids: Vec<&str> =
            told.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert!(!ids.is_empty() && wanted.iter().map(String::as_str).eq(ids), "{told}");
        let list = repo.prode(&["list", "--json"]).ok().json();
        let facts = page(server, "/").texts("dl.facts dd");
        let sum: usize = facts[..3].iter().map(|it| it.parse::<usize>().unwrap()).sum();
        assert_eq!(sum, list["pages"].as_array().unwrap().len());
        let stale = list["pages"].as_array().unwrap().iter().filter(|it| it["stale"] == true);
        assert_eq!(facts[1], stale.count().to_string());
        let newest = repo.git(&["log", "-1", "--format=%s", "--diff-filter=AM", "--", "wiki"]);
        assert_eq!(page(server, "/").texts("ol.log span.subject")[0], newest);
    }
    wanted
}

#[test]
fn an_audit_and_the_counts_follow_the_trunk_and_the_inbox() {
    let repo = rotten();
    repo.git(&["config", "user.name", "Ada Example"]);
    repo.git(&["config", "user.email", "ada@example.org"]);
    for at in 0..24 {
        repo.remove(format!("wiki/more/{at}.md"));
    }
    repo.commit("fewer pages");
    let server = Served::start(&repo, &[]);
    let before = agrees(&server, &repo);
    let inbox = |path: &str| page(&server, path).one("p.lead").text.clone();
    assert!(inbox("/audit").contains("inbox at no commit"), "{}", inbox("/audit"));
    add(&repo, "A queue that is paused answers with 409.\n", "wiki/queue.md");
    let tip = repo.git(&["rev-parse", "prode/inbox"]);
    assert!(inbox("/audit").contains(&format!("inbox at {}", &tip[..10])), "{}", inbox("/audit"));
    agrees(&server, &repo);
    repo.write("wiki/b.md", "---\nowner: team-b\n---\n# B\n\nNothing leads away.\n");
    repo.write("wiki/late.md", "---\nreviewed: 2020-01-01\nreview_every: 30d\n---\n# Late\n");
    repo.commit("mended, and one is late");
    assert_ne!(agrees(&server, &repo), before);
    // The trunk as it was is another answer, beside the one of now.
    let then = texts(&findings(&repo, &["--rev", "HEAD~1"]), "id");
    assert_eq!(listed(&server, "/audit?rev=HEAD~1").len(), then.len());
    repo.git(&["reset", "-q", "--hard", "HEAD~1"]);
    assert_eq!(agrees(&server, &repo), then);
}

/// Every part of the graph that the server keeps is what the command draws.
#[test]
fn a_part_of_the_graph_is_what_the_command_draws_of_it() {
    let repo = rotten();
    repo.remove("wiki/more/3.md");
    repo.write("wiki/new.md", "---\nsupersedes: [more/5.md]\n---\n# New\n\n[B](b.md) [x](x.md)\n");
    repo.write("wiki/b.md", "# B\n\n[new](new.md), [four](more/4.md), [gone](gone.md)\n");
    repo.write("adr/0001-x.md", "---\nstatus: accepted\ndate: 2026-01-01\n---\n# 1. Use x\n");
    let second = "---\nstatus: accepted\ndate: 2026-02-01\n---\n# 2. Use y\n\n\
                  Amends [1. Use x](0001-x.md), as [B](../wiki/b.md) says\n";
    repo.write("adr/0002-y.md", second);
    repo.commit("linked");
    let server = Served::start(&repo, &[]);
    let mut drawn = 0;
    for commit in ["linked", "moved"] {
        repo.write("wiki/late.md", format!("# {commit}\n\n[B](b.md)\n"));
        repo.commit(commit);
        for of in ["", "wiki/b.md", "wiki/new.md", "wiki/late.md", "adr/0001-x.md"] {
            for (depth, kind) in [(1, ""), (2, ""), (3, "adr"), (2, "Guide"), (1, "none")] {
                drawn += usize::from(same_graph(&server, &repo, of, depth, kind));
            }
        }
    }
    assert!(drawn > 30, "{drawn}");
}

/// True if there was a picture to compare; sums and lists are compared in any case.
fn same_graph(server: &Served, repo: &TestRepo, of: &str, depth: usize, kind: &str) -> bool {
    let mut question = format!("kind={kind}");
    let depth = depth.to_string();
    let mut args = vec!["graph"];
    if !of.is_empty() {
        question += &format!("&page={}&depth={depth}", of.replace('/', "%2F"));
        args.extend([of, "--depth", &depth]);
    }
    if !kind.is_empty() {
        args.extend(["--kind", kind]);
    }
    let told = repo.prode(&[&args[..], &["--json"]].concat()).ok().json();
    let count = |key: &str| told[key].as_array().unwrap().len();
    let dom = page(server, &format!("/graph?{question}"));
    let lead = dom.one("p.lead").text.clone();
    let many =
        |count: usize, of: &str| format!("{count} {of}{}", if count == 1 { "" } else { "s" });
    let sums = format!(
        "{} of {}, {}",
        many(count("pages"), "page"),
        told["total"],
        many(count("links"), "link")
    );
    assert!(lead.starts_with(&sums), "{lead:?}, not {sums:?}: {question}");
    let heads = dom.texts("h2");
    for (key, head) in
        [("orphans", "No page links"), ("dead", "Links that lead"), ("relations", "What they say")]
    {
        let shown = heads.iter().find(|it| it.starts_with(head));
        let count = Some(count(key)).filter(|count| *count > 0);
        assert_eq!(
            shown.and_then(|it| it.split_whitespace().last()?.parse().ok()),
            count,
            "{key}: {question}"
        );
    }
    let picture = server.get(&format!("/graph.svg?{question}"), &[]);
    if picture.status != 200 {
        return false;
    }
    let drawn = repo.prode(&[&args[..], &["--format", "svg"]].concat());
    assert_eq!(picture.body, drawn.stdout(), "{question}");
    true
}
