//! `prode site`

mod build;

/// What `site` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode site build -o public\n  \
    prode site build -o public --base-url https://docs.example.org/memory/")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

subcommands! {
    /// Write the memory of a commit as a folder of plain files that any host can show
    Build = build;
}
