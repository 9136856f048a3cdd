//! Which forge, and what it calls things.

/// A kind of forge. Forgejo speaks as Gitea does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// github.com and GitHub Enterprise.
    GitHub,
    /// gitlab.com and GitLab's own servers.
    GitLab,
    /// Gitea and Forgejo.
    Gitea,
}

/// Hosts that everybody knows: kind, host, the address of the API.
const KNOWN: &[(Kind, &str, &str)] = &[
    (Kind::GitHub, "github.com", "https://api.github.com"),
    (Kind::GitLab, "gitlab.com", "https://gitlab.com/api/v4"),
    (Kind::Gitea, "codeberg.org", "https://codeberg.org/api/v1"),
];

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::GitHub, Self::GitLab, Self::Gitea];

    /// As settings write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Gitea => "gitea",
        }
    }

    /// From its name.
    pub fn named(name: &str) -> Option<Self> {
        // Forgejo speaks as Gitea does.
        let name = if name == "forgejo" { "gitea" } else { name };
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The forge of a host that everybody knows, and the address of its API.
    pub(super) fn of_host(host: &str) -> Option<(Self, &'static str)> {
        let known = KNOWN.iter().find(|(_, name, _)| host.eq_ignore_ascii_case(name));
        known.map(|(kind, _, endpoint)| (*kind, *endpoint))
    }

    /// What an API's address tells of its kind: the host, else the path that
    /// every server of the kind has.
    pub(super) fn of_endpoint(host: &str, path: &str) -> Option<Self> {
        let host = host.strip_prefix("api.").unwrap_or(host);
        let by_path = || {
            let ends =
                [("/api/v3", Self::GitHub), ("/api/v4", Self::GitLab), ("/api/v1", Self::Gitea)];
            let path = path.trim_end_matches('/');
            ends.into_iter().find(|(end, _)| path.ends_with(end)).map(|(_, kind)| kind)
        };
        Self::of_host(host).map(|(kind, _)| kind).or_else(by_path)
    }

    /// How people write the number of a pull request.
    pub fn mark(self) -> char {
        if self == Self::GitLab { '!' } else { '#' }
    }

    /// What a title begins with that is not ready, where a title says so.
    pub(super) fn draft_prefixes(self) -> &'static [&'static str] {
        match self {
            Self::GitHub => &[],
            Self::GitLab => &["Draft: ", "Draft:", "[Draft]", "(Draft)"],
            Self::Gitea => &["WIP: ", "WIP:", "[WIP]"],
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
