//! A number that two branches took.

use prode::clock::Clock;
use prode::config::Environment;
use prode::ops::adr::collisions;
use prode::workspace::{Options, Workspace};

use crate::support::TestRepo;

fn found(repo: &TestRepo) -> Vec<(String, String)> {
    let workspace = Workspace::open(Options {
        repo: None,
        current: repo.path().to_owned(),
        overrides: Vec::new(),
        environment: Environment::default(),
        clock: Clock::at("2026-11-25T00:00:00Z".parse().unwrap()),
    });
    let findings = collisions::run(&workspace.unwrap(), "main").unwrap();
    findings.into_iter().map(|it| (it.path, it.message)).collect()
}

fn decide(repo: &TestRepo, name: &str) {
    repo.write(
        format!("adr/{name}.md"),
        format!("# {name}\n\n## Status\n\nAccepted\n\n## Decision\n"),
    );
    repo.commit(name);
}

#[test]
fn a_number_taken_elsewhere_is_found_on_both_sides_until_it_is_renamed() {
    let repo = TestRepo::new();
    decide(&repo, "0001-a");
    repo.git(&["checkout", "-q", "-b", "one"]);
    decide(&repo, "0002-mine");
    assert_eq!(found(&repo), []);
    repo.git(&["checkout", "-q", "main"]);
    decide(&repo, "0002-theirs");
    assert_eq!(found(&repo), [], "the trunk looks at nothing that is new in it");
    repo.git(&["checkout", "-q", "one"]);
    let expected =
        ("adr/0002-mine.md".to_owned(), "number 2 is 'adr/0002-theirs.md' in 'main'".to_owned());
    assert_eq!(found(&repo), std::slice::from_ref(&expected));
    repo.rename("adr/0002-mine.md", "adr/0003-mine.md");
    repo.commit("renumbered");
    assert_eq!(found(&repo), []);
    repo.git(&["checkout", "-q", "-b", "two", "main"]);
    decide(&repo, "0003-other");
    let other =
        ("adr/0003-other.md".to_owned(), "number 3 is 'adr/0003-mine.md' in 'one'".to_owned());
    assert_eq!(found(&repo), [other], "two branches that are not merged find each other");
    repo.git(&["checkout", "-q", "one"]);
    repo.git(&["merge", "-q", "--no-edit", "main"]);
    assert_eq!(found(&repo).len(), 1, "only the other branch's");
}
