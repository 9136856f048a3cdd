//! The skill walked by its own commands, and the recorded walk of the guide: both
//! are run as they are written, on the four examples.

use std::fs;
use std::process::Command;

use regex::Regex;
use serde_json::Value;

use crate::support::{TestRepo, hermetic};

const SKILL: &str = include_str!("../../skills/prode-triage/SKILL.md");
const GUIDE: &str = include_str!("../../wiki/triage-walk.md");

/// Each example and how its run ends.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("backend-500", "pr", "closed"),
    ("queue-saturation", "handoff", "handed-off"),
    ("data-state", "pr", "waiting"),
    ("expected-aborts", "stop", "stopped"),
];

/// A repository with an example's pages and ticket; programs of the user's side
/// that answer what was recorded.
pub(crate) fn laid_out(example: &str) -> TestRepo {
    let repo = TestRepo::new();
    for (key, value) in [("user.name", "Ada"), ("user.email", "ada@example.org")] {
        repo.git(&["config", key, value]);
    }
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/ops/triage/examples")
        .join(example);
    let files = |folder: &str| {
        let all = fs::read_dir(from.join(folder)).unwrap().map(|it| it.unwrap().path());
        let mut all: Vec<_> = all.collect();
        all.sort();
        all
    };
    for page in files("memory") {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        repo.write(format!("wiki/{name}"), fs::read(&page).unwrap());
    }
    repo.commit_at("memory", "2026-11-01T08:00:00Z");
    repo.write("ticket.json", fs::read(from.join("ticket.json")).unwrap());
    let mut settings = "specialists:\n".to_owned();
    for output in files("outputs") {
        let name = output.file_stem().unwrap().to_string_lossy().into_owned();
        let place = repo.home().join(format!("{name}.json"));
        fs::copy(&output, &place).unwrap();
        settings.push_str(&format!("  {name}: {{program: [/bin/cat, {}]}}\n", place.display()));
    }
    let config = repo.home().join(".config/prode/config.yaml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    fs::write(config, settings).unwrap();
    repo
}

/// What a line prints, run as somebody types it.
fn typed(repo: &TestRepo, line: &str) -> (String, i32) {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_prode")).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let mut command: Command = hermetic("/bin/sh", &repo.home());
    let output =
        command.args(["-c", line]).env("PATH", path).current_dir(repo.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let beside = String::from_utf8_lossy(&output.stderr).into_owned();
    (format!("{said}{beside}"), output.status.code().unwrap())
}

/// The skill's command lines, in its order.
fn commands() -> Vec<String> {
    let mut inside = false;
    let mut all = Vec::new();
    for line in SKILL.lines().map(str::trim) {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            _ if inside && line.starts_with("prode ") => all.push(line.to_owned()),
            _ => {}
        }
    }
    all
}

fn walked(example: &str, decision: &str, phase: &str) {
    let repo = laid_out(example);
    // What no tool reached, as the skill wants it handed in.
    repo.write(
        "answers/vendor.json",
        r#"{"schema": "prode.specialist.output/v1",
        "question": "did a vendor fail?", "gaps": [{"what": "no status page is reachable from here",
        "absence": "not_searched"}]}"#,
    );
    let mut done = 0;
    let mut first = Value::Null;
    for command in commands() {
        let run: Value = fs::read_to_string(repo.path().join("run.json"))
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let cite = run["bundle"]["memory"][0]["cite"].as_str().unwrap_or_default();
        let place = cite.split('@').next().unwrap_or_default();
        let line = command
            .replace("<RUN>", run["run"].as_str().unwrap_or("<RUN>"))
            .replace("<citation> <citation>", cite)
            .replace("<citation>", cite)
            .replace("wiki/page.md#section", place);
        if line.contains("learning.md") {
            repo.write("learning.md", "Look at this first.\n");
        }
        let (said, code) = typed(&repo, &line);
        assert_eq!(code, 0, "{example}: {line}\n{said}");
        done += 1;
        if first == Value::Null && line.contains("> run.json") {
            let text = fs::read_to_string(repo.path().join("run.json")).unwrap();
            first = serde_json::from_str(&text).unwrap();
        }
    }
    println!("{example}: {done} commands of the skill, {decision}, {phase}");
    assert_eq!((&first["decision"], &first["phase"]), (&decision.into(), &phase.into()));
    assert!(done >= 9, "{done}");
}

#[test]
fn the_skill_s_own_commands_take_each_example_to_its_end() {
    for (example, decision, phase) in EXAMPLES {
        walked(example, decision, phase);
    }
}

/// What differs from one run to the next.
fn same(text: &str) -> String {
    let names = [
        (r"R-\d{8}-[0-9a-f]{6}", "R"),
        (r"@[0-9a-f]{12}", "@C"),
        (r"sha256:[0-9a-f]{64}", "D"),
        (r"L-[0-9a-f]{12}", "L"),
    ];
    names.iter().fold(text.to_owned(), |text, (pattern, name)| {
        Regex::new(pattern).unwrap().replace_all(&text, *name).into_owned()
    })
}

#[test]
fn the_recorded_walk_is_what_a_terminal_shows() {
    let name = Regex::new(r"R-\d{8}-[0-9a-f]{6}").unwrap();
    let mut compared = 0;
    for (example, _, _) in EXAMPLES {
        let (_, section) = GUIDE.split_once(&format!("\n## {example}")).expect("it has a section");
        let (_, session) = section.split_once("```console\n").unwrap();
        let (session, _) = session.split_once("\n```").unwrap();
        let repo = laid_out(example);
        let mut last = String::new();
        for part in session.split("$ ").filter(|it| !it.trim().is_empty()) {
            let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
            let command = name.replace_all(command, last.as_str());
            let (said, _) = typed(&repo, &command);
            if let Some(run) = name.find(&said).filter(|it| it.start() == 0) {
                run.as_str().clone_into(&mut last);
            }
            assert_eq!(same(said.trim_end()), same(shown.trim_end()), "{example}: {command}");
            compared += 1;
        }
    }
    println!("{compared} commands print what the guide shows");
    assert!(compared >= EXAMPLES.len() * 2);
}
