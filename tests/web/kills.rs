//! The server dies in the middle of a decision: what was decided stands whole or not at
//! all, and the same form sent again ends it.
//!
//! `strace` counts the calls of the thread that works on an undisturbed form, then has
//! the server killed at one of them. `DECIDING_KILLS` are the kills of each form.

#![allow(clippy::print_stderr, reason = "figures are told in passing")]

use std::collections::BTreeMap;
use std::process::Child;

use super::deciding::{fields, seen, state};
use super::inbox::add;
use super::memory;
use crate::serve::Served;
use crate::support::{TestRepo, attached, has_strace, rounds};

/// Calls that change a disk, or make the change last.
const CALLS: &str = "write,pwrite64,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,\
    mkdirat,openat,fsync,fdatasync";

/// A form, and what the learning is before and after it.
struct Form {
    verb: &'static str,
    fields: &'static [(&'static str, &'static str)],
    after: &'static str,
}

const FORMS: [Form; 3] = [
    Form { verb: "propose", fields: &[], after: "accepted" },
    Form { verb: "reject", fields: &[("why", "seen once, no cause")], after: "rejected" },
    Form {
        verb: "edit",
        fields: &[
            ("body", "A worker that is drained answers 411."),
            ("target", "wiki/workers.md#scale"),
            ("action", "append"),
        ],
        after: "new",
    },
];

/// A server that `strace` watches from the time on at which it listens; `more` are orders
/// for that. A call is counted for each thread by itself: one that is killed at its third
/// write must not be killed by what another wrote to start.
fn watched(repo: &TestRepo, more: &[&str]) -> Option<(Served, Child)> {
    let server = Served::start(repo, &[]);
    let strace = attached(server.id(), CALLS, &repo.home().join("strace.log"), more)?;
    Some((server, strace))
}

/// Sends a form; the status of the answer, or none where the server died before it.
fn sent(server: &Served, id: &str, form: &Form, seen: &str) -> (Option<u16>, String) {
    use std::io::Read as _;
    let all = [&[("seen", seen)], form.fields].concat();
    let origin = format!("Origin: http://{}", server.address());
    let headers = ["Content-Type: application/x-www-form-urlencoded", origin.as_str()];
    let mut stream =
        server.send(&format!("POST /inbox/{id}/{}", form.verb), &headers, &fields(&all));
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (text.split(' ').nth(1).and_then(|it| it.parse().ok()), text)
}

/// The calls by which the thread of an undisturbed form changes something below the Git
/// folder: each one's name, and its place among the thread's calls of that name.
fn calls(repo: &TestRepo, id: &str, form: &Form, seen: &str) -> Option<Vec<(String, usize)>> {
    let (server, mut strace) = watched(repo, &[])?;
    let (status, text) = sent(&server, id, form, seen);
    assert_eq!(status, Some(303), "{text}");
    drop(server);
    strace.wait().unwrap();
    let log = std::fs::read_to_string(repo.home().join("strace.log")).unwrap();
    let (mut counts, mut calls) = (BTreeMap::<(String, String), usize>::new(), Vec::new());
    for line in log.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let Some((name, rest)) = call.trim_start().split_once('(') else { continue };
        if !CALLS.split(',').any(|it| it == name) {
            continue;
        }
        let nth = counts.entry((thread.to_owned(), name.to_owned())).or_default();
        *nth += 1;
        let is_change = name != "openat" || rest.contains("O_CREAT");
        if is_change && rest.contains("/.git") {
            calls.push((name.to_owned(), *nth));
        }
    }
    Some(calls)
}

/// What a killed process left of locks is named by Git, and a person removes it.
fn unlock(repo: &TestRepo) -> usize {
    let all = walkdir::WalkDir::new(repo.path().join(".git"));
    let files = all.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let locks = files.filter(|it| it.extension().is_some_and(|it| it == "lock"));
    locks.map(|lock| std::fs::remove_file(lock).unwrap()).count()
}

#[test]
fn a_server_that_is_killed_in_a_decision_loses_nothing() {
    if !has_strace() {
        return;
    }
    let repo = memory();
    let id = add(&repo, "A worker that is drained answers **410**.\n", "wiki/workers.md#scale");
    repo.prode(&["index"]).ok();
    let seen = seen(&Served::start(&repo, &[]), &id);
    for form in &FORMS {
        let undisturbed = repo.copy();
        let Some(calls) = calls(&undisturbed, &id, form, &seen) else { return };
        assert!(calls.len() >= 10, "{}: {calls:?}", form.verb);
        let (mut killed, mut before, mut locks) = (0, 0, 0);
        let step = (calls.len() / rounds("DECIDING_KILLS", 5)).max(1);
        for (name, nth) in calls.iter().step_by(step) {
            let repo = repo.copy();
            let kill = format!("inject={name}:signal=KILL:when={nth}");
            let (server, mut strace) = watched(&repo, &["-e", &kill]).expect("as before");
            let (status, text) = sent(&server, &id, form, &seen);
            killed += usize::from(status.is_none());
            drop(server);
            strace.wait().unwrap();
            let at = format!("{} killed at {name} {nth}: {text}", form.verb);
            let words = |repo: &TestRepo| {
                repo.prode(&["inbox", "show", &id, "--json"]).ok().json()["body"].clone()
            };
            let state_now = state(&repo, &id);
            assert!([form.after, "new"].contains(&state_now.as_str()), "{at}: {state_now}");
            before += usize::from(state_now == "new");
            // A person who was told that it is done finds it done.
            assert!(status.is_none() || state_now == form.after, "{at}");
            let again = Served::start(&repo, &[]);
            let (status, text) = sent(&again, &id, form, &seen);
            let (status, text) = match unlock(&repo) {
                _ if status == Some(303) => (status, text),
                left => {
                    assert!(left > 0 && text.contains(".lock"), "{at}: {text}");
                    locks += 1;
                    sent(&again, &id, form, &seen)
                }
            };
            assert_eq!(status, Some(303), "{at}: {text}");
            assert_eq!(state(&repo, &id), form.after, "{at}");
            assert_eq!(words(&repo), words(&undisturbed), "{at}");
            let branches = |repo: &TestRepo| repo.git(&["for-each-ref", "--format=%(refname)"]);
            assert_eq!(branches(&repo), branches(&undisturbed), "{at}");
            repo.git(&["fsck", "--strict", "--no-dangling"]);
            assert_eq!(repo.git(&["status", "--porcelain"]), "", "{at}");
        }
        eprintln!(
            "{}: killed {killed} times, {before} before it counted, {locks} times behind a lock that is named",
            form.verb
        );
        assert!(killed > 0, "{}", form.verb);
    }
}
