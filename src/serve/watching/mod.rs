//! A watch over a queue of tickets, with what operators ask of it and the tracker tells
//! it over HTTP.

mod numbers;
mod router;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc};

use super::connections::Connections;
use super::front::Front;
use super::hosts::Hosts;
use super::identity::Door;
use super::limits::Limits;
use super::metrics::Metrics;
use super::rates::Rates;
use super::signals::Stop;
use super::{refused, unusable};
use crate::ops::OpError;
use crate::ops::ready::Watching;
use crate::ops::triage::Tracing;
use crate::ops::triage::watch::{Control, Plan, Watcher, watch as work};
use crate::tracker::Kind;
use crate::workspace::Pool;
use numbers::Numbers;
use router::Office;

/// Where it listens unless told.
pub const ADDRESS: &str = "127.0.0.1:8788";
/// Answers of `/readyz` at the same time.
const CHECKS: usize = 2;
/// How long a stop waits for the collector.
const LAST_TELLING: Duration = Duration::from_secs(5);
/// Looks that may fail or be late before it is not ready.
const LOOKS: u32 = 3;

/// Works through the queue of `plan` until the system asks to stop, or with a plan for
/// once until everything was worked on, and listens at `address`. The first request to
/// stop lets runs end, the second gives them back, the third ends at once. `tell` hears
/// once that it begins, `watcher` of everything after that.
///
/// # Errors
/// The address cannot be had, or is no loopback and no token was made; no tracker is
/// set up; the first look tells that the settings are wrong.
pub fn watch(
    pool: Pool,
    plan: Plan,
    address: SocketAddr,
    tell: impl FnOnce(&Watching),
    watcher: Arc<dyn Watcher>,
) -> Result<(), OpError> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|error| unusable(&address, &error))?;
    let result = runtime.block_on(async {
        let listener = TcpListener::bind(address).await;
        let listener = listener.map_err(|error| refused(&address, "triage watch", &error))?;
        let local = listener.local_addr().map_err(|error| unusable(&address, &error))?;
        let stop = Stop::watch().map_err(|error| unusable(&address, &error))?;
        let control = Arc::new(Control::default());
        let (tracing, every) = collector(&pool)?;
        let numbers = Arc::new(Numbers::new(Arc::clone(&control), watcher, tracing));
        let (pool, metrics) = (Arc::new(pool), Arc::new(Metrics::default()));
        let office = office(&pool, &plan, local, &numbers, &metrics)?;
        tell(&Watching {
            schema: "prode.triage_watch/v1".to_owned(),
            queue: plan.queue(),
            mode: plan.mode().name().to_owned(),
            max_parallel: plan.parallel(),
            every: plan.every().as_secs(),
            address: local.to_string(),
            webhooks: office.secret.is_some(),
        });
        let limits = office.limits;
        let router = router::router(office);
        let (ending, ended) = mpsc::channel(2);
        let connections = Connections { listener, router, limits, metrics };
        let serving = tokio::spawn(connections.serve(Stop::told_by(ended)));
        let steered = Arc::clone(&control);
        let (told, telling) = (Arc::clone(&numbers), Arc::clone(&numbers));
        let telling = tokio::spawn(tells(telling, every));
        let worked = tokio::task::spawn_blocking(move || work(pool, plan, control, numbers));
        let result = steer(worked, stop, &steered).await;
        telling.abort();
        let _ = tokio::task::spawn_blocking(move || told.finish(LAST_TELLING)).await;
        let _ = ending.send(()).await;
        let _ = serving.await;
        result
    });
    // Not waited for: what is still going on was given its time.
    runtime.shutdown_background();
    result
}

fn office(
    pool: &Arc<Pool>,
    plan: &Plan,
    local: SocketAddr,
    numbers: &Arc<Numbers>,
    metrics: &Arc<Metrics>,
) -> Result<Office, OpError> {
    let workspace = pool.lend()?;
    let settings = workspace.own_settings().section("serve").merged();
    let limits = Limits::of(&settings);
    let hosts = Hosts::of(&settings, local.ip());
    Ok(Office {
        pool: Arc::clone(pool),
        numbers: Arc::clone(numbers),
        front: Front { hosts, metrics: Arc::clone(metrics), paths: router::PATHS },
        door: Door::open(&workspace, local.ip().is_loopback())?,
        rates: Rates::per_minute(limits.rate),
        limits,
        tracker: workspace.tracker_place()?.map_or(Kind::GitHub, |it| it.kind()),
        secret: workspace.own_settings().secret("watch.webhook_secret").cloned(),
        patience: plan.every() * LOOKS + Duration::from_secs(30),
        checking: Arc::new(Semaphore::new(CHECKS)),
    })
}

/// Who tells the collector, where the settings name one, and how often it hears numbers.
fn collector(pool: &Pool) -> Result<(Option<Tracing>, Duration), OpError> {
    let workspace = pool.lend()?;
    let every = workspace.own_settings().section("telemetry").merged()["every"].as_u64();
    Ok((Tracing::of(&workspace)?, Duration::from_secs(every.unwrap_or(60))))
}

/// Tells the collector how it stands, again and again.
async fn tells(numbers: Arc<Numbers>, every: Duration) {
    let mut ticks = tokio::time::interval(every);
    loop {
        ticks.tick().await;
        numbers.tell();
    }
}

/// Waits for the work's end, and passes on requests to stop.
async fn steer(
    mut worked: tokio::task::JoinHandle<Result<(), OpError>>,
    mut stop: Stop,
    control: &Control,
) -> Result<(), OpError> {
    let crashed = |error: tokio::task::JoinError| OpError::File {
        path: "the queue".to_owned(),
        reason: error.to_string(),
    };
    for steer in [Control::stop, Control::leave] {
        tokio::select! {
            done = &mut worked => return done.map_err(crashed).flatten(),
            () = stop.come() => steer(control),
        }
    }
    tokio::select! {
        done = &mut worked => done.map_err(crashed).flatten(),
        () = stop.come() => Ok(()),
    }
}
