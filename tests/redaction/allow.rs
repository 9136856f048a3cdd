//! `prode redact allow`: one finding may stand, and no other.

use prode::allowance::{Allowance, AllowanceId, SALT, Seal};
use prode::clock::Clock;

use crate::support::TestRepo;

/// Split, so that no whole value stands in the file.
pub(super) fn secret() -> String {
    ["Zw3tschge", "!kuchen"].concat()
}

/// What finds it behind `password:`.
pub(super) const RULE: &str = "named-value";

pub(super) fn repo() -> TestRepo {
    let repo = TestRepo::new();
    repo.git(&["config", "user.name", "Ada Example"]);
    repo.git(&["config", "user.email", "ada@example.org"]);
    repo.write("wiki/q.md", format!("# Queue\n\n## Notes\n\npassword: {}\n", secret()));
    repo.commit("a page");
    repo
}

/// The file of an allowance for the secret in `place`.
pub(super) fn allowance(place: &str, [at, until]: [&str; 2]) -> (String, String) {
    let it = Allowance {
        id: AllowanceId::drawn([1; 6]),
        rule: RULE.to_owned(),
        path: place.to_owned(),
        seal: Seal::of([7; SALT], [RULE, place, &secret()]).unwrap(),
        why: "a published test key".to_owned(),
        by: "human:ada".to_owned(),
        at: at.parse().unwrap(),
        until: until.parse().unwrap(),
    };
    (it.id.file(), it.file())
}

pub(super) fn today() -> String {
    Clock::system().today().to_string()
}

pub(super) const LONG_AGO: [&str; 2] = ["2026-01-01T00:00:00Z", "2026-02-01"];

/// Asks for the secret in the page, on a branch; what it answered.
fn asked(repo: &TestRepo) -> serde_json::Value {
    let until = (Clock::system().today() + jiff::Span::new().days(30)).to_string();
    let words = ["redact", "allow", "wiki/q.md:5:11", "--why", "published", "--until", &until];
    repo.prode(&[&words[..], &["--json"]].concat()).ok().json()
}

fn allowed() -> TestRepo {
    let repo = repo();
    let branch = asked(&repo)["branch"].as_str().unwrap().to_owned();
    repo.git(&["merge", "--quiet", &branch]);
    repo
}

#[test]
fn what_was_asked_for_counts_once_it_is_on_the_trunk() {
    let repo = repo();
    let answer = asked(&repo);
    let branch = answer["branch"].as_str().unwrap();
    assert_eq!((&answer["rule"], &answer["path"]), (&RULE.into(), &"wiki/q.md".into()));
    assert!(answer["next"][0].as_str().unwrap().ends_with(branch), "{answer}");
    repo.prode(&["redact", "--check", "wiki/q.md"]).fails(1);
    repo.git(&["switch", "--quiet", branch]);
    repo.prode(&["redact", "--check", "wiki/q.md"]).fails(1);
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["merge", "--quiet", branch]);
    let check = repo.prode(&["redact", "--check", "wiki/q.md"]).ok();
    check.says("allowed by human:ada-example until").says(answer["id"].as_str().unwrap());
    repo.prode(&["redact", "allow", "--list"]).ok().says("wiki/q.md").says("holds");
    repo.prode(&["approvals", "verify"]).ok().says("1 entry");
}

#[test]
fn the_value_stays_and_redacting_twice_changes_nothing() {
    let repo = allowed();
    let text = format!("password: {}\nask m@ferme.bzh\ntoken={}9\n", secret(), secret());
    repo.write("wiki/q.md", &text);
    let once = repo.prode(&["redact", "wiki/q.md"]).ok();
    let hidden = format!("password: {}\nask <EMAIL_1>\ntoken=<TOKEN_1>\n", secret());
    assert_eq!(once.stdout(), hidden);
    repo.write("wiki/q.md", once.stdout());
    assert_eq!(repo.prode(&["redact", "wiki/q.md"]).ok().stdout(), hidden);
}

#[test]
fn it_hides_only_its_own_finding() {
    let repo = allowed();
    let own = format!("password: {}\n", secret());
    repo.write("wiki/other.md", &own).write("outside.txt", &own);
    repo.prode(&["redact", "--check", "wiki/other.md"]).fails(1);
    repo.prode(&["redact", "--check", "outside.txt"]).fails(1);
    repo.prode_with_input(&["redact", "--check"], &own).fails(1);
    repo.write("wiki/q.md", own.replace("kuchen", "torte"));
    repo.prode(&["redact", "--check", "wiki/q.md"]).fails(1);
    repo.write("wiki/q.md", format!("curl -u ada:{} https://x.bzh\n", secret()));
    let other = repo.prode(&["redact", "--check", "wiki/q.md"]).fails(1);
    assert!(!other.stdout().contains(&format!("({RULE},")), "{}", other.stdout());
}

