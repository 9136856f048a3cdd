//! What gives a request the right to be answered.

use super::token::Token;

/// A request before it is signed.
#[derive(Debug)]
pub struct Unsigned<'a> {
    /// `POST`.
    pub method: &'a str,
    /// The whole URL.
    pub url: &'a str,
    /// Headers that have to be part of the signature, their names in lower case.
    pub headers: Vec<(&'a str, &'a str)>,
    /// What is sent.
    pub body: &'a [u8],
}

/// Proves of each request who sends it, without sending what proves it.
pub trait Sign: Send + Sync {
    /// Headers that prove it of a request that is sent now; `None` where that
    /// cannot be done.
    fn sign(&self, request: &Unsigned<'_>) -> Option<Vec<(&'static str, String)>>;

    /// `text` without what proves it, should somebody have sent it back.
    fn hidden_in(&self, text: &str) -> String;
}

/// One of them.
pub(super) enum Right {
    /// None is needed.
    Anybody,
    /// The same text with every request.
    Token(Token),
    /// Another proof with each.
    Signer(Box<dyn Sign>),
}

impl Right {
    pub(super) fn hidden_in(&self, text: &str) -> String {
        match self {
            Self::Anybody => text.to_owned(),
            Self::Token(token) => token.hidden_in(text),
            Self::Signer(signer) => signer.hidden_in(text),
        }
    }
}
