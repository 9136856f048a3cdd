//! No door leads around the person: no option, variable or setting, no pipe,
//! no other command and no tool of the MCP server.

use std::path::Path;
use std::process::Stdio;

use super::team::{BRANCH, Team};
use crate::support::TestRepo;

/// `prode approve` in a session of its own, so without any terminal.
fn without_terminal(team: &Team, args: &[&str], variables: &[(String, String)]) -> (i32, String) {
    let mut command = std::process::Command::new("setsid");
    command.arg("--wait").arg(env!("CARGO_BIN_EXE_prode")).arg("approve").args(args);
    let like = team.repo.prode_command();
    command.env_clear().current_dir(team.repo.path());
    command.envs(like.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    let digest = team.asked().subject.digest;
    let digits = &digest["sha256:".len()..][..8];
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("setsid is there");
    let mut stdin = child.stdin.take().unwrap();
    // What a person would type, and every other yes, come through the pipe.
    let typed = format!("{digits}\nyes\ny\nmerge\n");
    drop(std::io::Write::write_all(&mut stdin, typed.as_bytes()));
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), stderr)
}

#[test]
fn a_pipe_is_no_person() {
    let team = Team::new();
    let (code, said) = without_terminal(&team, &[BRANCH], &[]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("nobody is at a terminal"), "{said}");
    let (code, said) = without_terminal(&team, &[BRANCH, "--json"], &[]);
    assert_eq!(code, 4, "{said}");
    let error: serde_json::Value = serde_json::from_str(said.trim()).unwrap();
    assert_eq!(error["kind"], "waiting");
    assert!(
        team.repo.try_git(&["rev-parse", "--verify", "refs/prode/approvals"]).stdout.is_empty()
    );
}

/// Every variable that the source names, and those that a tester would try.
fn every_variable() -> Vec<(String, String)> {
    let name = regex::Regex::new(r"\b(?:PRODE|SSH|GIT|CI|TEST|RUST)_[A-Z_]+\b").unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let sources = files.filter(|file| file.path().extension().is_some_and(|it| it == "rs"));
    let texts = sources.map(|file| std::fs::read_to_string(file.path()).unwrap());
    let mut names: Vec<String> = texts
        .flat_map(|text| name.find_iter(&text).map(|it| it.as_str().to_owned()).collect::<Vec<_>>())
        .collect();
    let tried = ["YES", "ASSUME_YES", "NO_TTY", "TEST", "APPROVE", "APPROVALS__MERGE", "FORCE"];
    names.extend(tried.map(|name| format!("PRODE_{name}")));
    names.push("CI".to_owned());
    names.sort();
    names.dedup();
    // These break Git or the settings themselves, which is another refusal.
    names.retain(|name| !name.starts_with("GIT_") && name != "PRODE_CONFIG");
    names.into_iter().map(|name| (name, "1".to_owned())).collect()
}

/// Every option that help names, alone or with a value.
fn every_option() -> Vec<Vec<String>> {
    let help = TestRepo::no_repository().prode(&["approve", "--help"]).ok();
    let option = regex::Regex::new(r"--([a-z][a-z-]+)( <)?").unwrap();
    let found = option.captures_iter(help.stdout()).map(|hit| {
        let name = format!("--{}", &hit[1]);
        if hit.get(2).is_some() { vec![name, "1".to_owned()] } else { vec![name] }
    });
    found.filter(|words| words[0] != "--help").collect()
}

#[test]
fn no_variable_and_no_option_stands_for_a_person() {
    let team = Team::new();
    let variables = every_variable();
    assert!(variables.len() > 8, "{variables:?}");
    let (code, said) = without_terminal(&team, &[BRANCH], &variables);
    assert_eq!(code, 4, "{said}");
    let options = every_option();
    let names: Vec<&str> = options.iter().map(|words| words[0].as_str()).collect();
    assert!(names.contains(&"--action") && names.contains(&"--key"), "{names:?}");
    for telling in ["--yes", "--force", "--no-verify", "--batch", "--password"] {
        assert!(!names.contains(&telling), "{telling}");
    }
    for words in &options {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (code, said) =
            without_terminal(&team, &[&[BRANCH], words.as_slice()].concat(), &variables);
        // A wrong value of an option may be refused before.
        assert!([2, 4].contains(&code), "{words:?}: {code} {said}");
    }
    assert!(
        team.repo.try_git(&["rev-parse", "--verify", "refs/prode/approvals"]).stdout.is_empty()
    );
}

#[test]
fn only_the_command_line_asks_a_person() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut makers = Vec::new();
    let mut people = Vec::new();
    for file in walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap) {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let name = file.path().strip_prefix(&folder).unwrap().display().to_string();
        if text.contains("approvals::approve(") {
            makers.push(name.clone());
        }
        if text.contains("Person for") {
            people.push(name);
        }
    }
    assert_eq!(makers, ["cli/commands/approve.rs"]);
    assert_eq!(people, ["cli/terminal.rs"]);
}

#[test]
fn nothing_in_the_program_is_switched_on_for_tests() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(top.join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let features: Vec<&String> = manifest["features"].as_table().unwrap().keys().collect();
    assert_eq!(features, ["default", "otlp"], "a feature could hold a door");
    for file in walkdir::WalkDir::new(top.join("src")).into_iter().map(Result::unwrap) {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let is_told = file.path().starts_with(top.join("src/telemetry"));
        assert!(is_told || !text.contains("feature = "), "{}", file.path().display());
    }
    for room in
        ["cli/terminal.rs", "cli/commands/approve.rs", "ops/approvals", "signing", "program.rs"]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
        for file in walkdir::WalkDir::new(path).into_iter().map(Result::unwrap) {
            let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
            for sign in ["cfg!(", "debug_assertions", "cfg(not(test))", "env::var", "option_env"] {
                assert!(!text.contains(sign), "{}: {sign}", file.path().display());
            }
        }
    }
}
