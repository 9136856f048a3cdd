//! Which forge, and what it calls things: one row each.

use std::ops::RangeInclusive;

use crate::http::is_path;
use crate::rendering::without_slash_commands;

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

/// What a kind calls things, and how it takes them: everything that is no request.
struct Row {
    /// As settings write it.
    name: &'static str,
    /// The host that everybody knows, and the address of its API.
    known: (&'static str, &'static str),
    /// How the path of its API ends on every server.
    path: &'static str,
    /// How people write the number of a pull request.
    mark: char,
    /// What a title begins with that is not ready; empty where no title says so.
    drafts: &'static [&'static str],
    /// How many parts a repository's name has.
    parts: RangeInclusive<usize>,
    /// True if it carries out lines of a description, such as `/close`.
    obeys: bool,
    /// Where it looks for the team's own template of a description.
    templates: Templates,
}

/// Where a forge looks for a template of a pull request.
#[derive(Debug, Clone, Copy)]
pub struct Templates {
    /// Folders from the top, in its order.
    pub folders: &'static [&'static str],
    /// Names, in its order and in any case.
    pub names: &'static [&'static str],
}

static GITHUB: Row = Row {
    name: "github",
    known: ("github.com", "https://api.github.com"),
    path: "/api/v3",
    mark: '#',
    drafts: &[],
    parts: 2..=2,
    obeys: false,
    templates: Templates {
        folders: &[".github", "", "docs"],
        names: &["pull_request_template.md", "pull_request_template.txt", "pull_request_template"],
    },
};

static GITLAB: Row = Row {
    name: "gitlab",
    known: ("gitlab.com", "https://gitlab.com/api/v4"),
    path: "/api/v4",
    mark: '!',
    drafts: &["Draft: ", "Draft:", "[Draft]", "(Draft)"],
    parts: 2..=20,
    obeys: true,
    templates: Templates { folders: &[".gitlab/merge_request_templates"], names: &["default.md"] },
};

static GITEA: Row = Row {
    name: "gitea",
    known: ("codeberg.org", "https://codeberg.org/api/v1"),
    path: "/api/v1",
    mark: '#',
    drafts: &["WIP: ", "WIP:", "[WIP]"],
    parts: 2..=2,
    obeys: false,
    templates: Templates {
        folders: &["", ".forgejo", ".gitea", ".github"],
        names: &["pull_request_template.md"],
    },
};

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::GitHub, Self::GitLab, Self::Gitea];

    fn row(self) -> &'static Row {
        match self {
            Self::GitHub => &GITHUB,
            Self::GitLab => &GITLAB,
            Self::Gitea => &GITEA,
        }
    }

    /// As settings write it.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// From its name.
    pub fn named(name: &str) -> Option<Self> {
        // Forgejo speaks as Gitea does.
        let name = if name == "forgejo" { "gitea" } else { name };
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The forge of a host that everybody knows, and the address of its API.
    pub(super) fn of_host(host: &str) -> Option<(Self, &'static str)> {
        let is_it = |kind: &Self| host.eq_ignore_ascii_case(kind.row().known.0);
        Self::ALL.into_iter().find(is_it).map(|kind| (kind, kind.row().known.1))
    }

    /// What an API's address tells of its kind: the host, else the path that
    /// every server of the kind has.
    pub(super) fn of_endpoint(host: &str, path: &str) -> Option<Self> {
        let host = host.strip_prefix("api.").unwrap_or(host);
        let path = path.trim_end_matches('/');
        let by_path = || Self::ALL.into_iter().find(|kind| path.ends_with(kind.row().path));
        Self::of_host(host).map(|(kind, _)| kind).or_else(by_path)
    }

    /// True if a repository may be called so there.
    pub(super) fn takes_repo(self, repo: &str) -> bool {
        is_path(repo, self.row().parts.clone())
    }

    /// How people write the number of a pull request.
    pub fn mark(self) -> char {
        self.row().mark
    }

    /// What a title begins with that is not ready, where a title says so.
    pub(super) fn draft_prefixes(self) -> &'static [&'static str] {
        self.row().drafts
    }

    /// Where it looks for the team's own template of a description.
    pub fn templates(self) -> Templates {
        self.row().templates
    }

    /// A description of which it carries out no line.
    pub fn inert(self, words: String) -> String {
        if self.row().obeys { without_slash_commands(&words) } else { words }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
