//! Which forge, and what a repository is called there.

use std::fmt;

use crate::http::{Service, is_path, part};

/// A kind of forge that can be asked for what was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// github.com and GitHub Enterprise.
    GitHub,
    /// gitlab.com and GitLab's own servers.
    GitLab,
}

impl Kind {
    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
        }
    }

    /// The API that everybody knows.
    pub fn known(self) -> &'static str {
        match self {
            Self::GitHub => "https://api.github.com",
            Self::GitLab => "https://gitlab.com/api/v4",
        }
    }

    pub(super) fn service(self) -> Service {
        match self {
            Self::GitHub => Service::GITHUB,
            Self::GitLab => Service::GITLAB,
        }
    }
}

/// Why a name is no repository's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no repository of {1}, such as {2}")]
pub struct BadRepo(String, &'static str, &'static str);

/// A repository: `org/name`, deeper on GitLab.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repo(String);

impl Repo {
    /// As it is written.
    ///
    /// # Errors
    /// It has too few or too many parts, or leads elsewhere.
    pub fn new(kind: Kind, text: &str) -> Result<Self, BadRepo> {
        let (count, such) = match kind {
            Kind::GitHub => (2..=2, "org/name"),
            Kind::GitLab => (2..=20, "group/name"),
        };
        if text.len() <= 300 && is_path(text, count) {
            return Ok(Self(text.to_owned()));
        }
        let shown = text.chars().filter(|it| !it.is_control()).take(60).collect();
        Err(BadRepo(shown, kind.name(), such))
    }

    /// The last part.
    pub fn short(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// What stands in a path: GitHub takes two parts, GitLab one in which the `/` is
    /// encoded.
    pub(super) fn parts(&self) -> (&str, &str) {
        self.0.split_once('/').unwrap_or((&self.0, ""))
    }

    /// Its page on a server.
    pub(super) fn page(&self) -> String {
        self.0.split('/').map(part).collect::<Vec<_>>().join("/")
    }
}

impl fmt::Display for Repo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_leads_nowhere_else() {
        assert!(Repo::new(Kind::GitHub, "acme/checkout.js").is_ok());
        assert_eq!(Repo::new(Kind::GitLab, "acme/shop/checkout").unwrap().short(), "checkout");
        for bad in ["", "acme", "a/../b", "a/..", "a/b?x", "a b/c", "a//b", "/a/b"] {
            assert!(Repo::new(Kind::GitHub, bad).is_err(), "{bad}");
            assert!(Repo::new(Kind::GitLab, bad).is_err(), "{bad}");
        }
        let error = Repo::new(Kind::GitHub, "a/b/c").unwrap_err().to_string();
        assert_eq!(error, "'a/b/c' is no repository of GitHub, such as org/name");
    }
}
