//! The memory over HTTP: pages for people, the Model Context Protocol at `/mcp`, and
//! what operators ask: `/healthz`, `/readyz`, `/metrics`.
//!
//! An adapter like `mcp`, which does the protocol, and `web`, which makes the pages;
//! this room is about who may ask,
//! how often, how much and how long. Every limit fails fast and says so. Nothing is
//! kept between requests. Beyond the loopback it wants tokens, and something in
//! front that speaks TLS.

mod body;
mod connections;
mod following;
mod front;
mod gzip;
mod hosts;
mod identity;
mod limits;
mod metrics;
mod pages;
mod rates;
mod refusal;
mod router;
mod serving;
mod signals;
mod watching;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;

use crate::mcp::{self, Lending, PROTOCOL_VERSIONS};
use crate::ops::OpError;
use crate::ops::ready::Listening;
use crate::workspace::Pool;
use connections::Connections;
use following::Following;
use front::Front;
use hosts::Hosts;
use identity::Door;
pub use limits::Limits;
use metrics::Metrics;
use rates::Rates;
use serving::Serving;
use signals::Stop;
pub use watching::{ADDRESS as WATCH_ADDRESS, watch};

/// Where it listens unless told.
pub const ADDRESS: &str = "127.0.0.1:8787";
/// The scope that `/metrics` takes where tokens are demanded.
const METRICS_SCOPE: &str = "metrics";
/// The scope that a decision on a learning takes.
const DECIDING: &str = "decide";
/// Threads that speak HTTP; answers have threads of their own.
const THREADS: usize = 2;

/// Everything that a token can be made for: the tools, `metrics`, and `decide` for who
/// may decide on learnings in a browser.
pub fn scopes() -> Vec<&'static str> {
    crate::mcp::tool_names().into_iter().chain([METRICS_SCOPE, DECIDING]).collect()
}

/// Serves the repository of `pool` at `address` until the system asks to stop;
/// requests that are being answered then are still answered, for as long as the
/// settings say. `tell` hears once that it listens.
///
/// # Errors
/// The address cannot be had, or is no loopback and no token was made.
pub fn serve(
    pool: Pool,
    address: SocketAddr,
    tell: impl FnOnce(&Listening),
) -> Result<(), OpError> {
    serve_protocol(pool, address, |lending, limits| mcp::http(lending, limits.body), tell)
}

/// The same stack in front of another protocol at `/mcp`, which `protocol` makes once:
/// so the protocol's conformance set, whose tools memory has not, is run on this stack.
///
/// # Errors
/// As [`serve`].
pub fn serve_protocol(
    pool: Pool,
    address: SocketAddr,
    protocol: impl FnOnce(&Lending, &Limits) -> Router,
    tell: impl FnOnce(&Listening),
) -> Result<(), OpError> {
    let (limits, hosts, door, following) = {
        let workspace = pool.lend()?;
        let settings = workspace.own_settings().section("serve").merged();
        let door = Door::open(&workspace, address.ip().is_loopback())?;
        let following = Following::of(&settings);
        (Limits::of(&settings), Hosts::of(&settings, address.ip()), door, following)
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .max_blocking_threads(limits.concurrency + 2 * router::CHECKS + 1)
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| unusable(&address, &error))?;
    let result = runtime.block_on(async {
        let listener =
            TcpListener::bind(address).await.map_err(|it| refused(&address, "serve", &it))?;
        let local = listener.local_addr().map_err(|error| unusable(&address, &error))?;
        let stop = Stop::watch().map_err(|error| unusable(&address, &error))?;
        let metrics = Arc::new(Metrics::default());
        if let Some(following) = &following {
            following.first(&pool, &metrics)?;
        }
        tell(&Listening {
            schema: "prode.serve/v1".to_owned(),
            address: local.to_string(),
            web: format!("http://{local}/"),
            mcp: format!("http://{local}/mcp"),
            tokens: !door.is_open(),
            protocol_versions: PROTOCOL_VERSIONS.map(str::to_owned).to_vec(),
        });
        let serving = Serving {
            lending: Lending::new(pool, limits.concurrency),
            door,
            front: Front { hosts, metrics: Arc::clone(&metrics), paths: router::PATHS },
            rates: Rates::per_minute(limits.rate),
            limits,
        };
        if let Some(following) = following {
            tokio::spawn(following.on(serving.lending.pool(), Arc::clone(&metrics)));
        }
        let protocol = protocol(&serving.lending, &serving.limits);
        let router = router::router(serving, protocol);
        Connections { listener, router, limits, metrics }.serve(stop).await;
        Ok(())
    });
    // Not waited for: what takes longer than the stop does only reads.
    runtime.shutdown_background();
    result
}

fn refused(address: &SocketAddr, command: &str, error: &std::io::Error) -> OpError {
    if error.kind() == std::io::ErrorKind::AddrInUse {
        return OpError::Conflict {
            message: format!("another program listens at '{address}' already"),
            hint: format!(
                "stop it, or take a free port: prode {command} --addr {}",
                SocketAddr::new(address.ip(), 0)
            ),
        };
    }
    unusable(address, error)
}

fn unusable(address: &SocketAddr, error: &std::io::Error) -> OpError {
    OpError::File { path: address.to_string(), reason: error.to_string() }
}
