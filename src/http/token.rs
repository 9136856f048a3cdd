//! The right to speak to a service.

/// A token. It is never shown: neither in an error nor in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// From the user's settings.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// True of a token whose sort its beginning tells.
    pub fn begins_with(&self, start: &str) -> bool {
        self.0.starts_with(start)
    }

    /// For the header of a request, and nothing else.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// `text` without the token, should somebody have sent it back.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        if self.0.is_empty() { text.to_owned() } else { text.replace(&self.0, "<token>") }
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<token>")
    }
}
