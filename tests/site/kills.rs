//! A build that is killed, or finds no room, leaves the site that was or the new one.

#![allow(clippy::print_stderr, reason = "figures are told in passing")]

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

use super::{Files, files, memory, place, site};
use crate::support::{TestRepo, has_strace, rounds, traced};

/// Calls that change names or make files.
const CALLS: &str =
    "openat,mkdir,mkdirat,link,linkat,rename,renameat,renameat2,unlink,unlinkat,rmdir,write";

fn tracer(repo: &TestRepo, more: &[&str]) -> Command {
    let mut program = repo.prode_command();
    program.args(["site", "build", "-o"]).arg(place(repo));
    let more = [&["-f"], more].concat();
    traced(&program, CALLS, &repo.home().join("strace.log"), &more)
}

/// How often each call is made by one undisturbed build from the time on at which it
/// touches what lies at or beside the site.
fn calls(repo: &TestRepo) -> Vec<(String, usize)> {
    assert!(tracer(repo, &[]).status().unwrap().success());
    let log = std::fs::read_to_string(repo.home().join("strace.log")).unwrap();
    let (mut seen, mut calls) = (std::collections::BTreeMap::<String, usize>::new(), Vec::new());
    for line in log.lines() {
        let Some(call) = line.split_once(' ').map(|(_, call)| call.trim_start()) else { continue };
        let Some((name, rest)) = call.split_once('(') else { continue };
        if !name.bytes().all(|it| it.is_ascii_alphanumeric()) {
            continue;
        }
        let nth = seen.entry(name.to_owned()).or_default();
        *nth += 1;
        let is_ours = rest.contains(".prode-") || rest.contains("/site");
        if is_ours && (name != "openat" || rest.contains("O_CREAT")) {
            calls.push((name.to_owned(), *nth));
        }
    }
    calls
}

/// A site stands there, and a newer commit waits to be written.
fn waiting() -> (TestRepo, Files, Files) {
    let repo = memory();
    let old = site(&repo, &[]);
    repo.write("wiki/new.md", "# New\n\nAnother page.\n");
    repo.write("wiki/old.md", "# Old way\n\nOther words. [start](index.md)\n\n## Go on\n\nx\n");
    repo.commit("a newer state");
    let scratch = repo.copy();
    let new = site(&scratch, &[]);
    assert_ne!(old, new);
    (repo, old, new)
}

#[test]
fn a_killed_build_leaves_the_site_that_was_or_the_new_one() {
    if !has_strace() {
        return;
    }
    let (repo, old, new) = waiting();
    let backup = repo.copy();
    let calls = calls(&backup);
    assert!(calls.len() > 50, "{calls:?}");
    let (mut was_old, mut was_new) = (0, 0);
    let step = (calls.len() / rounds("SITE_KILLS", 12)).max(1);
    // The last calls too: there the sites change places.
    let last = calls.len().saturating_sub(4);
    for (at, (name, nth)) in calls.iter().enumerate() {
        if at % step != 0 && at < last {
            continue;
        }
        let repo = repo.copy();
        let kill = format!("inject={name}:signal=KILL:when={nth}");
        let status = tracer(&repo, &["-e", &kill]).status().unwrap();
        // Threads share the work by chance, so that a call may be another one this time.
        let left = files(&place(&repo));
        match () {
            () if left == old => was_old += 1,
            () if left == new => was_new += 1,
            () => panic!("neither site after {name} {nth}: {status:?}"),
        }
        assert!(status.success() || status.signal() == Some(9), "{status:?}");
        assert_eq!(site(&repo, &[]), new, "the next build ends it: {name} {nth}");
        let beside = std::fs::read_dir(repo.home()).unwrap().map(|it| it.unwrap().file_name());
        let beside: Vec<_> = beside.filter(|it| it.to_string_lossy().contains(".prode-")).collect();
        assert!(beside.is_empty(), "{beside:?}");
    }
    eprintln!("{was_old} times the site that was, {was_new} times the new one");
    assert!(was_old > 0);
}

#[test]
fn a_full_disk_leaves_the_site_that_was() {
    if !has_strace() {
        return;
    }
    let (repo, old, new) = waiting();
    // The program's own index has room; what is written below the new folder has none.
    let next = repo.home().join(".site.prode-new/wiki/wiki/new.html");
    let full = ["-P", next.to_str().unwrap(), "-e", "inject=write:error=ENOSPC"];
    let mut run = tracer(&repo, &full);
    let output = run.stderr(Stdio::piped()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("No space left"), "{told}");
    assert_eq!(files(&place(&repo)), old);
    assert!(!repo.home().join(".site.prode-new").exists(), "nothing half is left");
    assert_eq!(site(&repo, &[]), new);
}
