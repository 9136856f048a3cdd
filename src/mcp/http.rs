//! The protocol over HTTP: one request, one answer, no session.
//!
//! The SDK's own service, told to keep nothing between requests. Who asks, how
//! often and how much is for `serve`, which stands in front of it.

use std::sync::Arc;

use axum::Router;
use rmcp::ServerHandler;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};

use super::lending::Lending;
use super::server::Server;

/// Answers every request that reaches it as one of the protocol. Bodies are at
/// most `body` bytes.
pub fn http(lending: &Lending, body: usize) -> Router {
    // One for all: its limits count what comes by any connection.
    over_http(Server::new(lending.clone()), body)
}

/// The same for any server of the protocol: its clones answer, one for each request.
/// The protocol's conformance set asks for tools that memory has not.
pub fn over_http<S: ServerHandler + Clone>(server: S, body: usize) -> Router {
    let service = StreamableHttpService::new(
        move || Ok(server.clone()),
        Arc::new(NeverSessionManager::default()),
        http_config(body),
    );
    Router::new().fallback_service(service)
}

/// How the SDK is told to serve: nothing is kept between requests, an answer that is
/// one message is JSON, and a body has at most `body` bytes.
pub fn http_config(body: usize) -> StreamableHttpServerConfig {
    // Hosts and origins were checked before, with the settings that hold for every path.
    StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts()
        .with_max_request_body_bytes(body)
}
