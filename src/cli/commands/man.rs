//! `prode man`

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_mangen::Man;

use crate::cli::context::Context;
use crate::cli::{Cli, Failure, Outcome};
use crate::ops::OpError;

/// What `man` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode man | man -l -\n  \
    prode man -o ~/.local/share/man/man1 && man prode-query")]
pub struct Args {
    /// Write a page for every command into this folder
    #[arg(short, long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    output: Option<PathBuf>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    context.format(&["text"])?;
    let Some(folder) = &args.output else {
        let mut page = Vec::new();
        Man::new(Cli::command()).render(&mut page).map_err(Failure::Output)?;
        context.ui.text(page);
        return Ok(Outcome::Done);
    };
    let folder = context.current.join(folder);
    let written = write(&folder).map_err(|error| OpError::File {
        path: folder.display().to_string(),
        reason: error.to_string(),
    })?;
    context.ui.line(format!("{written} pages in {}", folder.display()));
    Ok(Outcome::Done)
}

/// Writes every page; how many.
fn write(folder: &Path) -> std::io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut written = 0;
    let mut pending = vec![command];
    while let Some(command) = pending.pop() {
        pending.extend(command.get_subcommands().filter(|it| !it.is_hide_set()).cloned());
        Man::new(command).generate_to(folder)?;
        written += 1;
    }
    Ok(written)
}
