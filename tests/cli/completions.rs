//! `prode completions`, `prode man`, and what a shell asks.

use crate::support::{ProdeRun, TestRepo};

#[test]
fn every_shell_gets_a_script_that_asks_prode() {
    let repo = TestRepo::no_repository();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        repo.prode(&["completions", shell]).ok().says("COMPLETE").says("prode");
    }
    repo.prode(&["completions", "tcsh"]).fails(2);
}

#[test]
fn a_shell_is_told_the_commands() {
    let repo = TestRepo::no_repository();
    let run = repo.prode_command();
    let told = complete(run, &["prode", "do"]);
    assert_eq!(told.trim(), "doctor");
}

fn complete(mut command: std::process::Command, words: &[&str]) -> String {
    command.env("COMPLETE", "bash").env("_CLAP_IFS", "\n");
    command.env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string());
    let output = command.arg("--").args(words).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn manual_pages_are_written_for_every_command() {
    let repo = TestRepo::no_repository();
    let run: ProdeRun = repo.prode(&["man", "-o", "man1"]).ok();
    assert!(run.stdout().contains("pages in"));
    for page in ["prode.1", "prode-query.1", "prode-config-list.1"] {
        assert!(repo.path().join("man1").join(page).is_file(), "{page}");
    }
    repo.prode(&["man"]).ok().says(".TH prode 1");
}
