//! What every integration test stands on: a repository made by the `git`
//! program and the `prode` program beside it, both cut off from the machine's
//! settings, with fixed names and times.

mod aws;
mod collector;
pub(crate) mod forge;
mod git_daemon;
#[cfg(unix)]
mod hardware_key;
#[cfg(unix)]
pub(crate) mod impostor;
mod listing;
#[cfg(unix)]
pub(crate) mod postgres;
mod prode;
mod random;
mod sentry;
pub(crate) mod shell;
mod sitting;
mod status;
#[cfg(unix)]
mod strace;
mod test_repo;
#[cfg(unix)]
pub(crate) mod tls;
pub(crate) mod wire;

pub(crate) use aws::Amazon;
pub(crate) use collector::{Collector, Span};
pub(crate) use git_daemon::{GitDaemon, free_port};
#[cfg(unix)]
pub(crate) use hardware_key::HardwareKey;
pub(crate) use listing::Listing;
pub(crate) use prode::ProdeRun;
pub(crate) use random::Random;
pub(crate) use sentry::{Event, Sentry, World};
pub(crate) use sitting::Sitting;
pub(crate) use status::{Reply, StatusPage};
#[cfg(unix)]
pub(crate) use strace::{attached, has_strace, traced};
pub(crate) use test_repo::TestRepo;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A program that sees nothing of this machine but `PATH`.
#[expect(clippy::disallowed_methods, reason = "programs are found through PATH")]
pub(crate) fn hermetic(program: &str, home: &Path) -> Command {
    let path = std::env::var_os("PATH");
    // With another environment, a program without a path is started by a fork: the page
    // tables of this process are copied for each, and it grows to some GB.
    let below = path.iter().flat_map(std::env::split_paths).map(|folder| folder.join(program));
    let found = below.filter(|_| !program.contains('/')).find(|it| it.is_file());
    let mut command = Command::new(found.as_deref().unwrap_or(Path::new(program)));
    command
        .env_clear()
        .envs(path.map(|path| ("PATH", path)))
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join(".config"))
        .env("XDG_CACHE_HOME", home.join(".cache"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("TZ", "UTC")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

/// How many rounds a test takes: the variable `name`, with which `benches/run`
/// asks for the full figure, else `usual`.
#[expect(clippy::disallowed_methods, reason = "the figures are asked for from outside")]
pub(crate) fn rounds(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Runs `command` with `input`; a closed pipe is the program's own business.
fn run(mut command: Command, input: &[u8]) -> Output {
    use std::io::Write;
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("stdin is a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    output
}
