//! `prode serve token`: one file per subcommand, one row each.

mod add;
mod list;
mod revoke;

/// What `serve token` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A token is shown once and kept as a digest, in the repository's Git folder. From the first one on\n\
    whoever asks must send one: 'Authorization: Bearer TOKEN'.\n\n\
    Example:\n  prode serve token add ci --scope query,route --for 24h\n  prode serve token list\n  \
    prode serve token revoke ci"
)]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

subcommands! {
    /// Make a token and show it, this once
    Add = add;
    /// List tokens: name, whether it holds, until when, what for
    List = list;
    /// Let a token hold no more, from the next request on
    Revoke = revoke;
}
