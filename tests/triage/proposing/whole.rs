//! From the ticket to what was learned, on each forge.

use serde_json::Value;

use super::{Desk, reasons};
use crate::support::forge::{Kind, State};

fn whole(kind: Kind) {
    let desk = Desk::new(kind);
    let (typed, number) = desk.ticket();
    let main = desk.repo.git(&["rev-parse", "main"]);
    let run = desk.run(&typed);
    assert_eq!((&run["decision"], &run["phase"]), (&"pr".into(), &"await-merge".into()), "{run}");
    let branch = format!("prode/run/{}", run["run"].as_str().unwrap());
    assert_eq!(desk.branches(), [branch.as_str()]);
    assert_eq!(desk.pulls(&branch), 1);
    assert!(desk.learnings().is_empty(), "nobody knows yet what became of it");
    // The trunk and the user's files are as they were.
    assert_eq!(desk.repo.git(&["rev-parse", "main"]), main);
    assert_eq!(desk.repo.git(&["status", "--porcelain"]), "");
    let shown = desk.server.git(&["show", &format!("{branch}:src/pool.sh")]);
    assert_eq!(shown.trim(), "size=10");
    // Nothing of the work lies about.
    let work = desk.repo.home().join(".cache/prode/work");
    assert_eq!(std::fs::read_dir(work).unwrap().count(), 0);
    // One comment with the way to the pull request; looking again says nothing more.
    let again = desk.resume(&run);
    assert_eq!(again["phase"], "await-merge");
    let said = desk.there.world().said(number);
    assert_eq!(said.len(), 1);
    assert!(said[0].body.contains(&format!("Proposed: {}", run["pr"].as_str().unwrap())));
    merged(&desk, &run, &main);
}

fn merged(desk: &Desk, run: &Value, main: &str) {
    desk.decide(State::Merged(main.trim().to_owned()));
    desk.is_mended();
    let run = desk.resume(run);
    let told = (&run["phase"], &run["monitor"], &run["outcome"]);
    assert_eq!(told, (&"closed".into(), &"confirmed".into(), &"confirmed".into()), "{run}");
    let stats = desk.repo.prode(&["triage", "stats", "--json"]).ok().json();
    let told = (&stats["pull_requests"], &stats["monitored"]);
    let one = |name: &str| serde_json::json!({name: 1});
    assert_eq!(told, (&one("merged"), &one("confirmed")), "{stats}");
    let learnings = desk.learnings();
    assert_eq!(learnings.len(), 1);
    assert!(run["effects"].as_array().unwrap().iter().all(|it| it["state"] == "done"), "{run}");
    desk.is_sound(&run);
}

#[test]
fn github() {
    whole(Kind::GitHub);
}

#[test]
fn gitlab() {
    whole(Kind::GitLab);
}

#[test]
fn gitea() {
    whole(Kind::Gitea);
}

#[test]
fn the_pull_request_says_what_a_reviewer_needs() {
    let desk = Desk::new(Kind::GitHub);
    let run = desk.run(&desk.ticket().0);
    let pull = desk.there.world().pulls[0].clone();
    assert_eq!(pull.title, "A pool of ten");
    for part in [
        "## Summary\n\nThree connections were too few",
        "| `src/pool.sh` | +1 -1 |",
        "## Evidence\n\napp-regression, confidence ",
        "| aws saw the pool run dry | aws | ",
        "routing memory, not evidence",
        "| `sh check.sh` | the base | passes |",
        "| `sh check.sh` | the base with the new test | fails |",
        "| `sh check.sh` | this change | passes |",
        "- [x] tests-behaviour",
        "- [ ] errors-handled",
        "## Rollback\n\nRevert it.",
        "## Monitoring\n\nErrors of the pool.",
        run["bundle_digest"].as_str().unwrap(),
        "prode triage export R-",
    ] {
        assert!(pull.body.contains(part), "{part} in {}", pull.body);
    }
}

#[test]
fn source_is_read_past_the_gate_and_the_coder_is_told_what_is_named() {
    let desk = Desk::new(Kind::GitHub);
    let run = desk.run(&desk.ticket().0);
    let events = desk.events(&run);
    let place = |what: &str| events.iter().position(|it| it["event"]["what"] == what);
    assert!(place("decided") < place("source-read"), "{events:?}");
    assert!(place("source-read") < place("prepared") && place("reviewed") < place("planned"));
    let told = desk.told();
    assert_eq!((&told["attempt"], &told["classification"]), (&1.into(), &"app-regression".into()));
    assert_eq!(told["code"][0]["text"], "size=3");
    assert!(told["code"][0]["source"].as_str().unwrap().starts_with("src/pool.sh@"), "{told}");
    assert_eq!(told["verify"][0], "sh check.sh");
    let bundle = &run["bundle_digest"];
    assert_eq!(told["bundle"], *bundle);
}

#[test]
fn a_pull_request_that_people_close_ends_the_run() {
    let desk = Desk::new(Kind::Gitea);
    let run = desk.run(&desk.ticket().0);
    desk.decide(State::Closed);
    let run = desk.resume(&run);
    let told = (&run["phase"], &run["outcome"], &run["monitor"]);
    assert_eq!(told, (&"closed".into(), &"pull-request-closed".into(), &Value::Null), "{run}");
    assert_eq!(desk.learnings().len(), 1);
    desk.is_sound(&run);
}

#[test]
fn a_fault_that_is_seen_again_is_a_regression_and_one_that_nobody_looks_for_is_not_confirmed() {
    for (answers, seen) in [(true, "regressed"), (false, "not-confirmed")] {
        let desk = Desk::new(Kind::GitHub);
        let run = desk.run(&desk.ticket().0);
        desk.decide(State::Merged("0".repeat(40)));
        if answers {
            let again = serde_json::json!({"schema": "prode.specialist.output/v1", "question": "?",
                "findings": [{"id": "F1", "claim": "again", "supports": ["app-regression"],
                    "observed_at": after(&desk), "receipts": [{"source": "aws", "query": "pool",
                    "window": {"from": "2000-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"},
                    "at": after(&desk), "excerpt": "1"}]}]});
            desk.answer("aws", &again);
        } else {
            desk.answer("aws", &serde_json::json!("nothing"));
        }
        let run = desk.resume(&run);
        assert_eq!((&run["monitor"], &run["phase"]), (&seen.into(), &"closed".into()), "{run}");
        desk.is_sound(&run);
    }
}

/// Just after the merge, as the forge tells it.
fn after(desk: &Desk) -> String {
    let at = desk.there.world().merged_at();
    (at.parse::<jiff::Timestamp>().unwrap() + jiff::SignedDuration::from_secs(60)).to_string()
}

#[test]
fn a_dry_run_of_the_same_ticket_changes_nothing() {
    let desk = Desk::new(Kind::GitHub);
    let (typed, _) = desk.ticket();
    let (run, code, said) = desk.says(&["run", &typed]);
    assert_eq!((code, &run["decision"]), (0, &"pr".into()), "{said}");
    assert_eq!(reasons(&run), ["evidence-sufficient"]);
    assert_eq!(run["sources"], serde_json::json!([]));
    desk.is_untouched();
}
