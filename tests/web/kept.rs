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
