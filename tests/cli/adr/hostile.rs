//! Files and targets that are not as one would wish.

use prode::adr::compare;
use prode::repo_path::RepoPath;

use super::{log, madr, nygard, read};
use crate::support::TestRepo;

/// Every command that changes a decision, with one that is named.
fn commands(decision: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["adr", "show", decision],
        vec!["adr", "accept", decision],
        vec!["adr", "deprecate", decision],
        vec!["adr", "supersede", decision, "3"],
        vec!["adr", "link", decision, "amends", "3"],
        vec!["adr", "amend", decision, "--reason", "x"],
        vec!["adr", "renumber", decision],
        vec!["adr", "new", "X", "-s", decision],
        vec!["adr", "new", "X", "-l", "9:Amends:Amended by"],
    ]
}

#[test]
fn a_missing_target_is_named_and_nothing_is_written() {
    let repo = log();
    let before = repo.snapshot();
    for command in commands("9") {
        repo.prode(&command).fails(1).warns("there is no decision '9'");
    }
    for command in commands("doc/adr/0001-x.md").iter().take(8) {
        repo.prode(command).fails(1).warns("0001-x.md");
    }
    assert_eq!(repo.snapshot(), before);
}

#[test]
fn an_ambiguous_target_names_its_candidates() {
    let repo = log();
    repo.write("doc/adr/0001-other.md", nygard(1, "Other", "Accepted"));
    let before = repo.snapshot();
    for command in commands("1").iter().take(8) {
        let refused = repo.prode(command).fails(1);
        refused.warns("doc/adr/0001-one.md").warns("doc/adr/0001-other.md");
    }
    assert_eq!(repo.snapshot(), before);
}

#[test]
fn a_status_may_stand_last_or_twice() {
    let repo = log();
    let last = "# 4. Four\n\n## Context\n\nWhy.\n\n## Decision\n\nYes.\n\n## Status\n\nProposed";
    repo.write("doc/adr/0004-four.md", last);
    repo.prode(&["adr", "accept", "4"]).ok();
    assert_eq!(read(&repo, "doc/adr/0004-four.md"), last.replace("Proposed", "Accepted"));
    repo.prode(&["adr", "supersede", "4", "3"]).ok();
    let by = last.replace("Proposed", "Superseded by [3. Three](0003-three.md)");
    assert_eq!(read(&repo, "doc/adr/0004-four.md"), by);
    let two = format!("{}\n## Status\n\nRejected\n", nygard(5, "Five", "Proposed"));
    repo.write("doc/adr/0005-five.md", &two);
    repo.prode(&["adr", "accept", "5"]).ok();
    assert_eq!(read(&repo, "doc/adr/0005-five.md"), two.replacen("Proposed", "Accepted", 1));
    repo.prode(&["adr", "link", "5", "amends", "3"]).ok();
    let text = read(&repo, "doc/adr/0005-five.md");
    assert!(text.contains("Accepted\n\nAmends [3. Three](0003-three.md)\n\n## Context"), "{text}");
    assert!(text.ends_with("## Status\n\nRejected\n"), "{text}");
}

#[test]
fn a_folder_where_a_file_should_be_is_no_decision_and_stays() {
    let repo = log();
    repo.write("doc/adr/0004-x.md/inner.md", "# Inner\n");
    repo.prode(&["adr", "list"]).ok();
    let before = repo.snapshot();
    repo.prode(&["adr", "new", "X"]).fails(1).warns("0004-x.md' is not a regular file");
    repo.prode(&["adr", "accept", "doc/adr/0004-x.md"]).fails(1).warns("0004-x.md");
    assert_eq!(repo.snapshot(), before);
    repo.prode(&["adr", "new", "Y"]).ok().says("doc/adr/0004-y.md");
}

#[test]
fn decisions_that_replace_each_other_in_a_circle_do_no_harm() {
    let repo = TestRepo::new();
    let by = |number: u32| format!("Superseded by [{number}. X](000{number}-x.md)");
    for (number, next) in [(1, 2), (2, 3), (3, 1)] {
        repo.write(format!("adr/000{number}-x.md"), nygard(number, "X", &by(next)));
    }
    repo.write("adr/0004-y.md", nygard(4, "Y", "Accepted"));
    assert_eq!(repo.prode(&["adr", "list", "--json"]).ok().json()["total"], 4);
    let before = repo.snapshot();
    repo.prode(&["adr", "supersede", "1", "4"]).fails(1).warns("is superseded already");
    repo.prode(&["adr", "supersede", "4", "1"]).fails(1).warns("is superseded, so it replaces");
    repo.prode(&["adr", "toc"]).ok();
    assert_eq!(repo.snapshot(), before);
    repo.prode(&["adr", "renumber", "2", "7"]).ok();
    assert!(read(&repo, "adr/0001-x.md").contains("Superseded by [7. X](0007-x.md)"));
}

#[test]
fn front_matter_that_is_a_list_is_left_alone() {
    let repo = log();
    let odd = "---\n- status\n- accepted\n---\n\n# 4. Four\n\n## Status\n\nProposed\n\n## Context\n\nA.\n\n## Decision\n\nB.\n";
    repo.write("doc/adr/0004-four.md", odd);
    repo.prode(&["adr", "accept", "4"]).ok();
    assert_eq!(read(&repo, "doc/adr/0004-four.md"), odd.replace("Proposed", "Accepted"));
    let broken = madr("Five", "proposed").replace("date:", "date: [");
    repo.write("doc/adr/0005-five.md", &broken);
    repo.prode(&["adr", "list"]).ok().says("0005-five.md");
    let run = repo.prode(&["adr", "accept", "5"]);
    let now = read(&repo, "doc/adr/0005-five.md");
    // Either it is refused with its reason, or only status and date changed.
    match run.code() {
        Some(0) => assert!(now.ends_with(&broken[broken.find("\n---\n").unwrap()..]), "{now}"),
        code => assert_eq!((code, now), (Some(1), broken), "{}", run.stderr()),
    }
}

