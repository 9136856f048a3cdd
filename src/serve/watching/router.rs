//! What operators and the tracker ask of a watch.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::numbers::Numbers;
use crate::clock::Clock;
use crate::config::Secret;
use crate::ops::{OpError, ready};
use crate::serve::METRICS_SCOPE;
use crate::serve::body::whole;
use crate::serve::front::{Front, exposition};
use crate::serve::identity::Door;
use crate::serve::limits::Limits;
use crate::serve::rates::Rates;
use crate::serve::refusal::Refusal;
use crate::serve::serving::may;
use crate::tracker::{Kind, is_sent_by};
use crate::workspace::Pool;

/// First parts of paths.
pub(super) const PATHS: &[&str] = &["/healthz", "/readyz", "/metrics", "/webhooks"];

/// What requests are answered with.
pub(super) struct Office {
    pub(super) pool: Arc<Pool>,
    pub(super) numbers: Arc<Numbers>,
    pub(super) front: Front,
    pub(super) door: Door,
    pub(super) rates: Rates,
    pub(super) limits: Limits,
    pub(super) tracker: Kind,
    /// What its webhooks are signed with; none is taken without.
    pub(super) secret: Option<Secret>,
    /// The queue has to have been looked at within this time.
    pub(super) patience: Duration,
    pub(super) checking: Arc<Semaphore>,
}

pub(super) fn router(office: Office) -> Router {
    let office = Arc::new(office);
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .route("/webhooks/{tracker}", post(webhook))
        .fallback(async || Refusal::Path)
        .method_not_allowed_fallback(async |method: Method| Refusal::Method(method.to_string()))
        .layer(middleware::from_fn_with_state(Arc::clone(&office), watched))
        .with_state(office)
}

async fn watched(State(office): State<Arc<Office>>, request: Request, next: Next) -> Response {
    office.front.around(request, next, |response, _| response).await
}

async fn metrics(State(office): State<Arc<Office>>, request: Request) -> Result<Response, Refusal> {
    may(&office.door.let_in(&request)?, METRICS_SCOPE)?;
    Ok(exposition(office.numbers.text() + &office.front.metrics.text(None)))
}

/// Tracker, store and repository, in this order.
async fn readyz(State(office): State<Arc<Office>>) -> Result<Response, Refusal> {
    let not = |message: String, hint: String| Refusal::NotReady(OpError::Waiting { message, hint });
    if office.numbers.control.is_stopping() {
        return Err(not("it is stopping".to_owned(), "ask the one that takes over".to_owned()));
    }
    let Ok(room) = Arc::clone(&office.checking).try_acquire_owned() else {
        return Err(Refusal::Busy);
    };
    let ago = office.numbers.last_look().map_err(|(why, hint)| not(why, hint))?;
    let seconds = ago.as_secs();
    if ago > office.patience {
        let message = format!("the queue was last looked at {seconds} seconds ago");
        return Err(not(message, "see what the watch tells on its standard error".to_owned()));
    }
    let pool = Arc::clone(&office.pool);
    let work = tokio::task::spawn_blocking(move || {
        // Also where nobody waits any more, so that what hangs does not pile up.
        let _room = room;
        let mut workspace = pool.lend().map_err(OpError::from)?;
        workspace.set_clock(Clock::system());
        ready::watch_ready(&workspace, seconds)
    });
    let within = office.limits.request_time;
    let done = timeout(within, work).await.map_err(|_| Refusal::RequestTime(within))?;
    let crashed = |error: tokio::task::JoinError| OpError::File {
        path: "the repository".to_owned(),
        reason: error.to_string(),
    };
    let ready = done.map_err(crashed).flatten().map_err(Refusal::NotReady)?;
    let text = serde_json::to_string(&ready).unwrap_or_default();
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// A reason to look at the queue, if the tracker sent it.
async fn webhook(
    State(office): State<Arc<Office>>,
    Path(tracker): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Refusal> {
    let Some(secret) = &office.secret else { return Err(Refusal::Path) };
    if Kind::named(&tracker) != Some(office.tracker) {
        return Err(Refusal::Path);
    }
    let name = || "webhooks".to_owned();
    office
        .rates
        .take("webhooks", Instant::now())
        .map_err(|wait| Refusal::Rate { name: name(), wait })?;
    let body = whole(request.into_body(), office.limits.body, office.limits.body_time).await?;
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let now = Clock::system().now();
    if !is_sent_by(office.tracker, secret.reveal(), header, &body, now) {
        return Err(Refusal::Signature);
    }
    office.numbers.webhooks.fetch_add(1, Ordering::Relaxed);
    office.numbers.control.look();
    Ok(StatusCode::ACCEPTED.into_response())
}
