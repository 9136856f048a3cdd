//! Which tracker it is and where, from the user's settings.

use super::error::TrackerError;
use super::kind::Kind;
use crate::http::Endpoint;

/// A tracker at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which tracker.
    pub kind: Kind,
    endpoint: Endpoint,
}

impl Place {
    /// From the settings `tracker.kind` and `tracker.endpoint`, both the user's
    /// alone; `None` where neither is set.
    ///
    /// # Errors
    /// The kind is not clear, nobody knows where it is, or the address is none.
    pub fn of(kind: Option<&str>, endpoint: Option<&str>) -> Result<Option<Self>, TrackerError> {
        let kind = kind.and_then(Kind::named);
        let endpoint = match (kind, endpoint) {
            (None, None) => return Ok(None),
            (_, Some(text)) => Endpoint::parse(text)?,
            (Some(kind), None) => {
                Endpoint::parse(kind.usual_endpoint().ok_or(TrackerError::NoEndpoint(kind))?)?
            }
        };
        let kind = kind.or_else(|| kind_at(&endpoint)).ok_or(TrackerError::NoKind)?;
        Ok(Some(Self { kind, endpoint }))
    }

    /// Which tracker.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The API's host, as messages name the tracker.
    pub fn host(&self) -> &str {
        self.endpoint.host()
    }

    /// Where its API is.
    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// How an address of its pages begins: scheme, host, and the folder that it
    /// is installed in. `api.github.com` and `api.linear.app` have no pages.
    pub(super) fn pages(&self) -> Pages<'_> {
        let host = self.endpoint.host();
        let path = self.endpoint.path();
        Pages {
            scheme: if self.endpoint.is_here() { "http://" } else { "https://" },
            host: host.strip_prefix("api.").unwrap_or(host),
            folder: path.strip_suffix(self.kind.api_path()).unwrap_or(path),
        }
    }
}

/// Where a tracker's pages are.
pub(super) struct Pages<'a> {
    pub(super) scheme: &'static str,
    /// With the port where one is written.
    pub(super) host: &'a str,
    /// Empty, or with a slash at its beginning and none at its end.
    pub(super) folder: &'a str,
}

/// What an address tells of its kind: the known one, else the path that every
/// server of the kind has. `/graphql` is no such path: more than one has it.
fn kind_at(endpoint: &Endpoint) -> Option<Kind> {
    let is_known = |kind: &Kind| {
        kind.usual_endpoint().is_some_and(|it| it.contains(&format!("//{}", endpoint.host())))
    };
    let is_path = |kind: &Kind| *kind != Kind::Linear && endpoint.path().ends_with(kind.api_path());
    Kind::ALL.into_iter().find(is_known).or_else(|| Kind::ALL.into_iter().find(is_path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: Option<&str>, endpoint: Option<&str>) -> String {
        match Place::of(kind, endpoint) {
            Ok(Some(place)) => format!("{} {}", place.kind, place.host()),
            Ok(None) => "none".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_kind_alone_is_where_everybody_knows_it() {
        assert_eq!(told(Some("linear"), None), "linear api.linear.app");
        assert_eq!(told(Some("github"), None), "github api.github.com");
        assert_eq!(told(Some("gitlab"), None), "gitlab gitlab.com");
        assert!(told(Some("gitea"), None).contains("tracker.endpoint"));
        assert_eq!(told(None, None), "none");
    }

    #[test]
    fn an_address_tells_its_kind_or_needs_one() {
        for (endpoint, kind) in [
            ("https://api.linear.app/graphql", "linear api.linear.app"),
            ("https://git.example.org/api/v4", "gitlab git.example.org"),
            ("https://git.example.org/api/v3/", "github git.example.org"),
            ("https://git.example.org/api/v1", "gitea git.example.org"),
        ] {
            assert_eq!(told(None, Some(endpoint)), kind);
        }
        for unclear in ["https://git.example.org", "https://git.example.org/graphql"] {
            assert!(told(None, Some(unclear)).contains("which kind"), "{unclear}");
        }
        assert_eq!(told(Some("linear"), Some("http://127.0.0.1:9/graphql")), "linear 127.0.0.1:9");
        assert!(told(Some("linear"), Some("http://h/graphql")).contains("in the clear"));
    }
}
