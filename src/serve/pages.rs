//! Pages for people, behind the same checks as the protocol: who asks, how often, what
//! for, and whether there is room.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::time::timeout;

use super::DECIDING;
use super::body::whole;
use super::gzip::{is_taken as takes_gzip, squeezed};
use super::identity::Caller;
use super::refusal::{Refusal, Refused};
use super::serving::{READING, Shared, may};
use crate::clock::Clock;
use crate::mcp::Turn;
use crate::ops::OpError;
use crate::web::{self, Reply};
use crate::workspace::Workspace;

/// Paths that take of a token what the tool takes that answers the same.
const SCOPES: [(&str, &str); 3] =
    [("/search", "query"), ("/audit", "audit"), ("/runs", "triage_status")];
/// Paths that no person looks at.
const MACHINES: [&str; 4] = ["/mcp", "/healthz", "/readyz", "/metrics"];
/// How browsers send a form.
const FORM: &str = "application/x-www-form-urlencoded";
/// What the memory is called where nobody looked.
const NAMELESS: &str = "prode";

/// Where pages are, and their files.
pub(super) fn routes() -> Router<Arc<Shared>> {
    const PAGES: [&str; 17] = [
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
        "/inbox",
        "/inbox/{id}",
        "/audit",
        "/audit/{id}",
        "/runs",
        "/runs/{id}",
    ];
    let router = Router::new().route("/assets/{name}", get(asset));
    let router = router.route("/inbox/{id}/{verb}", post(decide));
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
async fn asset(headers: HeaderMap, Path(name): Path<String>) -> Result<Response, Refusal> {
    let asset = web::asset(&name).ok_or(Refusal::Path)?;
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    let mime = HeaderValue::from_static(asset.mime);
    let told = [(header::CACHE_CONTROL, kept), (header::CONTENT_TYPE, mime)];
    let mut told: HeaderMap = told.into_iter().collect();
    let body = squeezed(asset.bytes.to_vec(), &mut told, takes_gzip(&headers));
    Ok((told, body).into_response())
}

/// True where a page of another site has a browser fetch something, as a picture or a
/// script. A link that a person follows is none of that.
fn is_taken(headers: &HeaderMap) -> bool {
    let is = |name: &str, wanted: &[u8]| {
        headers.get(name).is_some_and(|value| value.as_bytes() == wanted)
    };
    is("sec-fetch-site", b"cross-site") && !is("sec-fetch-mode", b"navigate")
}

/// The scope that a path takes, and all below it.
fn scope_of(path: &str) -> &'static str {
    let is_below = |known: &str| {
        path.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    SCOPES.iter().find(|(known, _)| is_below(known)).map_or(READING, |(_, scope)| scope)
}

async fn page(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    request: Request,
) -> Result<Response, Refusal> {
    if is_taken(request.headers()) {
        return Err(Refusal::Origin("another site".to_owned()));
    }
    let caller = known(&shared, &request)?;
    may(&caller, scope_of(uri.path()))?;
    let gzip = takes_gzip(request.headers());
    answered(&shared, gzip, move |workspace| {
        let query = uri.query().unwrap_or_default();
        web::answer(workspace, uri.path(), query, caller.may(DECIDING))
    })
    .await
}

/// A decision. Only a page of this server can send it: a browser says which page a form
/// stands on, and `watched` has looked whether it is one of ours.
async fn decide(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    request: Request,
) -> Result<Response, Refusal> {
    let headers = request.headers();
    let is_near = headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin");
    if !is_near {
        return Err(Refusal::Origin("another site".to_owned()));
    }
    if !headers.contains_key(header::ORIGIN) {
        return Err(Refusal::NoOrigin);
    }
    let is_form = |kind: &HeaderValue| kind.as_bytes().starts_with(FORM.as_bytes());
    if !headers.get(header::CONTENT_TYPE).is_some_and(is_form) {
        return Err(Refusal::NoForm);
    }
    let caller = known(&shared, &request)?;
    may(&caller, DECIDING)?;
    let gzip = takes_gzip(request.headers());
    let limits = &shared.serving.limits;
    let form = whole(request.into_body(), limits.body, limits.body_time).await?;
    answered(&shared, gzip, move |workspace| {
        workspace.act_as(caller.person());
        let reply = web::decide(workspace, uri.path(), &form);
        workspace.act_as(None);
        reply
    })
    .await
}

/// Who asks, where it may ask at all, and now.
fn known(shared: &Shared, request: &Request) -> Result<Caller, Refusal> {
    let serving = &shared.serving;
    let caller = serving.door.let_in(request)?;
    let taken = serving.rates.take(&caller.name, Instant::now());
    taken.map_err(|wait| Refusal::Rate { name: caller.name.clone(), wait })?;
    Ok(caller)
}

/// What `work` answers, where there is room, within the time of a request.
async fn answered(
    shared: &Shared,
    gzip: bool,
    work: impl FnOnce(&mut Workspace) -> Reply + Send + 'static,
) -> Result<Response, Refusal> {
    let serving = &shared.serving;
    let Ok(_room) = shared.answering.try_acquire() else { return Err(Refusal::Busy) };
    let answer = async {
        let turn = serving.lending.turn().await;
        tokio::task::spawn_blocking(move || on(&turn, gzip, work)).await
    };
    let within = serving.limits.request_time;
    let done = timeout(within, answer).await.map_err(|_| Refusal::RequestTime(within))?;
    done.map_err(|error| not_ready(error.to_string()))?
}

/// Works on a thread that may block. A workspace that a panic left is not lent again.
fn on(
    turn: &Turn,
    gzip: bool,
    work: impl FnOnce(&mut Workspace) -> Reply,
) -> Result<Response, Refusal> {
    let lent = turn.pool.lend().map_err(|error| Refusal::NotReady(error.into()));
    let mut workspace = lent?;
    workspace.set_clock(Clock::system());
    Ok(response(work(&mut workspace), gzip))
}

fn not_ready(reason: String) -> Refusal {
    Refusal::NotReady(OpError::File { path: "the repository".to_owned(), reason })
}

fn response(reply: Reply, gzip: bool) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(Body::empty());
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
    *response.body_mut() = Body::from(squeezed(reply.body, response.headers_mut(), gzip));
    response
}
