//! What one process keeps open from one ticket to the next is never older than
//! the trunk and the settings of the moment.

use std::collections::BTreeMap;

use prode::clock::Clock;
use prode::config::Environment;
use prode::ops::triage::{Desk, Given, Options as Wanted};
use prode::triage::run::Run;
use prode::workspace::{Options, Workspace};
use serde_json::Value;

use super::team::{Team, page, ticket};

fn workspace(team: &Team) -> Workspace {
    let path = team.repo.path().to_path_buf();
    Workspace::open(Options {
        repo: Some(path.clone()),
        current: path,
        overrides: Vec::new(),
        environment: Environment::default(),
        clock: Clock::system(),
    })
    .unwrap()
}

/// A ticket of its own name, worked on at the desk.
fn work(desk: &mut Desk<'_>, name: &str) -> Run {
    let mut ticket = ticket();
    ticket["identifier"] = Value::from(name);
    ticket["title"] = Value::from("Checkout answers 500 for KUNDE-4711");
    let ticket = Given::Text { text: ticket.to_string(), source: "file".to_owned() };
    let mut seen = None;
    let wanted = Wanted {
        ticket,
        mode: None,
        answers: BTreeMap::new(),
        only_answers: false,
        capture: false,
    };
    desk.run(&wanted, &mut |run| seen.replace(run.clone()).is_none()).unwrap();
    seen.unwrap()
}

fn told(run: &Run) -> (String, String) {
    let run = serde_json::to_value(run).unwrap();
    (run["bundle"]["memory"].to_string(), run["handoff"].to_string() + &run["bundle"].to_string())
}

#[test]
fn a_trunk_that_moved_and_a_setting_that_changed_count_from_the_next_ticket_on() {
    let team = Team::new();
    let workspace = workspace(&team);
    let mut desk = Desk::at(&workspace);
    let head = |team: &Team| team.repo.git(&["rev-parse", "--short=7", "HEAD"]).trim().to_owned();
    let first_commit = head(&team);
    let first = told(&work(&mut desk, "ENG-1"));
    assert!(first.0.contains(&first_commit), "{first:?}");
    let again = told(&work(&mut desk, "ENG-2"));
    assert!(again.0.contains(&first_commit), "{again:?}");
    team.repo.write("prode.yaml", "redaction: {patterns: {KUNDE: 'KUNDE-[0-9]{4}'}}\n");
    team.repo.write("wiki/checkout-errors.md", page().replace("# ", "# Now: "));
    team.repo.commit("another page, and another rule");
    let moved = head(&team);
    assert_ne!(moved, first_commit);
    let run = work(&mut desk, "ENG-3");
    let later = told(&run);
    assert!(later.0.contains(&moved) && !later.0.contains(&first_commit), "{later:?}");
    assert!(first.1.contains("KUNDE-4711") && !later.1.contains("KUNDE-4711"), "{later:?}");
    assert_eq!(files_with(&team, &run.run, "KUNDE-4711"), 0);
}

/// How many files of a run's export hold a text.
fn files_with(team: &Team, run: &str, text: &str) -> usize {
    let folder = team.home("export");
    team.repo.prode(&["triage", "export", run, "-o", &folder.display().to_string()]).ok();
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|it| it.file_type().is_file());
    let holds = |path: &std::path::Path| {
        String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains(text)
    };
    files.filter(|it| holds(it.path())).count()
}
