//! The `prode` program: parse, run, exit code.

use std::process::ExitCode;

use prode::cli;
use prode::config::Environment;

fn main() -> ExitCode {
    let current = std::env::current_dir().unwrap_or_else(|_| ".".into());
    ExitCode::from(cli::run(
        &std::env::args_os().collect::<Vec<_>>(),
        current,
        Environment::capture(),
    ))
}
