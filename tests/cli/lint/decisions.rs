//! Accepted words that changed, and numbers that another branch took.

use serde_json::Value;

use crate::support::TestRepo;

const CHANGED: &str = "adr-accepted-text-changed";
const TAKEN: &str = "adr-number-taken";

/// Lines that no other title shares, so that one is never taken for another one renamed.
fn decision(number: u32, title: &str) -> String {
    let own: Vec<String> = ('a'..='z').map(|letter| format!("{title}{letter}")).collect();
    format!(
        "# {number}. {title}\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\n## Decision\n\n\
         We keep doing this.\n\n{}\n\n## Consequences\n\nNone.\n",
        own.join("\n")
    )
}

fn decide(repo: &TestRepo, number: u32, name: &str) -> String {
    let path = format!("adr/{number:04}-{name}.md");
    repo.write(&path, decision(number, name));
    path
}

/// A clone of a bare remote whose trunk has one decision.
fn origin_and_clone() -> (TestRepo, TestRepo) {
    let first = TestRepo::new();
    decide(&first, 1, "first");
    first.commit("first");
    let bare = first.clone_to(&["--bare"]);
    let clone = bare.clone_to(&[]);
    (bare, clone)
}

/// Rule and path of every finding of the two rules.
fn found(answer: &Value) -> Vec<(String, String)> {
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    let all = answer["findings"].as_array().unwrap().iter();
    let own = all.filter(|it| it["rule"] == TAKEN || it["rule"] == CHANGED);
    own.map(|it| (text(it, "rule"), text(it, "path"))).collect()
}

/// The one finding of the two rules.
#[track_caller]
fn fails_with(repo: &TestRepo, args: &[&str], rule: &str, path: &str) -> Value {
    let answer = repo.prode(&[args, &["--json"]].concat()).fails(1).json();
    assert_eq!(found(&answer), [(rule.to_owned(), path.to_owned())], "{answer:#}");
    let all = answer["findings"].as_array().unwrap();
    all.iter().find(|it| it["rule"] == rule).unwrap().clone()
}

#[track_caller]
fn says_nothing(repo: &TestRepo, args: &[&str]) {
    let answer = repo.prode(&[args, &["--json"]].concat());
    assert_eq!(found(&answer.json()), [], "{}", answer.stdout());
}

/// Both branches added number 2; the other one has landed at the remote.
#[test]
fn a_number_that_landed_at_the_remote_fails_before_the_merge() {
    let (bare, mine) = origin_and_clone();
    mine.git(&["checkout", "-q", "-b", "mine"]);
    let path = decide(&mine, 2, "mine");
    mine.commit("mine");
    let theirs = bare.clone_to(&[]);
    decide(&theirs, 2, "theirs");
    theirs.commit("theirs");
    theirs.git(&["push", "-q", "origin", "main"]);
    says_nothing(&mine, &["lint", "--against", "origin/main"]);
    mine.git(&["fetch", "-q"]);
    let finding = fails_with(&mine, &["lint", "--against", "origin/main"], TAKEN, &path);
    assert_eq!(finding["message"], "number 2 is 'adr/0002-theirs.md' in 'origin/main'");
    assert_eq!(finding["hint"], format!("give it the next free number: prode adr renumber {path}"));
    fails_with(&mine, &["lint", "--rule", "adr"], TAKEN, &path);
    // The merge itself is clean, which is why nobody sees it.
    mine.git(&["merge", "-q", "--no-edit", "origin/main"]);
    mine.git(&["reset", "-q", "--hard", "HEAD~1"]);
    mine.prode(&["adr", "renumber", &path]).ok();
    says_nothing(&mine, &["lint", "--against", "origin/main"]);
}

/// The other one is on a branch that nobody merged: here, then at the remote.
#[test]
fn a_number_of_an_unmerged_branch_fails_too() {
    let (bare, mine) = origin_and_clone();
    mine.git(&["checkout", "-q", "-b", "theirs"]);
    decide(&mine, 2, "theirs");
    mine.commit("theirs");
    mine.git(&["checkout", "-q", "-b", "mine", "main"]);
    let path = decide(&mine, 2, "mine");
    mine.commit("mine");
    let finding = fails_with(&mine, &["lint", "--against", "origin/main"], TAKEN, &path);
    assert_eq!(finding["message"], "number 2 is 'adr/0002-theirs.md' in 'theirs'");
    mine.git(&["push", "-q", "origin", "theirs"]);
    mine.git(&["branch", "-q", "-D", "theirs"]);
    let finding = fails_with(&mine, &["lint", "--against", "main"], TAKEN, &path);
    let message = "number 2 is 'adr/0002-theirs.md' in 'origin/theirs'";
    assert_eq!(finding["message"], message);
    let third = bare.clone_to(&["--branch", "theirs"]);
    says_nothing(&third, &["lint", "--against", "origin/main"]);
}

