//! An approval is used once, and what happened is written down.

use std::sync::atomic::{AtomicUsize, Ordering};

use prode::hint::{ErrorKind, Helpful};
use prode::ops::approvals;
use prode::ops::ledger;

use super::team::Team;

fn approved(team: &Team) -> ledger::Asked {
    let asked = team.asked();
    team.store(&team.signed("grace", team.statement("grace", &asked)));
    asked
}

#[test]
fn of_many_at_once_one_uses_it() {
    let team = Team::new();
    let asked = approved(&team);
    let (used, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for n in 0..4 {
            let (workspace, asked, used, refused) = (team.workspace(), &asked, &used, &refused);
            scope.spawn(move || {
                match ledger::use_up(&workspace, std::slice::from_ref(asked), &format!("by {n}")) {
                    Ok(decided) => {
                        assert_eq!(decided[0].label(), "weak");
                        used.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(error) => {
                        assert_eq!(error.kind(), ErrorKind::Waiting, "{error}");
                        assert!(error.to_string().contains("(used)"), "{error}");
                        refused.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert_eq!((used.into_inner(), refused.into_inner()), (1, 3));
    let marks = team.repo.git(&["ls-tree", "--name-only", "refs/prode/approvals:used"]);
    assert_eq!(marks.lines().count(), 1);
    let log = team.repo.prode(&["approvals", "verify", "--json"]).ok().json();
    assert_eq!(log["chains"][0]["entries"], 4);
    assert_eq!(log["chains"][0]["broken"], serde_json::Value::Null);
}

#[test]
fn of_several_subjects_all_are_used_or_none() {
    let team = Team::new();
    let merge = approved(&team);
    let request = team.request();
    let both = [merge.clone(), request];
    let error = ledger::use_up(&team.workspace(), &both, "both").unwrap_err();
    assert!(error.to_string().contains("production-write"), "{error}");
    assert!(team.decided(&merge).decision.is_approved(), "the first was not used either");
}

#[test]
fn a_team_of_one_is_allowed_by_the_trunk_and_labelled() {
    let team = Team::with("  merge: {self: true, who: signers}\n");
    let asked = team.asked();
    team.store(&team.signed("ada", team.statement("ada", &asked)));
    let decided = team.decided(&asked);
    assert!(decided.decision.is_approved());
    assert_eq!(decided.label(), "weak, self");
    let listed = team.repo.prode(&["approvals", "list"]).ok();
    assert!(listed.stdout().contains("weak, self"), "{}", listed.stdout());
}

#[test]
fn two_people_are_two_people() {
    let team = Team::with("  merge: {count: 2}\n");
    let asked = approved(&team);
    let one = team.decided(&asked);
    assert_eq!(one.decision.missing[0].to_string(), "1 of 2 approvals are there");
    team.store(&team.signed("alan", team.statement("alan", &asked)));
    assert!(team.decided(&asked).decision.is_approved());
}

#[test]
fn a_change_of_the_policy_is_approved_by_the_old_one() {
    let team = Team::new();
    let line = format!("mallory@example.org {}\n", team.public("mallory"));
    team.branch("newcomer", ".prode/allowed_signers", &(team.signers() + &line));
    let workspace = team.workspace();
    let reviewed = workspace.reviewed().unwrap();
    let named = approvals::Named::Revision("newcomer");
    let asked = approvals::resolve(&workspace, &reviewed, named, Some("policy")).unwrap();
    let git = workspace.repository().unwrap();
    let needed = ledger::actions_of(git, &reviewed, &asked).unwrap();
    let names: Vec<&str> = needed.iter().map(prode::approval::Action::name).collect();
    assert_eq!(names, ["merge", "policy"]);
    team.store(&team.signed("mallory", team.statement("mallory", &asked)));
    assert!(!team.decided(&asked).decision.is_approved());
    team.store(&team.signed("alan", team.statement("alan", &asked)));
    assert!(team.decided(&asked).decision.is_approved());
}

#[test]
fn settings_that_are_no_policy_need_no_approval_of_one() {
    let team = Team::new();
    let settings = team.repo.git(&["show", "main:prode.yaml"]);
    let needed = |more: &str| {
        team.branch("settings", "prode.yaml", &format!("{settings}\n{more}"));
        let workspace = team.workspace();
        let reviewed = workspace.reviewed().unwrap();
        let named = approvals::Named::Revision("settings");
        let asked = approvals::resolve(&workspace, &reviewed, named, None).unwrap();
        ledger::actions_of(workspace.repository().unwrap(), &reviewed, &asked).unwrap().len()
    };
    assert_eq!(needed("routing: {budget: 3000}\n"), 1);
    assert_eq!(needed("  merge: {count: 3}\n"), 2);
}

#[test]
fn what_is_not_approved_says_what_to_type() {
    let team = Team::new();
    let asked = team.asked();
    let error = team.decided(&asked).approved(&asked).unwrap_err();
    assert_eq!(
        error.to_string(),
        "'prode/promote/queue' is not approved for 'merge': 0 of 1 approvals are there; nobody \
         approved who answers for 'wiki/queue.md' (@org/sre)"
    );
    assert_eq!(error.hints(), ["prode approve prode/promote/queue"]);
}
