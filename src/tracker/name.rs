//! The name of a ticket, from what was typed.
//!
//! An address is taken apart and never fetched: it must be of the host that the
//! user's settings name.

use super::error::TrackerError;
use super::kind::Kind;
use super::place::Place;
use crate::http::is_path;

/// Digits of a ticket's number.
const DIGITS: usize = 10;

/// Characters of what was typed that a message shows.
const SHOWN: usize = 100;

/// A ticket on a tracker: `linear:ENG-12`, `github:org/repo#3`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketName {
    kind: Kind,
    /// `org/repo`; on Linear the team's key.
    project: String,
    number: u64,
}

impl TicketName {
    /// Reads what was typed; `None` where it is a path, or `-`. `place` is the
    /// tracker that is set up.
    ///
    /// # Errors
    /// It begins as a name or an address and is none, or is of another tracker.
    pub fn parse(typed: &str, place: Option<&Place>) -> Result<Option<Self>, TrackerError> {
        let name = if typed.contains("://") {
            Self::of_address(typed, place.ok_or_else(|| not_set(typed))?)?
        } else {
            let Some((kind, rest)) = typed.split_once(':') else { return Ok(None) };
            let Some(kind) = Kind::named(kind) else { return Ok(None) };
            Self::of_kind(kind, rest).ok_or_else(|| bad(typed, kind))?
        };
        let place = place.ok_or_else(|| not_set(typed))?;
        if name.kind != place.kind {
            return Err(TrackerError::OtherKind { name: name.to_string(), kind: place.kind });
        }
        Ok(Some(name))
    }

    /// Of parts that were looked at.
    pub(super) fn numbered(kind: Kind, project: &str, number: u64) -> Self {
        Self { kind, project: project.to_owned(), number }
    }

    /// Which tracker.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// As a snapshot names the ticket: `ENG-12`, `org/repo#3`.
    pub fn id(&self) -> String {
        let mark = if self.kind == Kind::Linear { '-' } else { '#' };
        format!("{}{mark}{}", self.project, self.number)
    }

    /// `org/repo`; on Linear the team's key.
    pub(super) fn project(&self) -> &str {
        &self.project
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    fn of_kind(kind: Kind, rest: &str) -> Option<Self> {
        let mark = if kind == Kind::Linear { '-' } else { '#' };
        let (project, number) = rest.rsplit_once(mark)?;
        Self::new(kind, project, number)
    }

    fn of_address(typed: &str, place: &Place) -> Result<Self, TrackerError> {
        let pages = place.pages();
        let rest = typed.split_once("://").map_or(typed, |(_, rest)| rest);
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let is_scheme = typed.to_lowercase().starts_with(pages.scheme);
        if !is_scheme || !host.eq_ignore_ascii_case(pages.host) {
            let (host, wanted) = (shown(host), format!("{}{}", pages.scheme, pages.host));
            return Err(TrackerError::OtherHost { host, wanted });
        }
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = path.strip_prefix(pages.folder).unwrap_or(path).trim_matches('/');
        let found = || match place.kind {
            // `/workspace/issue/ENG-12/words-of-its-title`
            Kind::Linear => {
                let mut parts = path.split('/').skip(1);
                parts.next().filter(|it| *it == "issue")?;
                Self::of_kind(Kind::Linear, parts.next()?)
            }
            // `/group/project/-/issues/3`
            Kind::GitLab => {
                let (project, number) = path.split_once("/-/")?;
                let number =
                    ["issues/", "work_items/"].iter().find_map(|it| number.strip_prefix(it));
                Self::new(Kind::GitLab, project, number?)
            }
            // `/org/repo/issues/3`
            kind @ (Kind::GitHub | Kind::Gitea) => {
                let (project, number) = path.rsplit_once("/issues/")?;
                Self::new(kind, project, number)
            }
        };
        found().ok_or_else(|| bad(typed, place.kind))
    }

    /// Only of parts that an API's path may hold as they are.
    fn new(kind: Kind, project: &str, number: &str) -> Option<Self> {
        let is_number = number.len() <= DIGITS
            && number.bytes().all(|it| it.is_ascii_digit())
            && !number.starts_with('0');
        let is_key = |it: &str| it.len() <= 20 && it.bytes().all(|it| it.is_ascii_alphanumeric());
        let is_project = match kind {
            Kind::Linear => is_key(project) && project.starts_with(|it: char| it.is_alphabetic()),
            Kind::GitLab => project.is_ascii() && is_path(project, 2..=20),
            Kind::GitHub | Kind::Gitea => project.is_ascii() && is_path(project, 2..=2),
        };
        let number = number.parse().ok().filter(|_| is_number && is_project)?;
        let project = match kind {
            Kind::Linear => project.to_ascii_uppercase(),
            _ => project.to_owned(),
        };
        Some(Self { kind, project, number })
    }
}

impl std::fmt::Display for TicketName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind, self.id())
    }
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN).map(|it| if it.is_control() { ' ' } else { it }).collect()
}

fn bad(typed: &str, kind: Kind) -> TrackerError {
    TrackerError::BadName { typed: shown(typed), kind }
}

