//! Names of owners as branches, in real Git.

use super::{of, page, proposed, refs, tip};
use crate::support::TestRepo;

#[test]
fn every_owner_has_a_branch_of_their_own_whatever_they_are_called() {
    let repo = TestRepo::new();
    let owners = [
        "@team/pay ments",
        "@team/pay-ments",
        "@team",
        "team",
        "Team.lock",
        "a..b",
        "x/y",
        "x+y",
        "x",
        "über",
        "x~y^z:?*[w",
        "-x",
    ];
    for (at, owner) in owners.iter().enumerate() {
        let owner = serde_json::Value::from(*owner).to_string();
        repo.write(
            format!("wiki/p{at}.md"),
            page(&owner, super::OLD, &format!("Page {at}\n\nOnly {at}.")),
        );
    }
    repo.commit_at("pages", "2026-01-02T12:00:00Z");
    let answer = proposed(&repo, &[]);
    let all = answer["proposals"].as_array().unwrap();
    assert_eq!(all.len(), owners.len(), "{all:#?}");
    for it in all {
        assert_eq!(it["status"], "made");
        assert_eq!(tip(&repo, it["branch"].as_str().unwrap()), it["commit"].as_str().unwrap());
    }
    let refs = refs(&repo);
    assert_eq!(refs.matches("refs/heads/prode/audit/").count(), owners.len(), "{refs}");
    let again = proposed(&repo, &[]);
    assert!(again["proposals"].as_array().unwrap().iter().all(|it| it["status"] == "same"));
}

#[test]
fn one_owner_under_several_names_has_one_branch() {
    let repo = TestRepo::new();
    repo.write("prode.yaml", format!("trunk: main\n{}", super::PEOPLE));
    for (at, owner) in ["human:ada", "'@ada'", "ada@example.org", "'@Ada'"].iter().enumerate() {
        repo.write(
            format!("wiki/p{at}.md"),
            page(owner, super::OLD, &format!("Page {at}\n\nOnly {at}.")),
        );
    }
    repo.commit_at("pages", "2026-01-02T12:00:00Z");
    let answer = proposed(&repo, &[]);
    assert_eq!(answer["proposals"].as_array().unwrap().len(), 1, "{answer:#}");
    let overdue = of(&answer, "human:ada")["settled"].as_array().unwrap().iter();
    assert_eq!(overdue.filter(|it| it["signal"] == "overdue").count(), 4);
}

/// The address stands in the page already; its branch and what is said of it do not repeat it.
#[test]
fn an_address_is_in_no_branchs_name() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", page("eve@corp-mail.net", super::OLD, "A"));
    repo.write("CODEOWNERS", "/wiki/ eve@corp-mail.net\n");
    repo.commit_at("pages", "2026-01-02T12:00:00Z");
    let answer = proposed(&repo, &[]);
    let branch = answer["proposals"][0]["branch"].as_str().unwrap().to_owned();
    assert!(branch.contains("%%") && !branch.contains("corp"), "{branch}");
    let words = repo.git(&["log", "-1", "--format=%B", &branch]);
    assert!(!words.contains("eve@"), "{words}");
}
