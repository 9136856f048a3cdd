//! A replica: a bare clone that follows the trunk of another repository while it answers.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::json;

use super::served::{receive, until};
use crate::mcp::session::Era;
use crate::serve::Served;
use crate::support::{GitDaemon, TestRepo};

/// A repository that a Git server hands out, and a bare clone of it.
struct Pair {
    origin: TestRepo,
    replica: TestRepo,
    daemon: GitDaemon,
}

impl Pair {
    fn new() -> Self {
        let origin = TestRepo::new();
        origin.write("wiki/first.md", "# First\n\nA queue.\n").commit("the beginning");
        let daemon = GitDaemon::serve(origin.path().parent().unwrap(), &origin.home());
        let replica = origin.clone_to(&["--bare"]);
        replica.git(&["remote", "set-url", "origin", &daemon.address("repo")]);
        Self { origin, replica, daemon }
    }

    fn land(&self, number: usize) {
        let page = format!("# Page {number}\n\nThe marker xyzzy{number}.\n");
        self.origin.write(format!("wiki/page-{number}.md"), page).commit("a page");
    }
}

#[test]
fn a_replica_has_what_landed_and_drops_no_question_meanwhile() {
    let pair = Pair::new();
    let settings = ["serve.follow=origin", "serve.follow_every=1", "serve.rate=1000000"];
    let server = Served::start(&pair.replica, &settings);
    let finds = |number: usize| {
        let query = json!({"query": format!("xyzzy{number}")});
        let answer = receive(server.asked(Era::Modern, "query", &query, &[]));
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body.contains(&format!("page-{number}.md"))
    };
    let (over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                assert_eq!(server.query(&[]).status, 200);
                asked.fetch_add(1, Ordering::Relaxed);
            }
        });
        for number in 1..=3 {
            pair.land(number);
            until("the page is found", || finds(number));
        }
        over.store(true, Ordering::Relaxed);
    });
    assert!(asked.load(Ordering::Relaxed) > 3);
    let head = pair.origin.git(&["rev-parse", "main"]);
    assert_eq!(server.get("/readyz", &[]).json()["commit"], head.trim());
    assert!(server.metric("prode_follow_looks_total{outcome=\"ok\"}") > 3);
    // It goes on with what it has while nobody answers over there.
    drop(pair.daemon);
    let failed = "prode_follow_looks_total{outcome=\"failed\"}";
    until("the loss is seen", || server.metric(failed) > 0);
    assert!(finds(3));
}

#[test]
fn a_trunk_that_was_rewritten_over_there_is_taken_over() {
    let pair = Pair::new();
    let settings = ["serve.follow=origin", "serve.follow_every=1"];
    let server = Served::start(&pair.replica, &settings);
    pair.origin.git(&["commit", "-q", "--amend", "-m", "another beginning"]);
    let head = pair.origin.git(&["rev-parse", "main"]);
    until("it is there", || server.get("/readyz", &[]).json()["commit"] == head.trim());
}

#[test]
fn a_clone_that_somebody_works_in_follows_nothing() {
    let pair = Pair::new();
    let run =
        pair.origin.prode(&["--config", "serve.follow=origin", "serve", "--addr", "127.0.0.1:0"]);
    run.fails(2).warns("has to be bare").warns("git clone --bare URL");
    let before = pair.origin.git(&["for-each-ref"]);
    assert!(!before.contains("refs/prode/follow"), "{before}");
}
