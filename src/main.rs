//! The `prode` program: parse, run, exit code.

use std::process::ExitCode;

use prode::cli;
use prode::config::Environment;

fn main() -> ExitCode {
    let current = std::env::current_dir().unwrap_or_else(|_| ".".into());
    let arguments: Vec<_> = std::env::args_os().collect();
    ExitCode::from(cli::run(&arguments, &current, &Environment::capture()))
}
