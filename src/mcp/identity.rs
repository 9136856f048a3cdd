//! Who asks.

use axum::http::request::Parts;
use rmcp::model::Extensions;

/// Who asks, for limits and the log of calls: a name that a transport made out and
/// put into the extensions of its requests. It is no secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity(pub String);

/// True for a request over HTTP: nobody waits for its answer once its connection ended. On
/// standard input, what was asked before the end is still answered.
pub(super) fn is_remote(extensions: &Extensions) -> bool {
    extensions.get::<Parts>().is_some()
}

/// Whoever started the program.
const STDIO: &str = "stdio";

/// Characters of a name that count.
const LONGEST: usize = 100;

impl Identity {
    /// The name that a request came with, which over HTTP its head has; the one
    /// client of standard input where it has none.
    pub(super) fn of(extensions: &Extensions) -> Self {
        let head = extensions.get::<Parts>().map(|head| &head.extensions);
        let named = head.map_or_else(|| extensions.get::<Self>(), |named| named.get::<Self>());
        let named = named.map(|it| it.0.chars().take(LONGEST).collect());
        Self(named.unwrap_or_else(|| STDIO.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_no_name_came_by_standard_input() {
        let mut extensions = Extensions::default();
        assert_eq!(Identity::of(&extensions), Identity("stdio".to_owned()));
        extensions.insert(Identity("ci".repeat(1_000)));
        assert_eq!(Identity::of(&extensions).0.len(), LONGEST);
    }
}
