//! Which names the server answers to, and which pages may ask it.
//!
//! A page of another site can make a browser send requests here, and a name that
//! its owner lets point to the loopback makes them look like its own (DNS
//! rebinding). So the name that was called must be known, and a request that says
//! which page it comes from must come from the server's own name.

use std::net::IpAddr;

use axum::http::{HeaderMap, Uri, header};
use serde_json::Value;

use super::refusal::Refusal;

/// Names that nobody else can take.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Names and origins that count.
#[derive(Debug, Clone, Default)]
pub(super) struct Hosts {
    names: Vec<String>,
    origins: Vec<String>,
}

impl Hosts {
    /// Reads the section `serve`. The address that is listened at is a name too: no
    /// other site's name can be written like it.
    pub(super) fn of(settings: &Value, address: IpAddr) -> Self {
        let texts = |name: &str| {
            let items = settings.get(name).and_then(Value::as_array).into_iter().flatten();
            items.filter_map(|it| Some(it.as_str()?.to_ascii_lowercase())).collect()
        };
        let origins: Vec<String> = texts("origins");
        let origins = origins.iter().map(|it| it.trim_end_matches('/').to_owned()).collect();
        let mut names: Vec<String> = texts("hosts");
        if !address.is_unspecified() {
            names.push(match address {
                IpAddr::V4(address) => address.to_string(),
                IpAddr::V6(address) => format!("[{address}]"),
            });
        }
        Self { names, origins }
    }

    /// Looks at both.
    pub(super) fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let called = called(uri, headers)?;
        if !self.is_known(&called) {
            return Err(Refusal::Host(called));
        }
        let mut origins = headers.get_all(header::ORIGIN).iter();
        let Some(origin) = origins.next() else { return Ok(()) };
        let text = String::from_utf8_lossy(origin.as_bytes()).to_ascii_lowercase();
        if origins.next().is_some() || !self.may_ask(&text, &called) {
            return Err(Refusal::Origin(text));
        }
        Ok(())
    }

    /// A configured name with a port means that port only.
    fn is_known(&self, called: &str) -> bool {
        let name = without_port(called);
        LOOPBACK.contains(&name) || self.names.iter().any(|known| known == called || known == name)
    }

    fn may_ask(&self, origin: &str, called: &str) -> bool {
        if self.origins.iter().any(|known| known == origin) {
            return true;
        }
        let of = |scheme: &str| origin.strip_prefix(scheme);
        let (place, port) = match (of("http://"), of("https://")) {
            (Some(place), _) => (place, ":80"),
            (_, Some(place)) => (place, ":443"),
            _ => return false,
        };
        let plain = |it: &str| it.strip_suffix(port).unwrap_or(it).to_owned();
        plain(place) == plain(called)
    }
}

/// The name that was called, in lower case. It stands in `Host`, once; who writes
/// it into the request line as well must write the same.
fn called(uri: &Uri, headers: &HeaderMap) -> Result<String, Refusal> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Refusal::NoHost) };
    let host = host.to_str().map_err(|_| Refusal::NoHost)?.trim().to_ascii_lowercase();
    match uri.authority() {
        Some(authority) if authority.as_str().to_ascii_lowercase() != host => {
            Err(Refusal::Host(authority.to_string()))
        }
        _ if host.is_empty() => Err(Refusal::NoHost),
        _ => Ok(host),
    }
}

/// A dot at the end names the same host.
fn without_port(host: &str) -> &str {
    let end = match host.rfind(']') {
        Some(end) => end + 1,
        None => host.find(':').unwrap_or(host.len()),
    };
    host.get(..end).unwrap_or(host).trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::net::Ipv4Addr;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 5));

    fn asked(hosts: &Hosts, host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        hosts.check(&Uri::from_static("/mcp"), &headers).is_ok()
    }

    #[test]
    fn names_of_the_loopback_and_configured_ones_are_known() {
        let hosts = Hosts::of(&json!({"hosts": ["Desk.example.org", "b.example:8443"]}), HERE);
        for good in [
            "localhost",
            "LOCALHOST:1",
            "127.0.0.1:8787",
            "[::1]:8787",
            "desk.example.org:443",
            "b.example:8443",
            "localhost.:80",
            "10.0.0.5:8787",
        ] {
            assert!(asked(&hosts, good, None), "{good}");
        }
        for bad in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "b.example:1",
            "b.example",
            "[::2]:8787",
            "127.0.0.2",
            "localhost@evil.example",
        ] {
            assert!(!asked(&hosts, bad, None), "{bad}");
        }
    }

    #[test]
    fn a_page_may_ask_its_own_server_only() {
        let hosts = Hosts::of(
            &json!({
                "hosts": ["desk.example.org"], "origins": ["https://other.example/"]
            }),
            HERE,
        );
        for (host, origin) in [
            ("localhost:8787", "http://localhost:8787"),
            ("desk.example.org", "https://desk.example.org"),
            ("desk.example.org:443", "https://desk.example.org"),
            ("localhost:8787", "https://other.example"),
        ] {
            assert!(asked(&hosts, host, Some(origin)), "{host} {origin}");
        }
        for (host, origin) in [
            ("localhost:8787", "http://localhost:3000"),
            ("localhost:8787", "http://127.0.0.1:8787"),
            ("localhost:8787", "https://evil.example"),
            ("localhost:8787", "null"),
            ("localhost:8787", "file://"),
            ("localhost:8787", "http://other.example"),
            ("desk.example.org", "https://desk.example.org.evil.example"),
        ] {
            assert!(!asked(&hosts, host, Some(origin)), "{host} {origin}");
        }
    }

    #[test]
    fn one_host_and_the_same_in_the_request_line() {
        let hosts = Hosts::default();
        let mut headers = HeaderMap::new();
        assert!(matches!(hosts.check(&Uri::from_static("/"), &headers), Err(Refusal::NoHost)));
        headers.append(header::HOST, "localhost".parse().unwrap());
        let elsewhere = Uri::from_static("http://evil.example/mcp");
        assert!(matches!(hosts.check(&elsewhere, &headers), Err(Refusal::Host(_))));
        headers.append(header::HOST, "localhost".parse().unwrap());
        assert!(matches!(hosts.check(&Uri::from_static("/"), &headers), Err(Refusal::NoHost)));
    }
}
