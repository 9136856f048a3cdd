//! The program dies right before each of its writes: supersede, renumber,
//! import, export, mv.
//!
//! `strace` counts the calls of one undisturbed run, then kills another run
//! at one of them. `ADR_KILL_STEP=1` takes every call, as `benches/run writekills`
//! does; the usual run takes some of them.

#![allow(clippy::print_stderr, reason = "figures are told in passing")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::Command;

use super::{madr, nygard};
use crate::support::{self, TestRepo, rounds};

/// Calls that change a disk, or make the change last.
const CALLS: &str = "write,pwrite64,writev,rename,renameat,renameat2,link,linkat,unlink,unlinkat,\
    rmdir,mkdir,mkdirat,openat,fsync,fdatasync,ftruncate,chmod,fchmod";

/// One call of a run: its name, its place in the row of that name's calls, and
/// what it touches.
#[derive(Debug, Clone)]
struct Call {
    name: String,
    nth: usize,
    place: &'static str,
}

type Tree = BTreeMap<PathBuf, Vec<u8>>;

#[test]
fn killed_before_any_write_of_supersede() {
    let repo = TestRepo::new();
    for number in 1..=3 {
        repo.write(format!("adr/{number:04}-x.md"), nygard(number, "X", "Accepted"));
    }
    killed_everywhere(&repo, &["adr", "supersede", "1", "3"], 12);
}

#[test]
fn killed_before_any_write_of_renumber() {
    let repo = TestRepo::new();
    repo.write("prode.yaml", "roots: {wiki: [wiki], adr: [adr]}\n");
    for number in 1..=3 {
        let text = madr("X", "accepted").replace("Why.", "See [two](0002-x.md), ADR-2.");
        repo.write(format!("adr/{number:04}-x.md"), text);
    }
    repo.write("wiki/a.md", "# A\n\n[two](../adr/0002-x.md)\n").write("src/a.rs", "// @adr 2\n");
    killed_everywhere(&repo, &["adr", "renumber", "2", "7"], 20);
}

#[test]
fn killed_before_any_write_of_import() {
    let repo = TestRepo::new();
    repo.write("adr/0001-own.md", madr("Own", "accepted"));
    for number in 1..=3 {
        let title = format!("Old {number}");
        let name = format!("old/000{number}-old.md");
        repo.write(name, nygard(number, &title, "Accepted"));
    }
    killed_everywhere(&repo, &["adr", "import", "old"], 16);
}

#[test]
fn killed_before_any_write_of_export() {
    let repo = TestRepo::new();
    for number in 1..=3 {
        repo.write(format!("adr/{number:04}-x.md"), nygard(number, "X", "Accepted"));
    }
    killed_everywhere(&repo, &["adr", "export", "--to", "madr", "-o", "out"], 16);
}

#[test]
fn killed_before_any_write_of_mv() {
    let repo = TestRepo::new();
    for number in 1..=3 {
        let links = format!("# {number}\n\n[one](page-1.md) [out](../from.md)\n");
        repo.write(format!("wiki/old/page-{number}.md"), links);
    }
    repo.write("wiki/from.md", "# From\n\n[one](old/page-1.md) [two](old/page-2.md)\n");
    killed_everywhere(&repo, &["mv", "wiki/old", "wiki/new/deep"], 16);
}

/// `least` calls touch the decisions' files or the journal.
fn killed_everywhere(repo: &TestRepo, command: &[&str], least: usize) {
    if !support::has_strace() {
        return;
    }
    repo.commit("before");
    repo.prode(&["adr", "list"]).ok();
    let old = tree(repo);
    let calls = baseline(repo, command);
    let new = tree(repo);
    assert_ne!(old, new);
    let step = rounds("ADR_KILL_STEP", 3);
    let ours: Vec<&Call> = calls.iter().filter(|call| call.place != "elsewhere").collect();
    assert!(ours.len() >= least, "{} calls: {ours:?}", ours.len());
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for call in ours.iter().step_by(step) {
        restore(repo);
        assert!(killed_at(repo, command, call), "not killed at {call:?}");
        let left = tree(repo);
        let state = match () {
            () if left == old => "old tree",
            () if left == new => "new tree",
            () => "mended by one command",
        };
        // The same command again: it ends what was begun, or does it anew.
        repo.prode(command);
        assert_eq!(tree(repo), new, "{call:?}, {state}");
        repo.prode(&["doctor"]).says("no change of files was interrupted");
        *counts.entry((call.place, state)).or_default() += 1;
    }
    eprintln!("{}: {} kills {counts:?}", command.join(" "), counts.values().sum::<usize>());
    let places: Vec<&str> = counts.keys().map(|(place, _)| *place).collect();
    for place in ["journal", "new content", "name"] {
        assert!(places.contains(&place), "no kill at the {place}: {counts:?}");
    }
}

