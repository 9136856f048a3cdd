//! Sessions written down, and their replay.
//!
//! `=== name` begins a session in a new empty folder. `$ command` is given to
//! a shell of its own, `> ` continues it; the folder is the same for the whole
//! session. What follows is all that it must print: `! ` stands before lines of
//! standard error, `(no line end)` behind a stream that lacks one, `? code`
//! last where the exit code is not 0. A blank line before `===` is not output.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{TestRepo, hermetic};

/// Where the sessions stand.
pub(super) const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/adr_tools/cases");

/// A folder to stand in, and the program under both of its names.
pub(super) struct Session(TestRepo);

impl Session {
    pub(super) fn new() -> Self {
        let place = TestRepo::no_repository();
        let programs = place.home().join("bin");
        fs::create_dir(&programs).unwrap();
        for name in ["adr", "_adr_autocomplete"] {
            let program = env!("CARGO_BIN_EXE_prode");
            std::os::unix::fs::symlink(program, programs.join(name)).unwrap();
        }
        Self(place)
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// `adr` itself, for a test that adds to it.
    pub(super) fn adr(&self) -> Command {
        self.command(self.0.home().join("bin/adr").to_str().unwrap())
    }

    /// Runs a command line in a shell.
    pub(super) fn run(&self, line: &str) -> Output {
        let mut shell = self.command("sh");
        let line = format!("PATH=\"$HOME/bin:$PATH\"; {line}");
        shell.arg("-c").arg(line).output().unwrap()
    }

    /// What a command line prints, which must succeed.
    #[track_caller]
    pub(super) fn prints(&self, line: &str) -> String {
        let output = self.run(line);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.is_empty(), "{line}: {told}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = hermetic(program, &self.0.home());
        command.current_dir(self.path()).env("ADR_DATE", "1992-01-12");
        command
    }
}

/// Replays every session of a file, and shows both accounts where they differ.
#[track_caller]
pub(super) fn replay(file: &str) {
    let expected = fs::read_to_string(Path::new(CASES).join(file)).unwrap();
    let mut seen = String::new();
    let mut session = None;
    let mut lines = expected.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("=== ") {
            let between = if session.is_some() { "\n" } else { "" };
            writeln!(seen, "{between}{line}").unwrap();
            session = Some(Session::new());
        } else if let Some(first) = line.strip_prefix("$ ") {
            writeln!(seen, "{line}").unwrap();
            let mut command = first.to_owned();
            while let Some(more) = lines.next_if(|line| line.starts_with("> ")) {
                writeln!(seen, "{more}").unwrap();
                command = command + "\n" + &more[2..];
            }
            let session = session.as_ref().expect("a session begins with ===");
            account(&session.run(&command), &mut seen);
        }
    }
    assert!(seen.contains("\n$ "), "{file} holds no session");
    assert_eq!(seen, expected, "{file}");
}

fn account(output: &Output, seen: &mut String) {
    for (mark, stream) in [("", &output.stdout), ("! ", &output.stderr)] {
        let text = String::from_utf8_lossy(stream);
        let (whole, is_ended) = text.strip_suffix('\n').map_or((&*text, false), |it| (it, true));
        if text.is_empty() {
            continue;
        }
        for line in whole.split('\n') {
            writeln!(seen, "{mark}{line}").unwrap();
        }
        if !is_ended {
            writeln!(seen, "(no line end)").unwrap();
        }
    }
    if !output.status.success() {
        let code = output.status.code().map_or("signal".to_owned(), |code| code.to_string());
        writeln!(seen, "? {code}").unwrap();
    }
}