#[test]
fn one_that_lies_elsewhere_than_on_the_trunk_counts_nowhere() {
    let repo = repo();
    let (path, file) = allowance("wiki/q.md", LONG_AGO);
    let today = today();
    let file = file.replace("2026-01-01", &today).replace("2026-02-01", &today);
    repo.write(&path, &file);
    repo.prode(&["redact", "--check", "wiki/q.md"]).fails(1);
    repo.git(&["switch", "--quiet", "--create", "side"]);
    repo.commit("on a branch");
    for more in [&["--config", "trunk=side"][..], &[]] {
        repo.prode(&[&["redact", "--check", "wiki/q.md"], more].concat()).fails(1);
    }
    repo.git(&["branch", "--force", "main", "side"]);
    repo.prode(&["redact", "--check", "wiki/q.md"]).ok();
}

#[test]
fn one_that_ended_stops_everything_and_says_whose_it_was() {
    let repo = repo();
    let (path, file) = allowance("wiki/q.md", LONG_AGO);
    repo.write(&path, file);
    repo.commit("an old allowance");
    let run = repo.prode(&["redact", "wiki/q.md"]).fails(4);
    assert_eq!(run.stdout(), "");
    run.warns("X-010101010101 of human:ada").warns("2026-02-01").warns("wiki/q.md:5:11");
    let answer = asked(&repo);
    assert_eq!(answer["replaces"][0], "X-010101010101");
    repo.git(&["merge", "--quiet", answer["branch"].as_str().unwrap()]);
    repo.prode(&["redact", "--check", "wiki/q.md"]).ok();
    assert!(!repo.path().join(path).exists());
}

#[test]
fn learnings_and_proposals_for_the_page_may_say_it() {
    let repo = allowed();
    let body = format!("Use the published one.\n\npassword: {}\n", secret());
    let target = ["--target", "wiki/q.md#notes", "--json"];
    let add = [&["inbox", "add", "-"], &target[..]].concat();
    let added = repo.prode_with_input(&add, &body).ok().json();
    assert!(added["file"].as_str().unwrap().contains(&secret()), "{added}");
    let promoted = repo.prode(&["promote", added["id"].as_str().unwrap(), "--json"]).ok().json();
    assert!(promoted["diff"].as_str().unwrap().contains(&secret()), "{promoted}");
    repo.write("wiki/r.md", "# R\n\n## Notes\n");
    repo.commit("another page");
    let elsewhere = ["inbox", "add", "-", "--target", "wiki/r.md#notes", "--json"];
    let added = repo.prode_with_input(&elsewhere, &body).ok().json();
    assert!(!added["file"].as_str().unwrap().contains(&secret()), "{added}");
}

#[test]
fn what_cannot_be_asked_for_is_refused_and_writes_nothing() {
    let repo = repo();
    let before = repo.git(&["for-each-ref"]);
    let ask = |finding: &str, why: &str, until: &str| {
        repo.prode(&["redact", "allow", finding, "--why", why, "--until", until])
    };
    ask("wiki/q.md:5:11", "x", "2020-01-01").fails(2).warns("is past");
    ask("wiki/q.md:5:11", "x", "2999-01-01").fails(2).warns("ahead");
    ask("wiki/q.md:5:11", " ", "2999-01-01").fails(2);
    ask("wiki/q.md", "x", "2999-01-01").fails(2).warns("names no finding");
    let today = &today();
    ask("wiki/q.md:5:1", "x", today).fails(1).warns("finds something at column 11");
    ask("gone.md:5:1", "x", today).fails(1);
    ask("wiki/q.md:5:11", " ", today).fails(2).warns("says nothing");
    assert_eq!(repo.git(&["for-each-ref"]), before);
    repo.prode(&["redact", "allow", "wiki/q.md:5:11"]).fails(2);
}

/// A key's first lines, as pages show them. Put together, so that no scanner
/// takes it for a key.
fn open_block() -> String {
    format!("{0}BEGIN RSA PRIVATE KEY{0}\nMIIEpAIBAAKCAQEA\n[...]", "-".repeat(5))
}

/// Asks for what stands at a place of the page, and merges the branch.
fn let_stand(repo: &TestRepo, place: &str) -> serde_json::Value {
    let until = (Clock::system().today() + jiff::Span::new().days(30)).to_string();
    let words = ["redact", "allow", place, "--why", "published", "--until", &until, "--json"];
    let answer = repo.prode(&words).ok().json();
    repo.git(&["merge", "--quiet", answer["branch"].as_str().unwrap()]);
    answer
}