fn not_set(typed: &str) -> TrackerError {
    TrackerError::NotSet { typed: shown(typed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(kind: &str, endpoint: Option<&str>) -> Place {
        Place::of(Some(kind), endpoint).unwrap().unwrap()
    }

    fn told(typed: &str, place: &Place) -> String {
        match TicketName::parse(typed, Some(place)) {
            Ok(Some(name)) => name.to_string(),
            Ok(None) => "a path".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn each_tracker_has_names_and_addresses() {
        let linear = place("linear", None);
        for typed in [
            "linear:ENG-12",
            "linear:eng-12",
            "https://linear.app/acme/issue/ENG-12/checkout-answers-500",
            "https://linear.app/acme/issue/ENG-12#comment-0aa1",
            "HTTPS://Linear.app/acme/issue/eng-12?x=y",
        ] {
            assert_eq!(told(typed, &linear), "linear:ENG-12", "{typed}");
        }
        let github = place("github", None);
        for typed in [
            "github:org/repo#3",
            "https://github.com/org/repo/issues/3",
            "https://github.com/org/repo/issues/3/?a=b#issuecomment-1",
        ] {
            assert_eq!(told(typed, &github), "github:org/repo#3", "{typed}");
        }
        let gitlab = place("gitlab", Some("https://h.example/git/api/v4"));
        for typed in [
            "gitlab:group/sub/p#3",
            "https://h.example/git/group/sub/p/-/issues/3",
            "https://h.example/git/group/sub/p/-/work_items/3",
        ] {
            assert_eq!(told(typed, &gitlab), "gitlab:group/sub/p#3", "{typed}");
        }
        let gitea = place("gitea", Some("http://127.0.0.1:3000/api/v1"));
        let typed = "http://127.0.0.1:3000/org/repo/issues/3";
        assert_eq!(told(typed, &gitea), "gitea:org/repo#3");
    }

    #[test]
    fn what_begins_as_neither_is_a_path() {
        let github = place("github", None);
        for typed in ["-", "ticket.json", "./github:a/b#3", "C:\\ticket.json", "a:b", "", "ENG-12"]
        {
            assert_eq!(told(typed, &github), "a path", "{typed}");
        }
        assert_eq!(TicketName::parse("ticket.json", None), Ok(None));
    }

    #[test]
    fn another_host_is_never_taken() {
        let github = place("github", None);
        for typed in [
            "https://evil.example/org/repo/issues/3",
            "https://github.com.evil.example/org/repo/issues/3",
            "https://github.com@evil.example/org/repo/issues/3",
            "https://ada:pw@github.com/org/repo/issues/3",
            "https://github.com\\@evil.example/org/repo/issues/3",
            "https://github.com:8443/org/repo/issues/3",
            "https://api.github.com/org/repo/issues/3",
            "https://gıthub.com/org/repo/issues/3",
            "http://github.com/org/repo/issues/3",
            "ftp://github.com/org/repo/issues/3",
            "file:///etc/passwd",
            "x https://github.com/org/repo/issues/3",
        ] {
            let said = told(typed, &github);
            assert!(said.contains("is not where the tracker is"), "{typed}: {said}");
        }
    }

    #[test]
    fn a_name_that_is_none_is_told() {
        let github = place("github", None);
        for typed in [
            "github:org/repo",
            "github:org/repo#",
            "github:org/repo#0",
            "github:org/repo#+3",
            "github:org/repo#-3",
            "github:org/repo#3 ",
            "github:org/repo#03",
            "github:org/repo#99999999999",
            "github:org#3",
            "github:org/../x#3",
            "github:org/repo/issues/4?x#3",
            "github:org/re%2Fpo#3",
            "github:org/r\u{1b}[2Jepo#3",
            "github:örg/repo#3",
            "https://github.com/org/repo/pull/3",
            "https://github.com/org/repo/issues",
            "https://github.com/org/repo/issues/3/../4",
            "https://github.com/a/b/issues/1/issues/3",
            "https://github.com",
        ] {
            let said = told(typed, &github);
            assert!(said.contains("names no ticket"), "{typed}: {said}");
            assert!(!said.contains('\u{1b}'), "{typed}");
        }
        let linear = place("linear", None);
        for typed in [
            "linear:ENG",
            "linear:12",
            "linear:-12",
            "linear:E N-1",
            "linear:ENG-1/x",
            "linear:9A-1",
            "https://linear.app/acme/project/ENG-12",
            "https://linear.app/ENG-12",
        ] {
            assert!(told(typed, &linear).contains("names no ticket"), "{typed}");
        }
    }

    #[test]
    fn a_ticket_of_another_tracker_is_told() {
        let github = place("github", None);
        assert!(told("linear:ENG-12", &github).contains("linear:ENG-12"));
        for typed in ["linear:ENG-12", "https://linear.app/acme/issue/ENG-12"] {
            let error = TicketName::parse(typed, None).unwrap_err();
            assert!(matches!(error, TrackerError::NotSet { .. }), "{error}");
        }
    }
}
