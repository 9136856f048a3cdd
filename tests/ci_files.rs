//! Files that other people's machines read: the GitHub action and the hooks
//! of pre-commit.com say what the program understands.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::TestRepo;

fn yaml(name: &str) -> Value {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

#[test]
fn the_action_is_composite_and_hands_inputs_over_as_variables() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_array().unwrap();
    for step in steps {
        let script = step["run"].as_str().unwrap();
        assert!(
            step["shell"] == "bash" && !script.contains("${{"),
            "an input is no code: {script}"
        );
        for (_, value) in step["env"].as_object().unwrap() {
            let value = value.as_str().unwrap();
            let named = value.trim_start_matches("${{ inputs.").trim_end_matches(" }}");
            let is_input = value.starts_with("${{ inputs.");
            assert!(!is_input || action["inputs"].get(named).is_some(), "no input {value}");
        }
    }
    let lint = steps.last().unwrap()["run"].as_str().unwrap();
    assert!(lint.contains("prode lint --format github"));
}

#[cfg(unix)]
#[test]
fn the_actions_script_reports_what_a_change_brings() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n\n[old](gone.md)\n");
    let base = repo.commit("before");
    repo.write("wiki/b.md", "# B\n\n[new](no.md)\n").commit("after");
    let action = yaml("action.yml");
    let script = action["runs"]["steps"].as_array().unwrap().last().unwrap()["run"].clone();
    let folder = Path::new(env!("CARGO_BIN_EXE_prode")).parent().unwrap();
    let run = |against: &str| {
        let set = format!("PATH={}:$PATH\n{}", folder.display(), script.as_str().unwrap());
        let mut bash = crate::support::hermetic("bash", &repo.home());
        bash.current_dir(repo.path()).env("AGAINST", against).env("PATHS", "");
        let output = bash.args(["-e", "-o", "pipefail", "-c", &set]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = run(&base);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("::error file=wiki/b.md") && !said.contains("wiki/gone.md"), "{said}");
    let (_, said) = run("");
    assert!(
        said.contains("wiki/gone.md"),
        "with nothing to compare everything is reported: {said}"
    );
    let (_, said) = run("0000000000000000000000000000000000000000");
    assert!(said.contains("wiki/gone.md"), "{said}");
}

#[test]
fn every_hook_of_pre_commit_runs_a_hook_that_there_is() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    // pre-receive runs at a server, where pre-commit.com does not reach.
    let names = prode::ops::hook::HOOKS.iter().map(|row| row.name);
    let known: Vec<_> = names.filter(|name| *name != "pre-receive").collect();
    let hooks = hooks.as_array().unwrap();
    assert_eq!(hooks.len(), known.len());
    for hook in hooks {
        let entry = hook["entry"].as_str().unwrap();
        let name = entry.strip_prefix("prode hook run ").unwrap();
        assert!(known.contains(&name), "{entry}");
        assert_eq!(hook["stages"][0], name);
        assert!(hook["id"].is_string() && hook["name"].is_string() && hook["language"] == "rust");
    }
}
