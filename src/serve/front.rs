//! What stands around every answer: the names that are called, what is counted, and
//! what every answer says of itself.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::hosts::Hosts;
use super::metrics::Metrics;
use super::refusal::Refused;
use crate::web::Reply;

/// What an answer is given behind.
pub(super) struct Front {
    pub(super) hosts: Hosts,
    pub(super) metrics: Arc<Metrics>,
    /// First parts of paths, as labels of what is counted.
    pub(super) paths: &'static [&'static str],
}

impl Front {
    /// Answers a request, or turns away who calls another name. `dress` says the
    /// refusal in another form.
    pub(super) async fn around(
        &self,
        request: Request,
        next: Next,
        dress: impl FnOnce(Response, &Refused) -> Response,
    ) -> Response {
        let (begun, _held) = (Instant::now(), self.metrics.begun());
        let (path, method) = (self.name_of(request.uri().path()), request.method().clone());
        let mut response = match self.hosts.check(request.uri(), request.headers()) {
            Ok(()) => next.run(request).await,
            Err(refusal) => refusal.into_response(),
        };
        if let Some(refused) = response.extensions_mut().remove::<Refused>() {
            self.metrics.refused(refused.reason);
            response = dress(response, &refused);
        }
        let headers = response.headers_mut();
        let mut unless_said = |name, value| {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        };
        unless_said(header::CACHE_CONTROL, "no-store");
        unless_said(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        // A form of ours must be able to say where it comes from; no other site is told.
        unless_said(header::REFERRER_POLICY, "same-origin");
        unless_said(header::CONTENT_SECURITY_POLICY, Reply::strictest());
        unless_said(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
        self.metrics.answered(path, &method, response.status(), begun.elapsed());
        response
    }

    /// Labels come from a fixed list: the first part of the path, where it is known.
    fn name_of(&self, path: &str) -> &'static str {
        if path == "/" {
            return "/";
        }
        let end = path.get(1..).and_then(|rest| rest.find(['/', '.']));
        let end = end.map_or(path.len(), |at| at + 1);
        self.paths.iter().find(|known| **known == &path[..end]).copied().unwrap_or("other")
    }
}

/// The type of what Prometheus reads.
pub(super) fn exposition(text: String) -> Response {
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}
