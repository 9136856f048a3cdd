//! A program whose calls to the kernel are watched, or interfered with.

use std::path::Path;
use std::process::{Command, Stdio};

/// Whether `strace` is there; it is said where it is not.
#[allow(clippy::print_stderr, reason = "tests/run counts what is skipped")]
pub(crate) fn has_strace() -> bool {
    let there = Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_ok();
    if !there {
        eprintln!("skipped: strace is not there");
    }
    there
}

/// `program` below `strace`, which writes those of `calls` that are made into `log`;
/// `more` are orders for it. The program says nothing, unless it is told otherwise.
pub(crate) fn traced(program: &Command, calls: &str, log: &Path, more: &[&str]) -> Command {
    let mut run = Command::new("strace");
    run.env_clear().envs(program.get_envs().filter_map(|(key, value)| Some((key, value?))));
    run.current_dir(program.get_current_dir().unwrap_or(Path::new(".")));
    run.args(["-qq", "-y", "-s", "0", "-e", &format!("trace={calls}"), "-o"]).arg(log);
    run.args(more).arg(program.get_program()).args(program.get_args());
    run.stdout(Stdio::null()).stderr(Stdio::null());
    run
}
