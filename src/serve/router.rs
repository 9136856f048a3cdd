//! What is at which path, and what a request goes through on its way there:
//! host and origin, then who asks, how often, the body, what it may ask, and
//! whether there is room. The cheap checks come first.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::METRICS_SCOPE;
use super::body::whole;
use super::front::exposition;
use super::pages;
use super::refusal::{Refusal, Refused};
use super::serving::{READING, Serving, Shared, may};
use crate::clock::Clock;
use crate::mcp::Identity;
use crate::ops::{OpError, ready};

/// Answers of `/readyz` at the same time.
pub(super) const CHECKS: usize = 4;
/// Everything that is served; `protocol` at `/mcp`.
pub(super) fn router(serving: Serving, protocol: Router) -> Router {
    let answering = Semaphore::new(serving.limits.concurrency);
    let shared =
        Arc::new(Shared { serving, answering, checking: Arc::new(Semaphore::new(CHECKS)) });
    let admitted = middleware::from_fn_with_state(Arc::clone(&shared), admitted);
    pages::routes()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .route_service("/mcp", protocol.layer(admitted))
        .fallback(async || Refusal::Path)
        .method_not_allowed_fallback(async |method: Method| Refusal::Method(method.to_string()))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), watched))
        .with_state(shared)
}

/// First parts of paths.
pub(super) const PATHS: &[&str] = &[
    "/mcp", "/healthz", "/readyz", "/metrics", "/search", "/wiki", "/raw", "/picture", "/adr",
    "/skills", "/graph", "/inbox", "/audit", "/runs", "/assets",
];

/// Around everything. Whoever reads pages is told a refusal as one.
async fn watched(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let is_for_people = pages::is_for_people(request.uri().path(), request.headers());
    let dress = |response, refused: &Refused| {
        if is_for_people { pages::told(response, refused) } else { response }
    };
    shared.serving.front.around(request, next, dress).await
}

async fn healthz() -> &'static str {
    "ok\n"
}

async fn readyz(State(shared): State<Arc<Shared>>) -> Result<Response, Refusal> {
    let Ok(room) = Arc::clone(&shared.checking).try_acquire_owned() else {
        return Err(Refusal::Busy);
    };
    let pool = shared.serving.lending.pool();
    let work = tokio::task::spawn_blocking(move || {
        // Also where nobody waits any more, so that what hangs does not pile up.
        let _room = room;
        let mut workspace = pool.lend().map_err(OpError::from)?;
        workspace.set_clock(Clock::system());
        ready::ready(&workspace)
    });
    let within = shared.serving.limits.request_time;
    let done = timeout(within, work).await.map_err(|_| Refusal::RequestTime(within))?;
    let ready = match done {
        Ok(ready) => ready.map_err(Refusal::NotReady)?,
        Err(error) => {
            let reason = error.to_string();
            let path = "the repository".to_owned();
            return Err(Refusal::NotReady(OpError::File { path, reason }));
        }
    };
    let json = HeaderValue::from_static("application/json");
    let text = serde_json::to_string(&ready).unwrap_or_default();
    Ok(([(header::CONTENT_TYPE, json)], text).into_response())
}

async fn metrics(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Refusal> {
    let caller = shared.serving.door.let_in(&request)?;
    may(&caller, METRICS_SCOPE)?;
    let moves = shared.serving.lending.pool().index_moves();
    Ok(exposition(shared.serving.front.metrics.text(Some(moves))))
}

/// In front of the protocol.
async fn admitted(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let Serving { door, rates, limits, .. } = &shared.serving;
    let caller = door.let_in(&request)?;
    let name = || caller.name.clone();
    rates
        .take(&caller.name, Instant::now())
        .map_err(|wait| Refusal::Rate { name: name(), wait })?;
    let (mut head, body) = request.into_parts();
    let body = whole(body, limits.body, limits.body_time).await?;
    if !caller.is_free() && head.method == Method::POST {
        may(&caller, &scope_of(&body)?)?;
    }
    head.extensions.insert(Identity(name()));
    let Ok(_room) = shared.answering.try_acquire() else { return Err(Refusal::Busy) };
    let answer = next.run(Request::from_parts(head, Body::from(body)));
    let within = limits.request_time;
    timeout(within, answer).await.map_err(|_| Refusal::RequestTime(within))
}

/// As much of a message as tells what it asks for. A key that stands twice is an
/// error here, so that nobody reads it otherwise than the SDK.
#[derive(Deserialize)]
struct Message {
    method: Option<String>,
    params: Option<serde_json::Value>,
}

/// The scope that a message takes; empty for what every token may.
fn scope_of(body: &[u8]) -> Result<String, Refusal> {
    let message: Message =
        serde_json::from_slice(body).map_err(|error| Refusal::Body(error.to_string()))?;
    let Some(method) = message.method else { return Ok(String::new()) };
    Ok(match method.as_str() {
        "tools/call" => {
            let name = message.params.as_ref().and_then(|params| params.get("name")?.as_str());
            let missing = || Refusal::Body("tools/call has no name of a tool".to_owned());
            name.ok_or_else(missing)?.to_owned()
        }
        "initialize" | "server/discover" | "ping" | "tools/list" => String::new(),
        method if method.starts_with("notifications/") => String::new(),
        _ => READING.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_has_its_scope() {
        for (message, scope) in [
            (r#"{"method":"tools/call","params":{"name":"route","arguments":{}}}"#, "route"),
            (r#"{"method":"tools/list"}"#, ""),
            (r#"{"method":"notifications/initialized"}"#, ""),
            (r#"{"method":"resources/read","params":{"uri":"wiki://a"}}"#, "get"),
            (r#"{"method":"something/new"}"#, "get"),
            (r#"{"id":1,"result":{}}"#, ""),
        ] {
            assert_eq!(scope_of(message.as_bytes()).ok().as_deref(), Some(scope), "{message}");
        }
        for bad in [
            r#"{"method":"tools/list","method":"tools/call"}"#,
            r#"[{"method":"tools/list"}]"#,
            r#"{"method":"tools/call","params":{}}"#,
            r#"{"method":"tools/call","params":{"name":7}}"#,
            "",
        ] {
            assert!(scope_of(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
