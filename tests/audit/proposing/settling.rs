//! What a branch settles, and that exactly that is gone after its merge.

use super::{branch, findings, ids, of, page, proposed, refs, rotten, rotten_with, statuses, tip};
use crate::support::TestRepo;

#[test]
fn without_the_flag_no_ref_moves() {
    let repo = rotten();
    let before = refs(&repo);
    repo.prode(&["audit"]).ok();
    assert_eq!(refs(&repo), before);
}

#[test]
fn each_owner_gets_one_branch_and_its_merge_settles_exactly_what_it_names() {
    let repo = rotten();
    let trunk = tip(&repo, "main");
    let before = findings(&repo);
    let files = repo.git(&["status", "--porcelain"]);
    let answer = proposed(&repo, &[]);
    let made = [("human:bob", "made"), ("team-a", "made")];
    assert_eq!(statuses(&answer), made.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    assert_eq!((tip(&repo, "main"), repo.git(&["status", "--porcelain"])), (trunk.clone(), files));
    let team = of(&answer, "team-a");
    let settled = ids(&team["settled"]);
    let told: Vec<String> = team["settled"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!(
                "{} {} {}",
                it["path"].as_str().unwrap(),
                it["signal"].as_str().unwrap(),
                it["how"].as_str().unwrap()
            )
        })
        .collect();
    for wanted in [
        "wiki/drift.md drifted stamped",
        "wiki/edited.md edited_since_review stamped",
        "wiki/overdue.md overdue stamped",
        "wiki/links.md broken mended",
        "wiki/old.md superseded archived",
        "wiki/archived.md superseded unlinked",
        "adr/0001-queue.md overdue stamped",
    ] {
        assert!(told.iter().any(|it| it == wanted), "{wanted} in {told:#?}");
    }
    assert!(!told.iter().any(|it| it.contains("dead.md")), "{told:?}");
    assert_eq!(tip(&repo, &format!("{}^", branch("team-a"))), trunk);
    repo.git(&["merge", "-q", "--no-ff", "-m", "merged", &branch("team-a")]);
    let after = findings(&repo);
    let gone: std::collections::BTreeSet<_> = before.difference(&after).cloned().collect();
    assert_eq!(gone, settled);
    let new: Vec<_> = after.difference(&before).collect();
    assert!(new.is_empty(), "{new:#?}");
    let others = ids(&of(&answer, "human:bob")["settled"]);
    repo.git(&["merge", "-q", "--no-ff", "-m", "merged", &branch("human%3Abob")]);
    let last = findings(&repo);
    assert_eq!(after.difference(&last).cloned().collect::<std::collections::BTreeSet<_>>(), others);
    assert!(last.is_subset(&after));
}

#[test]
fn what_needs_a_person_is_left_with_the_reason() {
    let repo = rotten();
    let answer = proposed(&repo, &[]);
    let left = of(&answer, "team-a")["left"].as_array().unwrap().clone();
    let why = |path: &str, signal: &str| {
        let it = left.iter().find(|it| it["path"] == path && it["signal"] == signal);
        it.unwrap_or_else(|| panic!("{path} {signal} in {left:#?}"))["why"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(why("wiki/dead.md", "broken"), "an edit settles it");
    assert!(why("wiki/dead.md", "overdue").contains("an edit comes first"));
    let unowned = answer["unowned"].as_array().unwrap();
    assert!(unowned.iter().all(|it| it["path"] == "wiki/lost.md"), "{unowned:?}");
    assert!(!unowned.is_empty());
    repo.prode(&["audit", "--propose"]).ok().says("without anybody to ask");
}

#[test]
fn what_is_written_is_what_the_commands_would_write() {
    let repo = rotten();
    proposed(&repo, &[]);
    let show = |path: &str| repo.git(&["show", &format!("{}:{path}", branch("team-a"))]);
    assert!(show("wiki/old.md").contains("status: archived\narchived: replaced by wiki/new.md\n"));
    assert!(show("wiki/links.md").contains("[d](drift.md) and [o](new.md)."));
    assert!(show("wiki/overdue.md").contains("See [it](new.md)."));
    let stamp = format!("reviewed: {{by: team-a, at: {}, body: sha256:", super::today());
    for path in ["wiki/drift.md", "wiki/edited.md", "wiki/links.md", "wiki/overdue.md"] {
        assert!(show(path).contains(&stamp), "{path}: {}", show(path));
    }
    assert!(show(".prode/reviews.yaml").contains("adr/0001-queue.md: {by: team-a"));
    assert!(!show("wiki/dead.md").contains("team-a, at"));
    let who = repo.git(&["log", "-1", "--format=%an %ae %cn", &branch("team-a")]);
    assert_eq!(who.trim(), "prode process@prode.invalid prode");
}

#[test]
fn an_owners_cap_holds_and_what_hangs_together_is_taken_whole() {
    let repo = rotten_with("audit: {cap: 3}\n");
    let before = findings(&repo);
    let answer = proposed(&repo, &[]);
    let settled = ids(&of(&answer, "team-a")["settled"]);
    assert!(!settled.is_empty() && settled.len() <= 3, "{settled:?}");
    let left = of(&answer, "team-a")["left"].as_array().unwrap().clone();
    assert!(left.iter().any(|it| it["why"] == "one proposal settles 3 at most (audit.cap)"));
    repo.git(&["merge", "-q", "--no-ff", "-m", "merged", &branch("team-a")]);
    let after = findings(&repo);
    assert_eq!(
        before.difference(&after).cloned().collect::<std::collections::BTreeSet<_>>(),
        settled
    );
    assert!(after.is_subset(&before), "{:#?}", after.difference(&before).collect::<Vec<_>>());
}

#[test]
fn ten_pages_that_are_stamped_at_once_were_each_looked_at() {
    let repo = TestRepo::new();
    for at in 0..12 {
        repo.write(
            format!("wiki/p{at}.md"),
            page("team-a", super::OLD, &format!("Page number {at} of them all")),
        );
    }
    repo.write("prode.yaml", format!("trunk: main\naudit: {{cap: 20}}\n{}", super::PEOPLE));
    repo.commit_at("pages", "2026-01-02T12:00:00Z");
    let settled = ids(&of(&proposed(&repo, &[]), "team-a")["settled"]);
    assert!(settled.iter().filter(|it| it[2] == "overdue").count() == 12, "{settled:?}");
    repo.git(&["merge", "-q", "--no-ff", "-m", "merged", &branch("team-a")]);
    assert!(findings(&repo).iter().all(|it| it[2] != "overdue"));
}

#[test]
fn only_the_owners_that_are_named_get_theirs_and_it_is_the_same_branch() {
    let repo = rotten();
    let one = proposed(&repo, &["--owner", "@org/payments"]);
    assert_eq!(statuses(&one).keys().collect::<Vec<_>>(), ["team-a"]);
    assert!(one["unowned"].as_array().unwrap().is_empty());
    let before = tip(&repo, &branch("team-a"));
    let all = proposed(&repo, &[]);
    assert_eq!(of(&all, "team-a")["status"], "same");
    assert_eq!(tip(&repo, &branch("team-a")), before);
}
