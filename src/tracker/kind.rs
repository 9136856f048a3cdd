//! Which tracker, and where everybody finds it.

/// A kind of tracker. Forgejo speaks as Gitea does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Linear.
    Linear,
    /// Issues on github.com and GitHub Enterprise.
    GitHub,
    /// Issues on gitlab.com and GitLab's own servers.
    GitLab,
    /// Issues on Gitea and Forgejo.
    Gitea,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Linear, Self::GitHub, Self::GitLab, Self::Gitea];

    /// As settings write it, and names of tickets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Gitea => "gitea",
        }
    }

    /// From its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// How a ticket is written.
    pub fn example(self) -> &'static str {
        match self {
            Self::Linear => "linear:ENG-12",
            Self::GitHub => "github:org/repo#3",
            Self::GitLab => "gitlab:group/project#3",
            Self::Gitea => "gitea:org/repo#3",
        }
    }

    /// The address of the API that everybody knows; Gitea has none.
    pub(super) fn usual_endpoint(self) -> Option<&'static str> {
        match self {
            Self::Linear => Some("https://api.linear.app/graphql"),
            Self::GitHub => Some("https://api.github.com"),
            Self::GitLab => Some("https://gitlab.com/api/v4"),
            Self::Gitea => None,
        }
    }

    /// Where the API begins below its pages, on a server of one's own.
    pub(super) fn api_path(self) -> &'static str {
        match self {
            Self::Linear => "/graphql",
            Self::GitHub => "/api/v3",
            Self::GitLab => "/api/v4",
            Self::Gitea => "/api/v1",
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
