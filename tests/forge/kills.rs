//! The program is killed at each step of a promotion and run again: one branch,
//! one pull request, one record.

use std::process::Stdio;

use super::{CAUSE, Team, branch};
use crate::support::forge::{Fault, Kind, Step};

/// Where it stands when it is killed.
const STEPS: &[(&str, Step, Fault)] = &[
    ("after the push, before anything is asked", Step::Any, Fault::HoldBefore),
    ("after the look, before it is opened", Step::Create, Fault::HoldBefore),
    ("after it was opened", Step::Create, Fault::HoldAfter),
    ("after the label", Step::Label, Fault::HoldAfter),
    ("after reviews were asked for, before the record", Step::Ask, Fault::HoldAfter),
];

fn of_forge(kind: Kind) {
    println!("| forge | killed | branches | pull requests | records | exit of the next run |");
    println!("|---|---|---|---|---|---|");
    let team = Team::asking(kind);
    for (at, (name, step, fault)) in STEPS.iter().enumerate() {
        let id = team.learning(&format!("{CAUSE}For the time number {at}."));
        team.forge.fail(*step, *fault);
        let command = &mut team.command(&["promote", &id]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        team.forge.wait_held();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(team.records(&id), 0, "{name}");
        let code = team.prode(&["promote", &id]).code().unwrap();
        let again = team.prode(&["promote", &id]).ok().stdout().to_owned();
        assert!(again.contains("unchanged"), "{name}: {again}");
        let refs = team.server.git(&["for-each-ref", "--format=%(refname:short)"]);
        let branches = refs.lines().filter(|it| *it == branch(&id)).count();
        let (pulls, records) = (team.pulls(&id), team.records(&id));
        let forge = kind.name();
        println!("| {forge} | {name} | {branches} | {} | {records} | {code} |", pulls.len());
        assert_eq!((branches, pulls.len(), records, code), (1, 1, 1, 0), "{name}");
        assert_eq!(pulls[0].labels, ["memory"], "{name}");
    }
    team.forge.is_sound();
}

on_each_forge!(of_forge);
