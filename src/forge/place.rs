//! Which forge holds the repository, from what settings and the remote say.

use super::address::Address;
use super::error::ForgeError;
use super::kind::Kind;
use crate::http::Endpoint;

/// A repository on a forge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which forge.
    pub kind: Kind,
    /// `org/repo`; deeper on GitLab.
    pub repo: String,
    /// Where its API is.
    pub(super) endpoint: Endpoint,
}

/// What is known of it.
#[derive(Clone, Copy, Default)]
pub struct Said<'a> {
    /// The setting `forge.kind`.
    pub kind: Option<&'a str>,
    /// The setting `forge.repo`.
    pub repo: Option<&'a str>,
    /// The setting `forge.endpoint`, which is the user's alone.
    pub endpoint: Option<&'a str>,
    /// The address of the remote that branches are pushed to.
    pub remote: Option<&'a str>,
}

impl Place {
    /// Works it out; `None` where nothing names a forge.
    ///
    /// Without an endpoint the token goes to a host that everybody knows, and
    /// only where the user's own remote is there: what a repository's file
    /// says must not choose where a token goes.
    pub fn of(said: Said<'_>) -> Result<Option<Self>, ForgeError> {
        let remote = said.remote.and_then(Address::of_remote);
        let named = said.kind.and_then(Kind::named);
        let found = match said.endpoint {
            Some(text) => Some(at_endpoint(text, named)?),
            None => at_remote(remote.as_ref(), named)?,
        };
        let Some((kind, endpoint)) = found else { return Ok(None) };
        let repo = said.repo.map(str::to_owned).or_else(|| remote.map(|it| it.path));
        let repo = repo.ok_or(ForgeError::NoRepo(kind))?;
        if kind.takes_repo(&repo) {
            Ok(Some(Self { kind, repo, endpoint }))
        } else {
            Err(ForgeError::BadRepo { kind, repo })
        }
    }

    /// The API's host, as messages name the forge.
    pub fn host(&self) -> &str {
        self.endpoint.host()
    }

    /// How the inbox names a pull request: `github:org/repo#12`.
    pub fn name_of(&self, number: u64) -> String {
        format!("{}:{}{}{number}", self.kind, self.repo, self.kind.mark())
    }

    /// The number in such a name, where it is of this repository.
    pub fn number_in(&self, name: &str) -> Option<u64> {
        let rest = name.strip_prefix(self.kind.name())?.strip_prefix(':')?;
        rest.strip_prefix(&self.repo)?.strip_prefix(self.kind.mark())?.parse().ok()
    }

    /// True of any forge's pull request that the inbox names.
    pub fn is_name(name: &str) -> bool {
        let rest = name.split_once(':').filter(|(kind, _)| Kind::named(kind).is_some());
        let number = rest.and_then(|(_, it)| it.rsplit_once(['#', '!']));
        number.is_some_and(|(_, it)| it.parse::<u64>().is_ok())
    }
}

/// Where the user says; the kind is the repository's to say, or told by the
/// address.
fn at_endpoint(text: &str, named: Option<Kind>) -> Result<(Kind, Endpoint), ForgeError> {
    let endpoint = Endpoint::parse(text)?;
    let kind = named.or_else(|| Kind::of_endpoint(endpoint.host(), endpoint.path()));
    Ok((kind.ok_or(ForgeError::NoKind)?, endpoint))
}

/// Where the remote is, if everybody knows that host and nobody says otherwise.
fn at_remote(
    remote: Option<&Address>,
    named: Option<Kind>,
) -> Result<Option<(Kind, Endpoint)>, ForgeError> {
    let known = remote.and_then(|it| Kind::of_host(&it.host));
    match (known, named) {
        (Some((kind, endpoint)), named) if named.is_none_or(|it| it == kind) => {
            Ok(Some((kind, Endpoint::parse(endpoint)?)))
        }
        (_, Some(kind)) => Err(ForgeError::NoEndpoint(kind)),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Said<'_> = Said { kind: None, repo: None, endpoint: None, remote: None };

    fn told(said: Said<'_>) -> String {
        match Place::of(said) {
            Ok(Some(place)) => format!("{} {} {}", place.kind, place.repo, place.host()),
            Ok(None) => "none".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_known_host_needs_nothing_but_its_remote() {
        let of = |remote| told(Said { remote: Some(remote), ..NOTHING });
        assert_eq!(of("git@github.com:org/repo.git"), "github org/repo api.github.com");
        assert_eq!(of("https://gitlab.com/group/sub/repo"), "gitlab group/sub/repo gitlab.com");
        assert_eq!(of("https://codeberg.org/org/repo"), "gitea org/repo codeberg.org");
        assert_eq!(of("https://git.example.org/org/repo"), "none");
        assert_eq!(told(NOTHING), "none");
    }

    #[test]
    fn a_repositorys_file_does_not_choose_where_a_token_goes() {
        let elsewhere = Said { kind: Some("gitlab"), repo: Some("a/b"), ..NOTHING };
        for remote in [None, Some("git@github.com:org/repo"), Some("https://evil.example/a/b")] {
            let said = told(Said { remote, ..elsewhere });
            assert!(said.contains("forge.endpoint"), "{said}");
        }
    }

    #[test]
    fn an_endpoint_is_the_users_word() {
        let own = Said { repo: Some("org/repo"), ..NOTHING };
        let at = |endpoint| told(Said { endpoint: Some(endpoint), ..own });
        assert_eq!(at("https://git.example.org/api/v4"), "gitlab org/repo git.example.org");
        assert_eq!(at("https://git.example.org/api/v3/"), "github org/repo git.example.org");
        assert!(at("https://git.example.org").contains("which kind"));
        let remote = Some("git@github.com:other/name");
        let endpoint = Some("https://git.example.org/api/v1");
        let said = told(Said { remote, endpoint, kind: Some("gitea"), ..own });
        assert_eq!(said, "gitea org/repo git.example.org");
    }

    #[test]
    fn a_repository_s_name_leads_nowhere_else() {
        let of = |kind, repo| {
            told(Said {
                kind: Some(kind),
                repo: Some(repo),
                endpoint: Some("https://h/x"),
                remote: None,
            })
        };
        for bad in ["repo", "a/b/c", "../b", "a/..", "a/b?x", "a b/c", "a/b#1", "a//b"] {
            assert!(of("github", bad).contains("is no repository"), "{bad}");
        }
        assert!(of("gitlab", "a/b/c").starts_with("gitlab a/b/c"));
    }

    #[test]
    fn a_pull_request_has_one_name() {
        let place = |kind| {
            Place::of(Said {
                kind: Some(kind),
                repo: Some("a/b"),
                endpoint: Some("https://h"),
                remote: None,
            })
            .unwrap()
            .unwrap()
        };
        let github = place("github");
        assert_eq!(github.name_of(7), "github:a/b#7");
        assert_eq!(github.number_in("github:a/b#7"), Some(7));
        assert_eq!(place("gitlab").name_of(7), "gitlab:a/b!7");
        for other in
            ["gitlab:a/b!7", "github:a/bc#7", "github:a/b#x", "prode/promote/L-1", "0123abc"]
        {
            assert_eq!(github.number_in(other), None, "{other}");
        }
        assert!(Place::is_name("gitlab:x/y/z!3") && !Place::is_name("prode/promote/L-1"));
    }
}