#[test]
fn a_block_that_does_not_end_may_stand_as_it_is() {
    let repo = repo();
    let page = format!("# Keys\n\n```text\n{}\n```\n\nMore.\n", open_block());
    repo.write("wiki/k.md", &page).commit("a key's first lines");
    let check = repo.prode(&["redact", "--check", "wiki/k.md"]).fails(4);
    check.warns("prode redact allow wiki/k.md:4:1 --why");
    let answer = let_stand(&repo, "wiki/k.md:4:1");
    assert_eq!((&answer["rule"], &answer["lines"]), (&"unclosed-block".into(), &[4, 6].into()));
    repo.prode(&["redact", "--check", "wiki/k.md"]).ok().says("allowed by human:ada-example");
    repo.write("wiki/k.md", format!("{page}password: {}\n", secret()));
    let once = repo.prode(&["redact", "wiki/k.md"]).ok();
    assert_eq!(once.stdout(), format!("{page}password: <PASSWORD_1>\n"));
    for other in [page.replace("MIIE", "MIIF"), page.replace("[...]", "[...]\nq7FhEReZw3")] {
        repo.write("wiki/k.md", other);
        repo.prode(&["redact", "--check", "wiki/k.md"]).fails(4);
    }
    repo.write("wiki/other.md", &page);
    repo.prode(&["redact", "--check", "wiki/other.md"]).fails(4);
}

#[test]
fn a_hook_lets_through_what_stands_and_nothing_else_that_is_open() {
    let repo = repo();
    repo.write("wiki/k.md", "# Keys\n").commit("a page");
    let page = format!("# Keys\n\n{}\n", open_block());
    repo.write("wiki/k.md", &page).git(&["add", "wiki/k.md"]);
    repo.prode(&["hook", "run", "pre-commit"]).fails(4);
    let_stand(&repo, "wiki/k.md:3:1");
    repo.prode(&["hook", "run", "pre-commit"]).ok();
    repo.write("wiki/k.md", format!("{page}\npassword: \"never to\n")).git(&["add", "wiki/k.md"]);
    repo.prode(&["hook", "run", "pre-commit"]).fails(4);
}

#[test]
fn what_ended_says_so_where_the_text_cannot_be_decided_either() {
    let repo = repo();
    let allowance = Allowance {
        id: AllowanceId::drawn([1; 6]),
        rule: "unclosed-block".to_owned(),
        path: "wiki/k.md".to_owned(),
        seal: Seal::of([7; SALT], ["unclosed-block", "wiki/k.md", &open_block()]).unwrap(),
        why: "published".to_owned(),
        by: "human:ada".to_owned(),
        at: LONG_AGO[0].parse().unwrap(),
        until: LONG_AGO[1].parse().unwrap(),
    };
    repo.write("wiki/k.md", open_block()).write(allowance.id.file(), allowance.file());
    repo.commit("an allowance");
    repo.prode(&["redact", "wiki/k.md"]).fails(4).warns("ended on 2026-02-01");
}

#[test]
fn a_text_that_was_not_judged_is_nothing_to_allow() {
    let repo = repo();
    let until = (Clock::system().today() + jiff::Span::new().days(30)).to_string();
    let asked = |file: &str| {
        let words = ["redact", "allow", file, "--why", "published", "--until", &until];
        repo.prode(&words)
    };
    repo.write("large.md", "token ".repeat(60_000));
    asked("large.md:1:1").fails(4).warns("nothing of such a text is judged");
    repo.write("latin.md", b"caf\xe9\n");
    asked("latin.md:1:4").fails(4).warns("not UTF-8");
    repo.write("both.md", "password: \"never to\nask ott@team.bzh\n");
    asked("both.md:1:12").fails(4).warns("something else is found within");
    assert!(!repo.git(&["for-each-ref"]).contains("prode/allow"));
}

#[test]
fn lint_lets_stand_what_the_trunk_allows() {
    let repo = repo();
    let token = ["ghp", "_aB3dE5gH7jK9mN1pQ", "3sT5vX7zA9cD1fG2hJ4"].concat();
    repo.write("wiki/k.md", format!("# Keys\n\n{token}\n")).commit("a token");
    let lint = ["lint", "--rule", "secret-inline"];
    let told = repo.prode(&lint).fails(1).says("a value of kind GITHUB_TOKEN stands here");
    assert!(!told.stdout().contains(&token[..12]));
    let_stand(&repo, "wiki/k.md:3:1");
    repo.prode(&lint).ok();
    repo.write("wiki/other.md", format!("# Other\n\n{token}\n")).commit("elsewhere");
    repo.prode(&lint).fails(1).says("wiki/other.md");
}
