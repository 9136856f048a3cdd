//! What goes back to a browser, before it is HTTP.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::Markup;
use sha2::{Digest as _, Sha256};

use super::assets::STYLE;
use crate::hint::{ErrorKind, Helpful};
use crate::ops::OpError;
use crate::rendering::GRAPH_STYLE;

/// What pages may load and do: their own files and the one style that is written into
/// them, nothing else.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src 'self' {}; script-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        known(STYLE),
    )
});
/// What a file of the repository may do, opened on its own: nothing, in no origin.
const FILE: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; sandbox";
/// The same for the graph's picture, with the one style that is the program's own.
static DRAWN: LazyLock<String> =
    LazyLock::new(|| format!("{FILE}; style-src {}", known(GRAPH_STYLE)));

/// A style that is the program's own, as a policy names it (CSP Level 3, section 2.3.1).
fn known(style: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(style)))
}

/// What goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Of HTTP.
    pub status: u16,
    /// `Content-Type`.
    pub mime: &'static str,
    /// `Content-Security-Policy`.
    pub policy: &'static str,
    /// Where else it is, for a status that leads on.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A page.
    pub(super) fn page(status: u16, page: Markup) -> Self {
        let body = page.into_string().into_bytes();
        Self { status, mime: "text/html; charset=utf-8", policy: &PAGE, location: None, body }
    }

    /// A file as it is.
    pub(super) fn file(mime: &'static str, body: Vec<u8>) -> Self {
        Self { status: 200, mime, policy: FILE, location: None, body }
    }

    /// The graph as a picture.
    pub(super) fn drawn(picture: String) -> Self {
        Self { policy: &DRAWN, ..Self::file("image/svg+xml", picture.into_bytes()) }
    }

    /// What was sent is done; the page that shows it is asked for with `GET`.
    pub(super) fn seen_at(address: String) -> Self {
        Self { status: 303, ..Self::elsewhere(address) }
    }

    /// The page is called otherwise.
    pub(super) fn elsewhere(address: String) -> Self {
        let mime = "text/plain; charset=utf-8";
        let body = format!("{address}\n").into_bytes();
        Self { status: 302, mime, policy: &PAGE, location: Some(address), body }
    }

    /// The policy of every answer that is none of a page's.
    pub fn strictest() -> &'static str {
        &PAGE
    }
}

/// The status of HTTP for a failure.
pub(super) fn status(error: &OpError) -> u16 {
    match error.kind() {
        ErrorKind::Usage | ErrorKind::Invalid => 400,
        ErrorKind::NotFound => 404,
        ErrorKind::Conflict | ErrorKind::Waiting => 409,
        ErrorKind::Unavailable | ErrorKind::Io => 503,
        ErrorKind::Bug => 500,
    }
}
