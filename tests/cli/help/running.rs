//! An example, typed into a shell.

use std::path::Path;
use std::process::Command;

use super::prepared::Prepared;
use super::table::{ASKED, Asked, BEFORE, ENDS, PARSED};
use crate::support::{Sitting, TestRepo, hermetic};

/// A copy of the prepared repository, for the examples of one command.
pub(super) struct Place<'a> {
    prepared: &'a Prepared,
    repo: TestRepo,
}

/// True if it is not run, by the table.
pub(super) fn excused(command: &str, line: &str) -> bool {
    PARSED.iter().any(|row| [command, "*"].contains(&row.command) && row.line == line)
}

impl<'a> Place<'a> {
    pub(super) fn new(prepared: &'a Prepared, command: &str) -> Self {
        let repo = prepared.repo.copy();
        let key = repo.home().join(".ssh/id_ed25519").display().to_string();
        repo.git(&["config", "user.signingkey", &key]);
        let place = Self { prepared, repo };
        place.prepare(command, command);
        place
    }

    /// Types what stands before a command's examples, or before one example.
    fn prepare(&self, command: &str, what: &str) {
        for (_, line) in BEFORE.iter().filter(|row| row.0 == what) {
            let (said, code) = self.typed(&self.named(command, line));
            assert_eq!(code, 0, "before {what}: {line}\n{said}");
        }
    }

    /// What is wrong with how an example ended.
    pub(super) fn wrong(&self, command: &str, line: &str) -> Option<String> {
        self.prepare(command, line);
        let row = ENDS.iter().find(|row| [command, "*"].contains(&row.command) && row.line == line);
        let (wanted, words) = row.map_or((0, ""), |row| (row.code, row.says));
        let (said, code) = self.typed(&self.named(command, line));
        let is_right = code == wanted && said.contains(words);
        (!is_right).then(|| format!("{command}: {line}\nended with {code}, not {wanted}:\n{said}"))
    }

    /// The line, with what is called differently here.
    fn named(&self, command: &str, line: &str) -> String {
        let mut named = line.to_owned();
        for (of, name, here) in &self.prepared.names {
            if command.starts_with(of) {
                named = named.replace(name, here);
            }
        }
        named
    }

    /// What it prints and how it ends. What a person approves is approved at a terminal.
    fn typed(&self, line: &str) -> (String, i32) {
        let asks = |it: &&Asked| line.starts_with(it.line);
        let mut command = hermetic("bash", &self.repo.home());
        let program = Path::new(env!("CARGO_BIN_EXE_prode")).parent().unwrap();
        let own = self.repo.path().parent().unwrap().join("bin");
        let path = format!("{}:{}:/usr/local/bin:/usr/bin:/bin", own.display(), program.display());
        command.args(["-o", "pipefail", "-c", line]).current_dir(self.repo.path());
        command.env("PATH", path);
        if let Some(asked) = ASKED.iter().find(asks) {
            return at_a_terminal(command, asked);
        }
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (String::from_utf8_lossy(&said).into_owned(), output.status.code().unwrap_or(-1))
    }
}

/// Answers what is asked.
pub(super) fn at_a_terminal(command: Command, asked: &Asked) -> (String, i32) {
    let mut sitting = Sitting::at(command);
    let mut said = match sitting.may_see(asked.question) {
        Ok(shown) => shown,
        Err(shown) => return (shown, -1),
    };
    // The digits of the digest that is shown, where they are asked for.
    let digest = said.rsplit_once("sha256:").map(|(_, digest)| digest[..8].to_owned());
    sitting.types(asked.answer.or(digest.as_deref()).unwrap_or_default());
    let (rest, code) = sitting.ended();
    said.push_str(&rest);
    (said, code)
}
