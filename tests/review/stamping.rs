//! What a review writes, and what it says of the time since the last one.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::json;

use super::{memory, read, reviewed, text};

/// `sha256sum` of `bytes`, by a program that is not ours.
fn sha256(bytes: &[u8]) -> String {
    let mut child =
        Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let said = child.wait_with_output().unwrap().stdout;
    format!("sha256:{}", String::from_utf8(said).unwrap().split(' ').next().unwrap())
}

#[test]
fn a_stamp_says_who_when_and_what_was_seen() {
    let repo = memory();
    let before = read(&repo, "wiki/queue.md");
    let answer = reviewed(&repo, &["wiki/queue.md"]);
    let (by, day) = (text(&answer, "/by"), text(&answer, "/at"));
    assert_eq!(by, "human:ada");
    let body = sha256(before.split_once("\n---\n").unwrap().1.as_bytes());
    let line = |path: &str| format!("{path}\0{}\n", repo.git(&["hash-object", path]));
    let lines = [line("src/worker/main.rs"), line("src/worker/queue.rs")].concat();
    let sources = sha256(lines.as_bytes());
    let stamp = format!("reviewed: {{by: {by}, at: {day}, body: {body}, sources: {sources}}}\n");
    let expected = before.replace("\n---\n\n", &format!("\n{stamp}---\n\n"));
    assert_eq!(read(&repo, "wiki/queue.md"), expected);
    assert_eq!(
        answer["pages"][0]["stamp"],
        json!({"by": by, "at": day, "body": body, "sources": sources})
    );
    assert_eq!(answer["changed"], json!(["wiki/queue.md"]));
    assert_eq!((&answer["commit"], &answer["branch"]), (&json!(null), &json!(null)));
    assert_eq!(repo.git(&["status", "--porcelain"]), " M wiki/queue.md");
    let shown = repo.prode(&["show", "wiki/queue.md", "--worktree", "--json"]).ok().json();
    assert_eq!(text(&shown, "/reviewed"), day);
    let again = repo.prode(&["review", "Queue is full", "--yes"]).ok().warns("stamped so already");
    assert!(again.stdout().contains("as it was"), "{}", again.stdout());
    assert_eq!(read(&repo, "wiki/queue.md"), expected);
}

#[test]
fn where_front_matter_may_not_carry_it_the_record_does() {
    let repo = memory();
    let files = ["wiki/bare.md", "adr/0001-use-a-queue.md", "skills/drain/SKILL.md"];
    let before = files.map(|file| read(&repo, file));
    let answer = reviewed(&repo, &["wiki/bare.md#bare", "adr/1", "skill:drain", "wiki/bare.md"]);
    assert_eq!(answer["changed"], json!([".prode/reviews.yaml"]));
    assert_eq!(answer["pages"].as_array().unwrap().len(), 3);
    assert_eq!(files.map(|file| read(&repo, file)), before);
    let record = read(&repo, ".prode/reviews.yaml");
    let body = sha256(before[0].as_bytes());
    let day = text(&answer, "/at");
    let first = format!("wiki/bare.md: {{by: human:ada, at: {day}, body: {body}}}\n");
    assert!(record.starts_with(&first), "{record}");
    assert_eq!(record.lines().count(), 3);
    let list = repo.prode(&["list", "--worktree", "--json"]).ok().json();
    for page in list["pages"].as_array().unwrap() {
        let is_stamped = files.contains(&text(page, "/path"));
        assert_eq!(page["reviewed"].is_string(), is_stamped, "{page}");
    }
    repo.commit("stamps");
    let shown = repo.prode(&["show", "adr/1", "--json"]).ok().json();
    assert_eq!(text(&shown, "/reviewed"), day);
}

#[test]
fn a_page_that_moves_takes_its_stamp_along() {
    let repo = memory();
    let day = text(&reviewed(&repo, &["wiki/bare.md"]), "/at").to_owned();
    repo.commit("a stamp");
    repo.prode(&["mv", "wiki/bare.md", "wiki/moved.md"]).ok();
    let shown = repo.prode(&["show", "wiki/moved.md", "--worktree", "--json"]).ok().json();
    assert_eq!(text(&shown, "/reviewed"), day);
}

