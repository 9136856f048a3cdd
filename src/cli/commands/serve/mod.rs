//! `prode serve`, and who may ask it.

mod token;

use std::net::SocketAddr;

use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::{Failure, Outcome};
use crate::serve;

/// What `serve` takes.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Shows the memory at / to people, answers at /mcp as 'prode mcp' does, and at /healthz, /readyz\n\
    and /metrics. It ends on SIGTERM or Ctrl-C, after what it answers at the moment. Limits are settings:\nprode config list.\n\n\
    Example:\n  prode serve\n  prode serve --addr 127.0.0.1:0 --json\n  \
    prode serve token add desk --scope query,route --for 24h"
)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Address and port; port 0 takes a free one; beyond this machine only with tokens
    #[arg(long, value_name = "ADDRESS", default_value = serve::ADDRESS, value_parser = address)]
    addr: SocketAddr,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Say who may ask: make, list and revoke tokens
    Token(token::Args),
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.action {
        Some(Action::Token(args)) => token::run(context, args),
        None => listen(context, args),
    }
}

fn listen(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let pool = context.pool()?;
    serve::serve(pool, args.addr, |listening| match form {
        Form::Json => {
            context.ui.json(listening);
            // A reader that went away is no reason to stop serving others.
            let _ = context.flush();
        }
        Form::Text => {
            let tokens = if listening.tokens { "; tokens are demanded" } else { "" };
            let (web, mcp) = (&listening.web, &listening.mcp);
            context.ui.note(format!("listening at {web} for people and {mcp} for agents{tokens}"));
        }
    })?;
    Ok(Outcome::Done)
}

/// An address and a port; `localhost` is what most people call the first.
pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    let loopback = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    loopback.as_deref().unwrap_or(text).parse().map_err(|_| {
        format!("'{text}' is no address with a port, such as {} or [::1]:0", serve::ADDRESS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_port() {
        for (text, read) in [
            ("127.0.0.1:8787", "127.0.0.1:8787"),
            ("localhost:0", "127.0.0.1:0"),
            ("[::1]:80", "[::1]:80"),
        ] {
            assert_eq!(address(text), Ok(read.parse().unwrap()), "{text}");
        }
        for bad in ["", "8787", ":8787", "localhost", "localhost:x", "127.0.0.1", "example.org:80"]
        {
            assert!(address(bad).unwrap_err().contains("127.0.0.1:8787"), "{bad}");
        }
    }
}
