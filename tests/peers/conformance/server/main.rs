//! What the protocol's conformance set asks for, behind the stack that `prode serve` has.
//!
//! `conformance REPOSITORY [--sessions]` listens at a free port of the loopback and prints
//! where, as `prode serve --json` does. Tools, resources and prompts are those that the set
//! names; what stands in front of them is the product's: connections, hosts and origins,
//! limits, tokens, and the SDK as `mcp` sets it up.
//!
//! `--sessions` is the one thing that differs from the product: the older revision can only
//! ask its client something (elicitation, sampling) if the server keeps a session. The
//! product keeps none, so without it those scenarios are expected to fail.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a server for tests")]
#![expect(deprecated, reason = "the older revision has sampling and logging")]

mod asking;
mod content;
mod fixture;
mod prompts;
mod resources;
mod rounds;
mod tasks;
mod tools;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use prode::clock::Clock;
use prode::config::Environment;
use prode::mcp;
use prode::serve::serve_protocol;
use prode::workspace::{Options, Pool};
use rmcp::transport::StreamableHttpService;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;

use fixture::Fixture;

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let sessions = words.last().is_some_and(|word| word == "--sessions");
    if sessions {
        words.pop();
    }
    let [repository] = words.as_slice() else {
        println!("usage: conformance REPOSITORY [--sessions]");
        return ExitCode::from(2);
    };
    let options = Options {
        repo: Some(PathBuf::from(repository)),
        current: PathBuf::from("."),
        overrides: Vec::new(),
        environment: Environment::capture(),
        clock: Clock::system(),
    };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let protocol = |body| if sessions { with_sessions(body) } else { without(body) };
    let served = serve_protocol(
        Pool::open(options).unwrap(),
        address,
        |_, limits| protocol(limits.body),
        |listening| println!("{}", serde_json::to_string(listening).unwrap()),
    );
    served.unwrap();
    ExitCode::SUCCESS
}

/// As the product.
fn without(body: usize) -> Router {
    mcp::over_http(Fixture::new(), body)
}

/// As the product, and with sessions for the older revision.
fn with_sessions(body: usize) -> Router {
    let fixture = Fixture::new();
    let service = StreamableHttpService::new(
        move || Ok(fixture.clone()),
        Arc::new(LocalSessionManager::default()),
        mcp::http_config(body).with_legacy_session_mode(true),
    );
    Router::new().fallback_service(service)
}
