//! Who asks.
//!
//! On the loopback, where no token was ever made, everybody is `local` and may ask
//! everything. Else a token must be sent. The file of tokens is read for each
//! request, so that one that was revoked opens nothing from then on.

use std::net::IpAddr;
use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;

use super::rates::Rates;
use super::refusal::Refusal;
use crate::clock::Clock;
use crate::ops::OpError;
use crate::tokens::{Standing, Token, TokenError, TokenFile, judge};
use crate::workspace::Workspace;

/// What whoever asks without a token is called.
const LOCAL: &str = "local";
/// Requests a minute without a good token that one address is told 401; a sixth of them
/// may come at once.
const STRANGE: u32 = 120;

/// Whose connection it is. Behind a proxy that is the proxy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// Who may come in.
pub(super) struct Door {
    /// `None` in a folder that is no repository.
    tokens: Option<TokenFile>,
    is_loopback: bool,
    strangers: Rates,
}

/// Somebody who was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caller {
    /// The name of a token, or `local`.
    pub(super) name: String,
    /// What may be asked; `None` for everything.
    scopes: Option<Vec<String>>,
}

impl Caller {
    /// True if it may ask what takes `scope`.
    pub(super) fn may(&self, scope: &str) -> bool {
        self.scopes.as_ref().is_none_or(|scopes| scopes.iter().any(|it| it == scope))
    }

    /// Who decides by it; `None` for whom Git names on this machine.
    pub(super) fn person(&self) -> Option<&str> {
        (!self.is_free()).then_some(self.name.as_str())
    }

    /// True if it may ask everything.
    pub(super) fn is_free(&self) -> bool {
        self.scopes.is_none()
    }
}

impl Door {
    /// Looks for tokens once, so that trouble with them is said at the start.
    ///
    /// # Errors
    /// The file of tokens cannot be used, or the address is no loopback and there
    /// is no token that holds.
    pub(super) fn open(workspace: &Workspace, is_loopback: bool) -> Result<Self, OpError> {
        let tokens = match workspace.tokens() {
            Ok(tokens) => Some(tokens),
            Err(TokenError::NoFolder) if is_loopback => None,
            Err(error) => return Err(error.into()),
        };
        let door = Self { tokens, is_loopback, strangers: Rates::per_minute(STRANGE) };
        let made = door.tokens.as_ref().map_or(Ok(None), TokenFile::read)?;
        let holds = |token: &Token| token.holds(Clock::system().now());
        if !is_loopback && !made.is_some_and(|tokens| tokens.iter().any(holds)) {
            return Err(OpError::Usage {
                message: "an address beyond this machine is served to holders of tokens, and there is no token"
                    .to_owned(),
                hint: "make one: prode serve token add NAME --scope TOOL; or leave --addr out"
                    .to_owned(),
            });
        }
        Ok(door)
    }

    /// True if whoever asks needs no token at the moment.
    pub(super) fn is_open(&self) -> bool {
        self.is_loopback && self.tokens.as_ref().is_none_or(|it| matches!(it.read(), Ok(None)))
    }

    /// Who sent this request. Whoever has a good token is let in however many others
    /// come from the same address; they are told so as often as is fair, and then to wait.
    pub(super) fn let_in(&self, request: &Request) -> Result<Caller, Refusal> {
        let refused = match self.caller(request.headers()) {
            Err(refusal) if refusal.is_of_token() => refusal,
            other => return other,
        };
        let Some(Peer(address)) = request.extensions().get() else { return Err(refused) };
        let waits = self.strangers.take(&neighbourhood(*address), Instant::now());
        Err(waits.err().map_or(refused, |wait| Refusal::Strangers { wait }))
    }

    /// Who sent these headers.
    fn caller(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let made =
            self.tokens.as_ref().map_or(Ok(None), TokenFile::read).map_err(Refusal::Tokens)?;
        match made {
            None if self.is_loopback => Ok(Caller { name: LOCAL.to_owned(), scopes: None }),
            made => holder(&made.unwrap_or_default(), headers, Clock::system().now()),
        }
    }
}

fn holder(tokens: &[Token], headers: &HeaderMap, now: Timestamp) -> Result<Caller, Refusal> {
    let mut sent = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (sent.next(), sent.next()) else { return Err(Refusal::NoToken) };
    let token = value.to_str().ok().and_then(bearer).ok_or(Refusal::NoToken)?;
    match judge(tokens, token, now) {
        Standing::Good(token) => {
            Ok(Caller { name: token.name.clone(), scopes: Some(token.scopes.clone()) })
        }
        Standing::Over(_) => Err(Refusal::TokenOver),
        Standing::Unknown => Err(Refusal::TokenUnknown),
    }
}

/// Addresses that one owner has: of IPv6, the 64 bits that name a network.
fn neighbourhood(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => address.to_string(),
            None => format!("{:x?}", &address.segments()[..4]),
        },
    }
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_owner_are_one() {
        let of = |text: &str| neighbourhood(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