#[test]
fn what_changed_since_the_last_review_is_shown_with_its_lines() {
    let repo = memory();
    reviewed(&repo, &["wiki/queue.md", "--as", "Grace Hopper"]);
    repo.commit("a review");
    repo.write("src/worker/queue.rs", "pub struct Queue;\npub struct Full;\n")
        .write("src/worker/new.rs", "// new\n")
        .write("src/other.rs", "// not described\n")
        .remove("src/worker/main.rs");
    repo.git(&["add", "src/worker/queue.rs"]);
    repo.write("wiki/queue.md", read(&repo, "wiki/queue.md").replace("Look.", "Look twice."));
    let run = repo.prode(&["review", "wiki/queue.md", "--yes"]).ok();
    let said = run.stdout();
    for part in [
        "by human:grace-hopper",
        "body     changed since",
        "2 files, 3 changed since",
        "src/worker/new.rs",
        "src/worker/main.rs",
    ] {
        assert!(said.contains(part), "no '{part}' in {said}");
    }
    run.warns(
        "3 files that they describe differ from what is committed, such as 'src/worker/main.rs'",
    );
    repo.commit("all of it");
    let answer = reviewed(&repo, &["wiki/queue.md"]);
    assert_eq!(answer["pages"][0]["sources"]["changed"], false);
    assert_eq!(answer["pages"][0]["body_changed"], false);
    assert_eq!(answer["changed"], json!([]));
}

#[test]
fn line_ends_and_a_byte_order_mark_stay_and_do_not_count() {
    let repo = memory();
    let unix = read(&repo, "wiki/plain.md");
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    repo.write("wiki/windows.md", &windows);
    let answer = reviewed(&repo, &["wiki/plain.md", "wiki/windows.md"]);
    assert_eq!(answer["pages"][0]["stamp"], answer["pages"][1]["stamp"]);
    let stamped = read(&repo, "wiki/plain.md");
    assert_eq!(
        read(&repo, "wiki/windows.md"),
        format!("\u{feff}{}", stamped.replace('\n', "\r\n"))
    );
}

#[test]
fn files_are_hashed_as_git_will_store_them() {
    let repo = memory();
    repo.write(".gitattributes", "*.rs text eol=crlf\n");
    repo.commit("line ends");
    repo.write("src/worker/queue.rs", "pub struct Queue;\r\npub struct Full;\r\n");
    let dirty = text(&reviewed(&repo, &["wiki/queue.md"]), "/pages/0/stamp/sources").to_owned();
    repo.commit("all of it");
    let clean = reviewed(&repo, &["wiki/queue.md"]);
    assert_eq!(text(&clean, "/pages/0/stamp/sources"), dirty);
}

#[test]
fn other_vocabularies_say_the_new_day_too() {
    let repo = memory();
    repo.write(
        "wiki/g3.md",
        "# G3\n\n<!--* freshness: { owner: 'x' reviewed: '2026-01-02' } *-->\n",
    )
    .write("wiki/ms.md", "---\nms.date: 01/02/2026 # when\n---\n# MS\n")
    .write(
        "wiki/okf.md",
        "---\ntype: guide\nverified:\n  - {by: 'human:bob', at: 2026-01-02}\n---\n# OKF\n",
    );
    let answer = reviewed(&repo, &["wiki/g3.md", "wiki/ms.md", "wiki/okf.md"]);
    let day = text(&answer, "/at").to_owned();
    let also = answer["pages"].as_array().unwrap().iter().map(|page| page["also"].clone());
    assert_eq!(
        also.collect::<Vec<_>>(),
        [json!(["freshness"]), json!(["ms.date"]), json!(["verified"])]
    );
    assert!(read(&repo, "wiki/g3.md").contains(&format!("reviewed: '{day}' }} *-->")));
    let body = sha256(read(&repo, "wiki/g3.md").as_bytes());
    assert!(read(&repo, ".prode/reviews.yaml").contains(&format!("body: {body}}}")));
    let [year, month, date]: [&str; 3] = day.split('-').collect::<Vec<_>>().try_into().unwrap();
    assert!(
        read(&repo, "wiki/ms.md")
            .starts_with(&format!("---\nms.date: {month}/{date}/{year} # when\nreviewed: {{by:"))
    );
    assert!(
        read(&repo, "wiki/okf.md")
            .contains(&format!("at: 2026-01-02}}\n  - {{by: human:ada, at: {day}}}\nreviewed: {{"))
    );
}

#[test]
fn pages_that_describe_pages_are_stamped_behind_them() {
    let repo = memory();
    repo.write("wiki/all.md", "---\nsources: [wiki/**]\n---\n# All\n");
    repo.commit("an overview");
    reviewed(&repo, &["wiki/all.md", "wiki/plain.md", "wiki/queue.md"]);
    repo.commit("reviewed together");
    let answer = reviewed(&repo, &["wiki/all.md"]);
    assert_eq!(answer["pages"][0]["sources"], json!({"files": 3, "changed": false, "changes": []}));
    repo.write("wiki/more.md", "---\nsources: [wiki/**]\n---\n# More\n");
    let args = ["review", "--yes", "wiki/all.md", "wiki/more.md"];
    repo.prode(&args).ok().warns("wiki/all.md and wiki/more.md describe each other");
}
