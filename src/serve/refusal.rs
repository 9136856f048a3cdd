//! Why a request is turned away: status, words, and what to do next.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::hint::{ErrorKind, Helpful};
use crate::ops::{ErrorDocument, OpError};
use crate::tokens::TokenError;

/// Why a request is turned away.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// HTTP/1.1 wants one.
    #[error("the request has no usable Host header")]
    NoHost,
    /// A name that is not the server's.
    #[error("this server is not called '{0}'")]
    Host(String),
    /// A page of another site.
    #[error("pages of '{0}' may not ask this server")]
    Origin(String),
    /// A form that says of no page that it stands there.
    #[error("the form does not say which page it was sent from")]
    NoOrigin,
    /// What was sent is no form.
    #[error("the body is no form")]
    NoForm,
    /// There is nothing there.
    #[error("there is nothing at this path")]
    Path,
    /// The path takes another method.
    #[error("this path does not take the method {0}")]
    Method(String),
    /// Nothing was sent that could be a token.
    #[error("the request has no bearer token")]
    NoToken,
    /// Nobody made it.
    #[error("the token is unknown here")]
    TokenUnknown,
    /// It expired or was revoked.
    #[error("the token has expired or was revoked")]
    TokenOver,
    /// It was made for something else.
    #[error("the token '{name}' is not for '{scope}'")]
    Scope {
        /// The token's name.
        name: String,
        /// What it would have to be for.
        scope: String,
    },
    /// The file of tokens cannot be used.
    #[error(transparent)]
    Tokens(TokenError),
    /// The tracker did not send it, or signs with something else.
    #[error("the webhook is not signed with what watch.webhook_secret says")]
    Signature,
    /// What cannot be read cannot be let through to what a token may not do.
    #[error("the body is not one JSON-RPC message: {0}")]
    Body(String),
    /// The body is too long.
    #[error("the body has more than {0} bytes")]
    BodyLength(usize),
    /// The body took too long.
    #[error("the body did not come within {} seconds", .0.as_secs())]
    BodyTime(Duration),
    /// The body ended before its end.
    #[error("the body broke off: {0}")]
    BodyEnd(String),
    /// This identity asks too often.
    #[error("'{name}' asks too often")]
    Rate {
        /// Who asks.
        name: String,
        /// Until the next request passes.
        wait: Duration,
    },
    /// This address sent too much without a good token.
    #[error("too many requests without a good token come from this address")]
    Strangers {
        /// Until the next one is looked at.
        wait: Duration,
    },
    /// As many are answered already as may be at the same time.
    #[error("the server answers as many requests as it may at the moment")]
    Busy,
    /// The answer took too long.
    #[error("the answer did not come within {} seconds", .0.as_secs())]
    RequestTime(Duration),
    /// Questions cannot be answered.
    #[error(transparent)]
    NotReady(OpError),
}

