//! The address of a service's API: where the token may go.

use ureq::http::Uri;

use super::reach::Reach;

/// Why an address cannot be used; its text is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadEndpoint(pub &'static str);

/// Scheme, host, port and path; `https`, or `http` on this machine's own
/// loopback, where nobody listens in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    scheme: String,
    /// With the port where one is written.
    authority: String,
    path: String,
    reach: Reach,
}

impl Endpoint {
    /// Reads it.
    pub fn parse(text: &str) -> Result<Self, BadEndpoint> {
        let wrong = |why: &'static str| Err(BadEndpoint(why));
        let Ok(uri) = text.trim().parse::<Uri>() else { return wrong("it is no URL") };
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return wrong("it has no scheme or no host");
        };
        if authority.as_str().contains('@') {
            return wrong("it holds a user or a password");
        }
        if uri.query().is_some() {
            return wrong("it holds a query");
        }
        match scheme {
            "https" => {}
            "http" if is_loopback(authority.host()) => {}
            "http" => return wrong("it would be spoken to in the clear: write https"),
            _ => return wrong("its scheme is not https"),
        }
        Ok(Self {
            scheme: scheme.to_owned(),
            authority: authority.as_str().to_lowercase(),
            path: uri.path().trim_end_matches('/').to_owned(),
            reach: Reach::Anywhere,
        })
    }

    /// The same, with a bound on the addresses that its name may stand for.
    #[must_use]
    pub fn within(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    pub(super) fn reach(&self) -> Reach {
        self.reach
    }

    /// With the port where one is written; all that messages show.
    pub fn host(&self) -> &str {
        &self.authority
    }

    /// True on this machine's loopback, without TLS.
    pub fn is_here(&self) -> bool {
        self.scheme == "http"
    }

    /// Without a slash at its end.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole URL of what stands at `path`.
    pub fn at(&self, path: &str) -> String {
        format!("{}://{}{}{path}", self.scheme, self.authority, self.path)
    }

    /// The whole URL of a redirect's target; the host where it leads elsewhere.
    pub fn follow(&self, location: &str) -> Result<String, String> {
        if location.starts_with('/') && !location.starts_with("//") {
            return Ok(format!("{}://{}{location}", self.scheme, self.authority));
        }
        let uri: Uri = location.parse().map_err(|_| "an address that is none".to_owned())?;
        let authority = uri.authority().map(|it| it.as_str().to_lowercase()).unwrap_or_default();
        if uri.scheme_str() == Some(self.scheme.as_str()) && authority == self.authority {
            return Ok(location.to_owned());
        }
        Err(uri.host().unwrap_or("elsewhere").to_owned())
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host == "localhost" || host.parse().is_ok_and(|it: std::net::IpAddr| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_over_tls_or_stays_on_the_machine() {
        for good in [
            "https://api.github.com",
            "http://127.0.0.1:8080/api/v4/",
            "http://[::1]:1",
            "http://localhost",
        ] {
            assert!(Endpoint::parse(good).is_ok(), "{good}");
        }
        let secret = ["hun", "ter2"].concat();
        for bad in [
            "http://git.example.org/api/v4",
            "ftp://git.example.org",
            "git.example.org",
            "",
            "https://h/?a=b",
        ] {
            assert!(Endpoint::parse(bad).is_err(), "{bad}");
        }
        let error = Endpoint::parse(&format!("https://ada:{secret}@h/api")).unwrap_err();
        assert!(!error.to_string().contains(&secret), "{error}");
    }

    #[test]
    fn a_redirect_stays_on_the_host() {
        let endpoint = Endpoint::parse("https://git.example.org/api/v1").unwrap();
        let here = "https://git.example.org/api/v1/repositories/7";
        assert_eq!(endpoint.follow("/api/v1/repositories/7").as_deref(), Ok(here));
        assert_eq!(endpoint.follow(here).as_deref(), Ok(here));
        for away in [
            "https://evil.example/x",
            "http://git.example.org/x",
            "//evil.example/x",
            "https://git.example.org:8443/x",
        ] {
            assert!(endpoint.follow(away).is_err(), "{away}");
        }
    }
}