#[test]
fn one_log_of_five_formats_changes_each_in_its_own() {
    let repo = TestRepo::new();
    repo.write("adr/0001-a.md", nygard(1, "A", "Proposed"))
        .write("adr/0002-b.md", madr("B", "proposed"))
        .write("adr/20260102-c.md", "# C\n\n- Status: proposed\n- Date: 2026-01-02\n\n## Context and Problem Statement\n\nX.\n\n## Decision Outcome\n\nY.\n")
        .write("adr/decision-4 - D.md", "---\nid: decision-4\ntitle: D\nstatus: proposed\n---\n## Context\n\nX.\n\n## Decision\n\nY.\n")
        .write("adr/0005-e.md", "# 5. E\n\n| Status | Proposed |\n|---|---|\n\n## Context\n\nX.\n\n## Decision\n\nY.\n");
    for decision in ["1", "2", "adr/20260102-c.md", "4", "5"] {
        repo.prode(&["adr", "accept", decision]).ok();
    }
    let list = repo.prode(&["adr", "list", "--json"]).ok().json();
    let all = list["decisions"].as_array().unwrap();
    assert!(all.len() == 5 && all.iter().all(|it| it["status"] == "accepted"), "{list:#}");
    repo.prode(&["adr", "new", "F"]).ok().says("adr/0006-f.md");
    for other in ["2", "adr/20260102-c.md", "4", "5"] {
        repo.prode(&["adr", "link", "1", "relates to", other]).ok();
    }
    repo.prode(&["lint", "--rule", "link-broken"]).ok();
}

#[test]
fn an_amendment_only_adds_and_stands_below_what_was_accepted() {
    let repo = log();
    repo.git(&["checkout", "-q", "-b", "work"]);
    // Somebody's hand was in the file: its words are not prode's to mend.
    let edited =
        format!("{}\n### More\n\nBy hand.", nygard(1, "One", "Accepted")).replace("Why.", "Who.");
    repo.write("doc/adr/0001-one.md", &edited);
    let others = repo.snapshot();
    repo.prode(&["adr", "amend", "1", "--reason", "Holds for the API | archive too"]).ok();
    let once = read(&repo, "doc/adr/0001-one.md");
    assert!(once.starts_with(&edited), "{once}");
    assert!(once[edited.len()..].starts_with("\n\n## Amendments\n\n- 20"), "{once}");
    repo.prode(&["adr", "amend", "1", "--reason", "And more"]).ok();
    let twice = read(&repo, "doc/adr/0001-one.md");
    assert!(twice.starts_with(&once) && twice.len() > once.len(), "{twice}");
    let mut now = repo.snapshot();
    for (path, bytes) in others {
        if !path.ends_with("0001-one.md") && now.contains_key(&path) {
            let same = now.remove(&path).unwrap() == bytes;
            assert!(same || path.to_string_lossy().contains("git"), "{}", path.display());
        }
    }
    // What a hand changed is found still, the amendments are not.
    let path = RepoPath::new("doc/adr/0001-one.md").unwrap();
    let accepted = nygard(1, "One", "Accepted");
    let found = compare((&path, accepted.as_bytes()), (&path, twice.as_bytes())).unwrap();
    assert_eq!((found.gone.as_deref(), found.came.as_deref()), (Some("Why."), Some("Who.")));
    assert_eq!(compare((&path, edited.as_bytes()), (&path, twice.as_bytes())), None);
}

#[test]
fn an_amendment_goes_into_the_section_that_a_hand_moved() {
    let repo = log();
    let moved = format!(
        "{}\n## Amendments\n\n* 2026-02-03: first\n\n## Notes\n\nLater.\n",
        nygard(1, "One", "Accepted")
    );
    let moved = moved.replace('\n', "\r\n");
    repo.write("doc/adr/0001-one.md", &moved);
    repo.prode(&["adr", "amend", "1", "--reason", "second"]).ok();
    let now = read(&repo, "doc/adr/0001-one.md");
    let (before, after) = moved.split_at(moved.find("\r\n\r\n## Notes").unwrap());
    assert!(now.starts_with(before) && now.ends_with(after), "{now}");
    assert!(now[before.len()..].starts_with("\r\n* 20"), "{now}");
    for reason in ["", " \n "] {
        repo.prode(&["adr", "amend", "1", "--reason", reason])
            .fails(1)
            .warns("the reason is empty");
    }
    repo.prode(&["adr", "amend", "1"]).fails(2).warns("--reason");
    assert_eq!(read(&repo, "doc/adr/0001-one.md"), now);
}

#[test]
fn an_amendment_is_never_swallowed_by_what_is_open_above_it() {
    let repo = log();
    for open in ["```sh\nrun it\n", "<!-- not done\n"] {
        let text = format!("{}\n{open}", nygard(1, "One", "Accepted"));
        repo.write("doc/adr/0001-one.md", &text);
        let refused = repo.prode(&["adr", "amend", "1", "--reason", "x"]).fails(1);
        refused.warns("ends inside a code block or a comment").warns("close");
        assert_eq!(read(&repo, "doc/adr/0001-one.md"), text);
    }
}