impl Refusal {
    /// True where no good token was shown.
    pub(super) fn is_of_token(&self) -> bool {
        matches!(self, Self::NoToken | Self::TokenUnknown | Self::TokenOver)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NoHost | Self::Body(_) | Self::BodyEnd(_) => StatusCode::BAD_REQUEST,
            Self::NoForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Host(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::Origin(_) | Self::NoOrigin | Self::Scope { .. } => StatusCode::FORBIDDEN,
            Self::Path => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::NoToken | Self::TokenUnknown | Self::TokenOver | Self::Signature => {
                StatusCode::UNAUTHORIZED
            }
            Self::BodyLength(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTime(_) => StatusCode::REQUEST_TIMEOUT,
            Self::Rate { .. } | Self::Strangers { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::RequestTime(_) => StatusCode::GATEWAY_TIMEOUT,
            Self::Tokens(_) | Self::Busy | Self::NotReady(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The label of its count.
    fn reason(&self) -> &'static str {
        match self {
            Self::NoHost | Self::Host(_) => "host",
            Self::Origin(_) | Self::NoOrigin => "origin",
            Self::Path => "path",
            Self::Method(_) => "method",
            Self::NoToken | Self::TokenUnknown | Self::TokenOver => "token",
            Self::Signature => "signature",
            Self::Scope { .. } => "scope",
            Self::Tokens(_) => "token_file",
            Self::Body(_) | Self::BodyEnd(_) | Self::NoForm => "body",
            Self::BodyLength(_) => "body_length",
            Self::BodyTime(_) => "body_time",
            Self::Rate { .. } => "rate",
            Self::Strangers { .. } => "token_rate",
            Self::Busy => "concurrency",
            Self::RequestTime(_) => "request_time",
            Self::NotReady(_) => "not_ready",
        }
    }

    /// Seconds after which it may go better.
    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Rate { wait, .. } | Self::Strangers { wait } => {
                Some(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
            }
            Self::Busy => Some(1),
            Self::NotReady(_) | Self::Tokens(_) => Some(5),
            _ => None,
        }
    }

    /// What RFC 6750 wants to be said of a token.
    fn challenge(&self) -> Option<String> {
        match self {
            Self::NoToken => Some("Bearer realm=\"prode\"".to_owned()),
            Self::TokenUnknown | Self::TokenOver => {
                Some("Bearer realm=\"prode\", error=\"invalid_token\"".to_owned())
            }
            Self::Scope { scope, .. } => {
                let plain = |it: &char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
                let scope: String = scope.chars().filter(plain).collect();
                Some(format!(
                    "Bearer realm=\"prode\", error=\"insufficient_scope\", scope=\"{scope}\""
                ))
            }
            _ => None,
        }
    }
}

impl Helpful for Refusal {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoHost
            | Self::Host(_)
            | Self::Origin(_)
            | Self::NoOrigin
            | Self::NoForm
            | Self::Method(_)
            | Self::NoToken
            | Self::TokenUnknown
            | Self::TokenOver
            | Self::Signature
            | Self::Scope { .. }
            | Self::Body(_)
            | Self::BodyLength(_)
            | Self::BodyEnd(_) => ErrorKind::Usage,
            Self::Path => ErrorKind::NotFound,
            Self::BodyTime(_)
            | Self::Rate { .. }
            | Self::Strangers { .. }
            | Self::Busy
            | Self::RequestTime(_) => ErrorKind::Unavailable,
            Self::Tokens(error) => error.kind(),
            Self::NotReady(error) => error.kind(),
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NoHost => "send one Host header, as HTTP/1.1 has it",
            Self::Host(_) => "call it localhost, or have its operator add the name to serve.hosts",
            Self::Origin(_) => "have the server's operator add the origin to serve.origins",
            Self::NoOrigin => "send it from a page of this server; scripts use prode inbox",
            Self::NoForm => "send it as application/x-www-form-urlencoded",
            Self::Path => {
                "pages begin at /, agents ask at /mcp, operators at /healthz, /readyz and /metrics"
            }
            Self::Method(_) => {
                "send POST to /mcp and to what decides on a learning, GET to the other paths"
            }
            Self::NoToken => "send the header 'Authorization: Bearer TOKEN'",
            Self::TokenUnknown | Self::TokenOver => {
                "have a new one made: prode serve token add NAME --scope TOOL"
            }
            Self::Signature => "give the tracker's webhook the secret of watch.webhook_secret",
            Self::Scope { scope, .. } => {
                return vec![format!(
                    "have one made for it: prode serve token add NAME --scope {scope}"
                )];
            }
            Self::Tokens(error) => return error.hints(),
            Self::Body(_) => "send one JSON-RPC 2.0 request, without a key that stands twice",
            Self::BodyLength(_) => "send less, or have the operator raise serve.body",
            Self::BodyTime(_) | Self::BodyEnd(_) => "send the whole body at once",
            Self::Rate { .. } | Self::Busy => "ask again after the seconds in Retry-After",
            Self::Strangers { .. } => {
                "ask again after the seconds in Retry-After, with a token that holds"
            }
            Self::RequestTime(_) => "ask for less, or have the operator raise serve.request_time",
            Self::NotReady(error) => return error.hints(),
        };
        vec![hint.to_owned()]
    }
}

/// What a refusal said, for whoever counts answers, or tells it otherwise.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    /// The label under which it is counted.
    pub(super) reason: &'static str,
    /// What happened.
    pub(super) message: String,
    /// What to do.
    pub(super) hints: Vec<String>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let document = ErrorDocument::new(self.kind(), shown(&self.to_string()), self.hints());
        let mut response =
            Response::new(Body::from(serde_json::to_string(&document).unwrap_or_default()));
        *response.status_mut() = self.status();
        let ErrorDocument { message, hints, .. } = document;
        response.extensions_mut().insert(Refused { reason: self.reason(), message, hints });
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(seconds) = self.retry_after() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(challenge) = self.challenge().and_then(|it| HeaderValue::try_from(it).ok()) {
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// What a client sent is told back short and without control characters.
fn shown(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).take(500).collect()
}
