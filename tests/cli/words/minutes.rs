//! The first ten minutes, typed as the page has them: it shows what is answered.

use std::path::Path;

use crate::support::{TestRepo, hermetic};

const PAGE: &str = include_str!("../../../wiki/first-ten-minutes.md");

/// What is typed in a section and what is shown, by the section's heading.
fn sessions(heading: &str) -> Vec<(String, String)> {
    let below = PAGE.split(&format!("\n## {heading}\n")).nth(1).expect("the section is there");
    let section = below.split("\n## ").next().unwrap();
    let blocks = section.split("```console\n").skip(1).map(|it| it.split("\n```").next().unwrap());
    let typed = |block: &str| {
        let (line, shown) = block.split_once('\n').unwrap();
        (line.strip_prefix("$ ").unwrap().to_owned(), shown.to_owned())
    };
    blocks.map(typed).collect()
}

/// What a line prints in a folder of somebody's.
fn printed(repo: &TestRepo, line: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_prode")).parent().unwrap();
    let mut command = hermetic("bash", &repo.home());
    command.args(["-c", line]).current_dir(repo.path());
    command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", program.display()));
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Ada").env(format!("GIT_{role}_EMAIL"), "a@b.c");
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{line}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// Without what Git says when it makes a repository.
fn of_prode(said: &str) -> String {
    let lines = said.lines().filter(|it| !it.contains("empty Git repository"));
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[test]
fn in_an_empty_repository() {
    let repo = TestRepo::no_repository();
    let sessions = sessions("In an empty repository");
    assert_eq!(sessions.len(), 2);
    for (line, shown) in sessions {
        let line = line.replace("git init &&", "git init -b main &&");
        assert_eq!(of_prode(&printed(&repo, &line)), shown.trim_end(), "{line}");
    }
}

fn with_decisions() -> TestRepo {
    let repo = TestRepo::new();
    let page = |title: &str, more: &str| {
        format!(
            "# {title}\n\n## Status\n\nAccepted\n\n## Context\n\nWhy.{more}\n\n## Decision\n\nThis.\n"
        )
    };
    repo.write("docs/decisions/0001-use-postgres.md", page("Use Postgres", " [Old](gone.md)"))
        .write("docs/decisions/0002-queue-with-sqs.md", page("Queue with SQS", ""));
    repo.commit("decisions");
    repo
}

#[test]
fn with_nothing_but_decisions() {
    let repo = with_decisions();
    let sessions = sessions("With nothing but decisions");
    let (line, shown) = &sessions[0];
    assert_eq!(of_prode(&printed(&repo, line)), shown.trim_end());
    printed(&repo, "prode init --from wiki");
    assert!(repo.path().join("wiki/index.md").exists() && repo.path().join("templates").exists());
}

#[test]
fn is_everything_in_order() {
    let repo = with_decisions();
    let sessions = sessions("Is everything in order?");
    let (line, shown) = &sessions[0];
    // Places, versions and counts differ from one machine to the next; what is looked at does not.
    let looked_at = |text: &str| -> Vec<String> {
        let first = |line: &str| line.split_whitespace().nth(1).map(str::to_owned);
        text.lines().filter(|it| !it.trim_start().starts_with("->")).filter_map(first).collect()
    };
    assert_eq!(looked_at(&printed(&repo, line)), looked_at(shown));
}

#[test]
fn give_it_to_an_agent() {
    let repo = with_decisions();
    let sessions = sessions("Give it to an agent");
    let (line, shown) = &sessions[0];
    let dry = printed(&repo, &format!("{line} --dry-run"));
    for part in shown.lines().filter(|it| *it != "…" && !it.ends_with("[y/N]")) {
        assert!(dry.contains(part), "no '{part}' in {dry}");
    }
    printed(&repo, &format!("{line} --yes"));
    assert!(repo.path().join("AGENTS.md").exists());
}