#[test]
fn an_edit_between_reading_and_writing_is_not_overwritten() {
    if !support::has_strace() {
        return;
    }
    let repo = TestRepo::new();
    for number in 1..=2 {
        repo.write(format!("adr/{number:04}-x.md"), nygard(number, "X", "Accepted"));
    }
    repo.commit("before");
    let edited = nygard(1, "X", "Accepted").replace("Why.", "By hand.");
    // The first sync is that of the journal: files were read, none was written.
    let wait = "inject=fsync:delay_enter=1500000:when=1";
    let command = ["adr", "supersede", "1", "2"];
    let mut run = tracer(&repo, &command, &["-e", wait]).spawn().unwrap();
    let journal = repo.path().join(".git/prode/edits/journal.new");
    while !journal.exists() && run.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    repo.write("adr/0001-x.md", &edited);
    let status = run.wait().unwrap();
    assert_eq!(status.code(), Some(3), "a conflict");
    let now = tree(&repo);
    assert_eq!(now[&repo.path().join("adr/0001-x.md")], edited.as_bytes());
    assert_eq!(now[&repo.path().join("adr/0002-x.md")], nygard(2, "X", "Accepted").as_bytes());
    assert_eq!(now.len(), 2, "nothing is left behind");
    repo.prode(&["doctor"]).says("no change of files was interrupted");
}

/// Every file of the work tree.
fn tree(repo: &TestRepo) -> Tree {
    let walk = walkdir::WalkDir::new(repo.path()).into_iter();
    let walk = walk.filter_entry(|entry| entry.file_name() != ".git").map(Result::unwrap);
    let files = walk.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

fn restore(repo: &TestRepo) {
    repo.git(&["checkout", "-q", "--", "."]);
    repo.git(&["clean", "-qfd"]);
}

fn traced(repo: &TestRepo, command: &[&str], more: &[&str]) -> (std::process::ExitStatus, String) {
    let status = tracer(repo, command, more).status().unwrap();
    (status, fs::read_to_string(repo.home().join("strace.log")).unwrap())
}

fn tracer(repo: &TestRepo, command: &[&str], more: &[&str]) -> Command {
    let mut program = repo.prode_command();
    program.args(command);
    support::traced(&program, CALLS, &repo.home().join("strace.log"), more)
}

/// The calls of one undisturbed run that write.
fn baseline(repo: &TestRepo, command: &[&str]) -> Vec<Call> {
    let (status, log) = traced(repo, command, &[]);
    assert!(status.success(), "{log}");
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in log.lines() {
        let Some((name, rest)) = line.split_once('(') else { continue };
        let nth = seen.entry(name.to_owned()).or_default();
        *nth += 1;
        if name != "openat" || rest.contains("O_CREAT") {
            calls.push(Call { name: name.to_owned(), nth: *nth, place: place(name, rest) });
        }
    }
    calls
}

/// What a call touches, by the paths in it.
fn place(name: &str, rest: &str) -> &'static str {
    let is_change = rest.contains("/edits/") || rest.contains("/.prode-export/");
    match name {
        _ if is_change && rest.contains("journal") => "journal",
        "rename" | "renameat" | "renameat2" | "unlink" | "unlinkat" if rest.contains(".md") => {
            "name"
        }
        _ if rest.contains(".prode-") => "new content",
        "fsync" | "rmdir" | "mkdir"
            if rest.contains("/adr") || rest.contains("/wiki") || is_change =>
        {
            "folder"
        }
        _ => "elsewhere",
    }
}

/// True if the run died at the call.
fn killed_at(repo: &TestRepo, command: &[&str], call: &Call) -> bool {
    let inject = format!("inject={}:signal=KILL:when={}", call.name, call.nth);
    let (status, log) = traced(repo, command, &["-e", &inject]);
    let last = log.lines().rev().find(|line| line.contains('(')).unwrap_or_default();
    status.signal() == Some(9) && last.starts_with(&call.name)
}
