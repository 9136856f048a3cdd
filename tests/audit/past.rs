//! `--trend`: past quarters, worked out again, and what became of their findings.

use super::{audited, page};
use crate::support::TestRepo;

#[test]
fn past_findings_were_settled_dismissed_or_left_alone() {
    let repo = TestRepo::new();
    for name in ["a", "b", "c"] {
        let source = format!("src/{name}.rs");
        repo.write(&source, "1\n");
        let front = format!("sources: [{source}]\nreviewed: 2026-01-01\nreview_every: 2000d\n");
        repo.write(format!("wiki/{name}.md"), page(&front, name));
    }
    repo.commit_at("pages", "2026-01-01T00:00:00Z");
    for name in ["a", "b", "c"] {
        repo.write(format!("src/{name}.rs"), "2\n");
    }
    repo.commit_at("all drift", "2026-02-01T00:00:00Z");
    let first = audited(&repo, &["--as-of", "2026-03-31"]);
    let b = first["findings"].as_array().unwrap().iter().find(|it| it["path"] == "wiki/b.md");
    let id = b.unwrap()["id"].as_str().unwrap().to_owned();
    assert_eq!(first["findings"].as_array().unwrap().len(), 3);
    let front = "sources: [src/a.rs]\nreviewed: 2026-05-01\nreview_every: 2000d\n";
    repo.write("wiki/a.md", page(front, "a"));
    repo.commit_at("a is reviewed", "2026-05-01T00:00:00Z");
    dismiss(&repo, &id);
    repo.commit_at("b is dismissed", "2026-05-02T00:00:00Z");
    repo.commit_at("another quarter", "2026-08-01T00:00:00Z");
    let answer = audited(&repo, &["--as-of", "2026-09-30", "--trend", "3q"]);
    let quarters: Vec<&str> = answer["trend"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["quarter"].as_str().unwrap())
        .collect();
    assert_eq!(quarters, ["2025Q4", "2026Q1", "2026Q2"]);
    assert_eq!(answer["trend"][0]["commit"], serde_json::Value::Null);
    let fate = &answer["trend"][1]["fate"];
    assert_eq!((&fate["findings"], &fate["settled"]), (&3.into(), &1.into()));
    assert_eq!((&fate["dismissed"], &fate["untouched"]), (&1.into(), &1.into()));
    assert_eq!(answer["precision"]["precision"], 50);
    assert_eq!(answer["trend"][2]["findings"], 1);
    assert_eq!(answer["dismissed"], 1);
    repo.prode(&["audit", "--as-of", "2026-09-30", "--trend", "3"])
        .ok()
        .says("of 3 findings in 2026Q1: 1 settled, 1 dismissed, 1 untouched; 50 % of those");
}

/// As `prode dismiss` writes it.
fn dismiss(repo: &TestRepo, id: &str) {
    use prode::review::Dismissed;
    let mut file = Dismissed::read(b"").unwrap();
    let day = ["--as-of", "2026-03-31"];
    let found = audited(repo, &day);
    let it = found["findings"].as_array().unwrap().iter().find(|it| it["id"] == id).unwrap();
    let entry = serde_json::json!({
        "finding": id, "path": it["path"], "signal": it["signal"], "why": "it is right so",
        "by": "human:ada", "at": "2026-05-02", "of": it["of"],
    });
    let text = format!("- {entry}\n");
    let read = Dismissed::read(text.as_bytes()).unwrap();
    assert!(file.add(&read.all()[0]).unwrap());
    repo.write(".prode/dismissed.yaml", file.bytes());
}

#[test]
fn a_quarter_is_its_last_day_or_today() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", page("", "A")).commit_at("a", "2020-05-01T00:00:00Z");
    let answer = audited(&repo, &["--quarter", "2020Q2"]);
    assert_eq!((&answer["as_of"], &answer["quarter"]), (&"2020-06-30".into(), &"2020Q2".into()));
    repo.prode(&["audit", "--quarter", "2020Q5"]).fails(2).warns("'2020Q5' is no quarter");
    repo.prode(&["audit", "--quarter", "2999Q1"]).fails(2).warns("2999Q1 has not begun");
    repo.prode(&["audit", "--quarter", "2020Q1"]).fails(1).warns("has no commit before 2020-03-31");
    // The quarter that has not ended is looked at as of today.
    let today = audited(&repo, &[]);
    let now = today["quarter"].as_str().unwrap();
    assert_eq!(audited(&repo, &["--quarter", now]), today);
}
