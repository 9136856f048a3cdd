//! The protocol over HTTP: one request, one answer, no session.
//!
//! The SDK's own service, told to keep nothing between requests. Who asks, how
//! often and how much is for `serve`, which stands in front of it.

use std::sync::Arc;

use axum::Router;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};

use super::lending::Lending;
use super::server::Server;

/// Answers every request that reaches it as one of the protocol. Bodies are at
/// most `body` bytes.
pub fn http(lending: &Lending, body: usize) -> Router {
    // One for all: its limits count what comes by any connection.
    let server = Server::new(lending.clone());
    // Hosts and origins were checked before, with the settings that hold for every path.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts()
        .with_max_request_body_bytes(body);
    let service = StreamableHttpService::new(
        move || Ok(server.clone()),
        Arc::new(NeverSessionManager::default()),
        config,
    );
    Router::new().fallback_service(service)
}
