//! Procedures that routed a ticket, as a pull request lists them.

use prode::clock::Clock;
use prode::config::Environment;
use prode::ops::triage::sop::checklists;
use prode::workspace::{Options, Workspace};

use super::{House, PLACE};

#[test]
fn a_procedure_is_listed_once_at_its_version_and_nothing_else_is() {
    let house = House::new();
    let path = house.repo.path().to_owned();
    let workspace = Workspace::open(Options {
        repo: Some(path.clone()),
        current: path,
        overrides: Vec::new(),
        environment: Environment::default(),
        clock: Clock::system(),
    })
    .unwrap();
    let commit = house.repo.git(&["rev-parse", "main"]);
    let cites = [
        format!("{PLACE}#gate-2-implementation@{commit}"),
        format!("{PLACE}@{commit}"),
        format!("wiki/index.md@{commit}"),
        format!("wiki/gone.md@{commit}"),
        format!("{PLACE}@{}", "0".repeat(40)),
        "no citation".to_owned(),
    ];
    let listed = checklists(&workspace, cites.iter().map(String::as_str));
    let gates = [
        "Gate 1: Design review",
        "Gate 2: Implementation",
        "Gate 3: Testing",
        "Gate 4: Pull request",
    ];
    assert_eq!(listed, [(format!("{PLACE}@{commit}"), gates.map(str::to_owned).to_vec())]);
}
