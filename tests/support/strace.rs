//! A program whose calls to the kernel are watched, or interfered with.

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

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

/// `strace` on a process that runs, which has it counted from now on: what the process
/// did before, and how often, is nothing to `more`. It ends with the process. None, and
/// it is said, where the system lets nobody watch a process that is not its own.
#[allow(clippy::print_stderr, reason = "tests/run counts what is skipped")]
pub(crate) fn attached(process: u32, calls: &str, log: &Path, more: &[&str]) -> Option<Child> {
    let mut run = Command::new("strace");
    run.args(["-f", "-qq", "-y", "-s", "0", "-p", &process.to_string()]);
    run.args(["-e", &format!("trace={calls}"), "-o"]).arg(log).args(more);
    let mut strace = run.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
    while !is_watched(process) {
        if strace.try_wait().expect("a child").is_some() {
            let mut told = String::new();
            strace.stderr.take().expect("a pipe").read_to_string(&mut told).expect("UTF-8");
            assert!(told.contains("not permitted"), "{told}");
            eprintln!("skipped: strace may not watch a process that runs");
            return None;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Some(strace)
}

/// Whether every thread of a process has somebody who watches it.
fn is_watched(process: u32) -> bool {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("it runs");
    threads.map(|it| std::fs::read_to_string(it.expect("a thread").path().join("status"))).all(
        |status| {
            status.is_ok_and(|it| it.contains("TracerPid:") && !it.contains("TracerPid:\t0\n"))
        },
    )
}