/// Each has a file that no commit has.
#[test]
fn a_number_in_another_work_tree_fails_before_either_is_committed() {
    let (_, mine) = origin_and_clone();
    let sibling = mine.linked(&["-b", "theirs"]);
    let theirs = decide(&sibling, 2, "theirs");
    let path = decide(&mine, 2, "mine");
    let finding = fails_with(&mine, &["lint", "--against", "origin/main"], TAKEN, &path);
    let place = format!("in the work tree '{}'", sibling.path().display());
    assert!(finding["message"].as_str().unwrap().ends_with(&place), "{finding:#}");
    fails_with(&sibling, &["lint", "--against", "origin/main"], TAKEN, &theirs);
    sibling.rename("adr/0002-theirs.md", "adr/0003-theirs.md");
    says_nothing(&mine, &["lint", "--against", "origin/main"]);
    says_nothing(&sibling, &["lint", "--against", "origin/main"]);
}

#[test]
fn a_number_whose_decision_went_from_the_trunk_is_not_free() {
    let (_, mine) = origin_and_clone();
    decide(&mine, 2, "gone");
    mine.commit("two");
    mine.remove("adr/0002-gone.md");
    decide(&mine, 3, "old-name");
    let went = mine.commit("gone");
    mine.rename("adr/0003-old-name.md", "adr/0003-new-name.md");
    mine.commit("renamed on the trunk");
    mine.git(&["checkout", "-q", "-b", "mine"]);
    mine.rename("adr/0003-new-name.md", "adr/0003-another-name.md");
    let path = decide(&mine, 2, "mine");
    mine.commit("mine");
    let finding = fails_with(&mine, &["lint", "--against", "main"], TAKEN, &path);
    let had = mine.git(&["rev-parse", &format!("{went}~1")]);
    let message = format!("number 2 is 'adr/0002-gone.md' in {}, and went since", &had[..10]);
    assert_eq!(finding["message"], message);
}

/// What the hook sees is what is staged.
#[test]
fn the_hook_refuses_a_taken_number_and_a_rewritten_decision_that_are_staged() {
    let (_, mine) = origin_and_clone();
    mine.git(&["checkout", "-q", "-b", "theirs"]);
    decide(&mine, 2, "theirs");
    mine.commit("theirs");
    mine.git(&["checkout", "-q", "-b", "mine", "main"]);
    decide(&mine, 2, "mine");
    let first = decision(1, "first").replace("keep doing", "never stop doing");
    mine.write("adr/0001-first.md", &first);
    mine.prode(&["hook", "run", "pre-commit"]).ok();
    mine.git(&["add", "adr/0002-mine.md"]);
    let run = mine.prode(&["hook", "run", "pre-commit"]).fails(1).says(TAKEN);
    assert!(!run.stdout().contains(CHANGED), "it is not staged: {}", run.stdout());
    mine.git(&["add", "--all"]);
    mine.remove("adr/0001-first.md");
    mine.prode(&["hook", "run", "pre-commit"]).fails(1).says(TAKEN).says(CHANGED);
    mine.git(&["checkout", "-q", "--", "adr/0001-first.md"]);
    mine.git(&["commit", "-q", "-m", "no hook ran"]);
    let line =
        format!("refs/heads/mine {} refs/heads/mine {:040}\n", mine.git(&["rev-parse", "HEAD"]), 0);
    mine.prode_with_input(&["hook", "run", "pre-push"], &line).fails(1).says(TAKEN).says(CHANGED);
}

#[test]
fn accepted_words_that_changed_fail_however_they_came() {
    let (_, repo) = origin_and_clone();
    let path = decide(&repo, 2, "second");
    repo.commit("second");
    let against = ["lint", "--against", "main"];
    let words = |title| decision(2, title).replace("keep doing", "stop doing");
    repo.git(&["checkout", "-q", "-b", "work"]);

    repo.write(&path, words("second"));
    let finding = fails_with(&repo, &against, CHANGED, &path);
    assert_eq!(finding["line"], 11, "{finding:#}");
    repo.remove(&path).write("adr/0002-renamed.md", words("second"));
    fails_with(&repo, &against, CHANGED, "adr/0002-renamed.md");
    repo.commit("with a rename");
    fails_with(&repo, &against, CHANGED, "adr/0002-renamed.md");

    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["merge", "-q", "--squash", "work"]);
    fails_with(&repo, &["lint", "--against", "HEAD"], CHANGED, "adr/0002-renamed.md");
    repo.git(&["reset", "-q", "--hard"]);
    repo.git(&["merge", "-q", "--no-ff", "--no-edit", "work"]);
    fails_with(&repo, &["lint", "--against", "HEAD~1"], CHANGED, "adr/0002-renamed.md");
    // What landed is an error still, but none that the next change introduces.
    fails_with(&repo, &["lint"], CHANGED, "adr/0002-renamed.md");
    says_nothing(&repo, &["lint", "--against", "HEAD"]);
}

