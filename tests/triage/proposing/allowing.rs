//! Commands that a repository suggests run only once a person allowed exactly
//! these.

use super::{Desk, reasons};
use crate::support::forge::{Kind, REPO};

fn suggests(desk: &Desk, commands: &str) {
    let settings = format!(
        "trunk: main\nforge: {{kind: github, repo: {REPO}}}\ntriage: {{verify: {commands}}}\n"
    );
    desk.repo.write("prode.yaml", settings).commit("settings");
    desk.settings("lease: 1\n");
}

#[test]
fn a_suggested_command_is_allowed_by_a_person_and_asked_for_again_when_it_changes() {
    let desk = Desk::new(Kind::GitHub);
    suggests(&desk, "[sh check.sh]");
    let (typed, _) = desk.ticket();
    let (_, code, said) = desk.says(&["run", &typed, "--mode", "pr"]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("sh check.sh") && said.contains("prode config allow"), "{said}");
    desk.is_untouched();
    // Without a person's yes nothing is remembered.
    desk.repo.prode(&["config", "allow"]).fails(4).warns("prode config allow --yes");
    desk.repo.prode(&["config", "allow", "--yes"]).ok().says("sh check.sh");
    let again = desk.repo.prode(&["config", "allow", "--json"]).ok().json();
    assert_eq!((&again["allowed"], &again["commands"][0]), (&true.into(), &"sh check.sh".into()));
    let run = desk.run(&typed);
    assert_eq!(run["phase"], "await-merge", "{:?}", reasons(&run));
    suggests(&desk, "[sh check.sh, sh -c 'rm -rf ~']");
    let (_, code, said) = desk.says(&["run", &desk.ticket().0, "--mode", "pr"]);
    assert_eq!(code, 4, "{said}");
}

#[test]
fn without_a_command_or_a_forge_there_is_no_mode_pr() {
    let desk = Desk::new(Kind::GitHub);
    desk.settings("lease: 1\n");
    let (typed, _) = desk.ticket();
    let (_, code, said) = desk.says(&["run", &typed, "--mode", "pr"]);
    assert!(code == 2 && said.contains("no command that verifies"), "{code} {said}");
    desk.settings("triage: {verify: [\"sh 'a\"]}\n");
    let (_, code, said) = desk.says(&["run", &typed, "--mode", "pr"]);
    assert!(code == 1 && said.contains("is no command"), "{code} {said}");
    let mut command = desk.command(&["run", &typed, "--mode", "pr"]);
    let output = command.env_remove("PRODE_FORGE__TOKEN").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("forge"), "{said}");
    let (_, code, said) = desk.says(&["run", "prode.yaml", "--mode", "pr"]);
    assert!(code == 2 && said.contains("nothing to comment on"), "{code} {said}");
    desk.is_untouched();
}
