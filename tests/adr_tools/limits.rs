//! What a session in a shell cannot show: many at once, many files, odd bytes.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::session::Session;

fn names(session: &Session) -> Vec<String> {
    let entries = fs::read_dir(session.path().join("doc/adr")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

#[test]
fn many_at_once_get_a_number_each_and_lose_no_link() {
    let session = Session::new();
    session.prints("adr init");
    let start = |at: usize| {
        let title = format!("Title {at}");
        let mut adr = session.adr();
        adr.args(["new", "-l", "1:Amends:Amended by", &title]).stdout(Stdio::null());
        adr.spawn().unwrap()
    };
    let children: Vec<_> = (0..12).map(start).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let names = names(&session);
    let numbers: BTreeSet<&str> = names.iter().map(|name| &name[..4]).collect();
    assert_eq!((names.len(), numbers.len()), (13, 13), "{names:?}");
    assert_eq!(numbers.last(), Some(&"0013"));
    let first = session.path().join("doc/adr/0001-record-architecture-decisions.md");
    let first = fs::read_to_string(first).unwrap();
    for name in &names[1..] {
        assert_eq!(first.matches(&format!("]({name})\n")).count(), 1, "{name}");
    }
}

#[test]
fn a_thousand_decisions_are_told_at_once() {
    let session = Session::new();
    let folder = session.path().join("doc/adr");
    fs::create_dir_all(&folder).unwrap();
    for number in 1..=1_000 {
        let text = format!("# {number}. Title\n\n## Status\n\nAccepted\n\n## Context\n\nc\n");
        fs::write(folder.join(format!("{number:04}-title.md")), text).unwrap();
    }
    let begun = Instant::now();
    let contents = session.prints("adr generate toc");
    let graph = session.prints("adr generate graph");
    let link = session.prints("adr new -s 500 Next");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(contents.lines().count(), 1_002);
    assert_eq!(graph.matches(" [label=").count(), 1_000);
    assert_eq!(link, "doc/adr/1001-next.md\n");
}

#[test]
fn arguments_that_are_not_text_are_refused() {
    let session = Session::new();
    let odd = std::ffi::OsStr::from_bytes(b"caf\xe9");
    let output = session.adr().arg("new").arg(odd).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "ERROR: the argument 'caf\u{fffd}' is not UTF-8\n");
    assert_eq!(fs::read_dir(session.path()).unwrap().count(), 0);
}

#[test]
fn files_are_as_the_mask_leaves_them_and_stay_so() {
    let session = Session::new();
    session.prints("umask 027; adr init adrs; adr new Next");
    let mode =
        |name: &str| fs::metadata(session.path().join(name)).unwrap().permissions().mode() & 0o777;
    let [first, next] = ["adrs/0001-record-architecture-decisions.md", "adrs/0002-next.md"];
    assert_eq!([mode(first), mode(next), mode(".adr-dir")], [0o640; 3]);
    session.prints("chmod 664 adrs/0001-*; umask 077; adr new -s 1 Third");
    assert_eq!([mode(first), mode("adrs/0003-third.md")], [0o664, 0o600]);
}

#[test]
fn nothing_is_left_beside_the_decisions() {
    let session = Session::new();
    session.prints("adr new One; adr new -s 1 Two; adr link 2 Amends 1 'Amended by'");
    session.run("adr new -s 9 Three; adr link 2 Amends 9 'Amended by'");
    assert_eq!(names(&session), ["0001-one.md", "0002-two.md"]);
}

#[test]
fn a_person_who_interrupts_the_editor_still_gets_the_path() {
    let session = Session::new();
    // As Ctrl-C does: the signal goes to the editor and to the one who waits.
    let editor = session.path().join("edit");
    fs::write(&editor, "#!/bin/sh\ntrap : INT\nkill -INT 0\nsleep 0.1\n").unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let mut adr = session.adr();
    std::os::unix::process::CommandExt::process_group(&mut adr, 0);
    let output = adr.env("EDITOR", "exec ./edit").args(["new", "One"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "doc/adr/0001-one.md\n");
    assert_eq!(output.status.code(), Some(0));
}