#[test]
fn status_links_amendments_and_front_matter_may_change() {
    let (_, repo) = origin_and_clone();
    decide(&repo, 2, "second");
    repo.commit("second");
    repo.prode(&["adr", "supersede", "1", "2"]).ok();
    repo.prode(&["adr", "amend", "2", "--reason", "a number was missing"]).ok();
    let with = std::fs::read_to_string(repo.path().join("adr/0001-first.md")).unwrap();
    repo.write("adr/0001-first.md", format!("---\nowner: ada\n---\n{with}"));
    says_nothing(&repo, &["lint", "--against", "main"]);
}

#[test]
fn what_was_not_looked_for_is_said() {
    let (bare, repo) = origin_and_clone();
    decide(&repo, 2, "second");
    repo.commit("second");
    repo.git(&["push", "-q", "origin", "main"]);
    let cut = bare.clone_to(&["--depth", "1"]);
    cut.prode(&["lint", "--rule", "adr"])
        .ok()
        .says("not looked for: adr-accepted-text-changed: history is cut off (shallow clone)");
    repo.prode(&["lint", "--rule", "adr", "--rev", "HEAD~1"])
        .ok()
        .says("not looked for: adr-number-taken: numbers are compared for what is checked out");
    let answer = repo.prode(&["lint", "--rule", "links", "--json"]).json();
    assert_eq!(answer["silent"], serde_json::json!([]), "a rule that is left out owes nothing");

    let folder = TestRepo::no_repository();
    decide(&folder, 1, "first");
    let answer = folder.prode(&["lint", "--json"]).json();
    let rules: Vec<_> = answer["silent"].as_array().unwrap().iter().map(|it| &it["rule"]).collect();
    assert_eq!(rules, [CHANGED, TAKEN]);
    folder.remove("adr").write("wiki/a.md", "# A\n");
    let answer = folder.prode(&["lint", "--json"]).json();
    assert_eq!(answer["silent"], serde_json::json!([]), "no decision, no history");
}

#[test]
fn levels_and_ignores_hold_for_history_as_well() {
    let (_, repo) = origin_and_clone();
    repo.write("adr/0001-first.md", decision(1, "first").replace("keep", "stop"));
    repo.write("prode.yaml", "lint:\n  rules: {adr-accepted-text-changed: info}\n");
    repo.prode(&["lint", "--rule", CHANGED]).ok().says("1 finding: 0 errors, 0 warnings, 1 info");
    repo.write("prode.yaml", "lint:\n  rules: {adr-accepted-text-changed: off}\n");
    repo.prode(&["lint", "--rule", CHANGED]).ok().says("0 findings");
}

#[test]
fn code_that_cites_what_no_longer_holds_is_found() {
    let (_, repo) = origin_and_clone();
    decide(&repo, 2, "second");
    repo.prode(&["adr", "supersede", "1", "2"]).ok();
    repo.write("src/a.rs", "//! As ADR-0001 says.\nfn f() { g(\"ADR-1\") } // adr/1, see \u{e9} @adr 1\n// ADR-1 was replaced by ADR-2\n// ADR-10\n")
        .write("tools/b.py", "# see adr/0001-first.md\r\nx = 'ADR-1'\r\n")
        .write("image.png", b"\x89PNG\0 ADR-1".as_slice())
        .write("wiki/page.md", "# Page\n\nADR-1\n")
        .write(".gitignore", "made/\n")
        .write("made/c.rs", "// ADR-1\n");
    let rule = ["lint", "--rule", "adr-cited-in-code", "--json"];
    let places = |args: &[&str]| -> Vec<String> {
        let answer = repo.prode(args).ok().json();
        let findings = answer["findings"].as_array().unwrap().iter();
        findings
            .map(|it| format!("{}:{}:{}", it["path"].as_str().unwrap(), it["line"], it["column"]))
            .collect()
    };
    let all = ["src/a.rs:1:12", "src/a.rs:2:30", "src/a.rs:2:44", "tools/b.py:1:11"];
    assert_eq!(places(&rule), all);
    let answer = repo.prode(&rule).ok().json();
    assert_eq!(answer["findings"][0]["message"], "adr/0001-first.md is superseded");
    assert_eq!(answer["findings"][0]["hint"], "cite adr/0002-second.md instead");
    assert_eq!(places(&[&rule[..], &["tools"]].concat()), all[3..]);
    repo.commit("code");
    repo.write("src/a.rs", "\n//! As ADR-0001 says.\n").write("src/new.rs", "// @adr 1\n");
    assert_eq!(places(&[&rule[..], &["--against", "HEAD"]].concat()), ["src/new.rs:1:9"]);
    assert_eq!(places(&[&rule[..], &["--rev", "HEAD"]].concat()), all);
}
