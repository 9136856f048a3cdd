//! Pages for people, behind the same checks as the protocol: who asks, how often, what
//! for, and whether there is room.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::time::timeout;

use super::refusal::{Refusal, Refused};
use super::serving::{READING, Shared, may};
use crate::clock::Clock;
use crate::mcp::Turn;
use crate::ops::OpError;
use crate::web::{self, Reply};

/// What a search takes of a token: what the tool that searches takes.
const SEARCHING: &str = "query";
/// Paths that no person looks at.
const MACHINES: [&str; 4] = ["/mcp", "/healthz", "/readyz", "/metrics"];
/// What the memory is called where nobody looked.
const NAMELESS: &str = "prode";

/// Where pages are, and their files.
pub(super) fn routes() -> Router<Arc<Shared>> {
    const PAGES: [&str; 11] = [
        "/",
        "/search",
        "/wiki/{*path}",
        "/raw/{*path}",
        "/picture/{*path}",
        "/adr",
        "/adr/{number}",
        "/skills",
        "/skills/{name}",
        "/graph",
        "/graph.svg",
    ];
    let router = Router::new().route("/assets/{name}", get(asset));
    PAGES.into_iter().fold(router, |router, path| router.route(path, get(page)))
}

/// True if a person is told of a failure: a browser says that it takes HTML.
pub(super) fn is_for_people(path: &str, headers: &HeaderMap) -> bool {
    let mut accepts = headers.get_all(header::ACCEPT).iter().filter_map(|it| it.to_str().ok());
    !MACHINES.contains(&path) && accepts.any(|it| it.contains("text/html"))
}

/// The same refusal as a page: status and headers stay.
pub(super) fn told(refusal: Response, refused: &Refused) -> Response {
    let (mut head, _) = refusal.into_parts();
    let reply = web::refused(NAMELESS, head.status.as_u16(), &refused.message, &refused.hints);
    head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.mime));
    Response::from_parts(head, Body::from(reply.body))
}

/// A file of the program's own. Everybody may have it, and keep it: another version has
/// another name.
async fn asset(Path(name): Path<String>) -> Result<Response, Refusal> {
    let asset = web::asset(&name).ok_or(Refusal::Path)?;
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    let mime = HeaderValue::from_static(asset.mime);
    let headers = [(header::CACHE_CONTROL, kept), (header::CONTENT_TYPE, mime)];
    Ok((headers, asset.bytes).into_response())
}

/// True where a page of another site has a browser fetch something, as a picture or a
/// script. A link that a person follows is none of that.
fn is_taken(headers: &HeaderMap) -> bool {
    let is = |name: &str, wanted: &[u8]| {
        headers.get(name).is_some_and(|value| value.as_bytes() == wanted)
    };
    is("sec-fetch-site", b"cross-site") && !is("sec-fetch-mode", b"navigate")
}

async fn page(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    request: Request,
) -> Result<Response, Refusal> {
    let serving = &shared.serving;
    if is_taken(request.headers()) {
        return Err(Refusal::Origin("another site".to_owned()));
    }
    let caller = serving.door.let_in(&request)?;
    let name = || caller.name.clone();
    let taken = serving.rates.take(&caller.name, Instant::now());
    taken.map_err(|wait| Refusal::Rate { name: name(), wait })?;
    may(&caller, if uri.path() == "/search" { SEARCHING } else { READING })?;
    let Ok(_room) = shared.answering.try_acquire() else { return Err(Refusal::Busy) };
    let answer = async {
        let turn = serving.lending.turn().await;
        tokio::task::spawn_blocking(move || answer(&turn, &uri)).await
    };
    let within = serving.limits.request_time;
    let done = timeout(within, answer).await.map_err(|_| Refusal::RequestTime(within))?;
    let reply = done.map_err(|error| not_ready(error.to_string()))?;
    reply.map(response)
}

/// Asks on a thread that may block. A workspace that a panic left is not lent again.
fn answer(turn: &Turn, uri: &Uri) -> Result<Reply, Refusal> {
    let lent = turn.pool.lend().map_err(|error| Refusal::NotReady(error.into()));
    let mut workspace = lent?;
    workspace.set_clock(Clock::system());
    Ok(web::answer(&workspace, uri.path(), uri.query().unwrap_or_default()))
}

fn not_ready(reason: String) -> Refusal {
    Refusal::NotReady(OpError::File { path: "the repository".to_owned(), reason })
}

fn response(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, reply.mime);
    put(header::CONTENT_SECURITY_POLICY, reply.policy);
    if let Some(location) = &reply.location {
        put(header::LOCATION, location);
    }
    response
}
