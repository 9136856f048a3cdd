//! Which addresses a host's name may stand for.
//!
//! A name server's answer is nobody's promise: a name may lead to this machine, to
//! one of the private network, or to the place where a cloud hands out
//! credentials. What was resolved is looked at before it is connected to, and kept,
//! so that the address which was looked at is the one that is spoken to.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Mutex;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// How far an endpoint may reach. Link-local addresses, those of metadata services
/// among them, are never reached within a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Whatever its name stands for: whoever wrote it meant it.
    Anywhere,
    /// Addresses of the public network.
    Public,
    /// Those of a private network and of this machine too.
    Private,
}

impl Reach {
    /// Why an address is not spoken to; `None` where it is.
    fn bars(self, address: IpAddr) -> Option<&'static str> {
        if self == Self::Anywhere {
            return None;
        }
        let address = meant(address);
        if is_nowhere(address) {
            return Some("it is link-local, of a metadata service, or of no one host");
        }
        let is_barred = self == Self::Public && is_private(address);
        is_barred.then_some("it is private or of this machine, and the settings do not say so")
    }
}

/// The IPv4 address that an IPv6 one carries, whichever way it carries it: mapped
/// (RFC 4291), for a translator (RFC 6052) or a tunnel (RFC 3056).
fn meant(address: IpAddr) -> IpAddr {
    let IpAddr::V6(it) = address.to_canonical() else { return address.to_canonical() };
    match (it.segments(), it.octets()) {
        ([0x64, 0xff9b, ..], [.., a, b, c, d]) | ([0x2002, ..], [_, _, a, b, c, d, ..]) => {
            IpAddr::V4(Ipv4Addr::new(a, b, c, d))
        }
        _ => IpAddr::V6(it),
    }
}

/// Link-local (RFC 3927, RFC 4291), addresses of clouds' metadata services
/// outside of those, multicast, broadcast and unspecified ones.
fn is_nowhere(address: IpAddr) -> bool {
    const METADATA: [IpAddr; 3] = [
        IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
        IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
        IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    ];
    let is_local = match address {
        IpAddr::V4(it) => it.is_link_local() || it.is_broadcast() || it.octets()[0] == 0,
        IpAddr::V6(it) => it.is_unicast_link_local(),
    };
    is_local || address.is_multicast() || address.is_unspecified() || METADATA.contains(&address)
}

/// This machine's own, private (RFC 1918, RFC 4193), shared by a carrier (RFC 6598), and
/// networks for tests and documents.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => {
            let [first, second, ..] = it.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            let is_bench = first == 198 && (18..20).contains(&second);
            let is_kept = it.is_private() || it.is_loopback() || it.is_documentation();
            is_kept || is_shared || is_bench || first >= 240
        }
        IpAddr::V6(it) => it.is_loopback() || it.is_unique_local(),
    }
}

/// An address to which nothing is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Barred {
    pub(super) address: IpAddr,
    pub(super) why: &'static str,
}

impl fmt::Display for Barred {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is barred: {}", self.address, self.why)
    }
}

impl std::error::Error for Barred {}

impl Barred {
    /// What bars an address, where that is why nothing was sent.
    pub(super) fn of(error: &Error) -> Option<&Self> {
        match error {
            Error::Other(error) => error.downcast_ref(),
            _ => None,
        }
    }
}

/// Resolves within a bound, once.
#[derive(Debug)]
pub(super) struct Guard {
    reach: Reach,
    pinned: Mutex<Option<(String, Vec<SocketAddr>)>>,
}

impl Guard {
    pub(super) fn new(reach: Reach) -> Self {
        Self { reach, pinned: Mutex::new(None) }
    }

    /// Looks at what a name stands for. One address that is barred bars them all: a
    /// name that leads to both is no mistake.
    fn admit(&self, addresses: &[SocketAddr]) -> Result<(), Error> {
        let barred = addresses.iter().find_map(|it| {
            let address = it.ip();
            self.reach.bars(address).map(|why| Barred { address, why })
        });
        barred.map_or(Ok(()), |barred| Err(Error::Other(Box::new(barred))))
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.authority().map(ToString::to_string).unwrap_or_default();
        let mut pinned = self.pinned.lock().map_err(|_| Error::HostNotFound)?;
        if let Some((of, addresses)) = pinned.as_ref()
            && *of == host
        {
            let mut kept = self.empty();
            for address in addresses {
                kept.push(*address);
            }
            return Ok(kept);
        }
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        self.admit(&found)?;
        *pinned = Some((host, found.to_vec()));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn barred(reach: Reach, address: &str) -> bool {
        reach.bars(address.parse().unwrap()).is_some()
    }

    #[test]
    fn what_is_no_public_address_is_reached_where_the_settings_say_so() {
        let inside = [
            "127.0.0.1",
            "10.0.0.1",
            "172.16.3.4",
            "192.168.1.1",
            "100.64.0.1",
            "198.18.0.1",
            "240.0.0.1",
            "::1",
            "fd12:3456::1",
            "::ffff:10.0.0.1",
        ];
        for address in inside {
            assert!(barred(Reach::Public, address), "{address}");
            assert!(!barred(Reach::Private, address), "{address}");
            assert!(!barred(Reach::Anywhere, address), "{address}");
        }
        for address in ["52.94.5.1", "2600:1f18::1", "100.128.0.1", "172.32.0.1"] {
            assert!(!barred(Reach::Public, address), "{address}");
        }
    }

    #[test]
    fn metadata_and_link_local_addresses_are_never_reached_within_a_bound() {
        let never = [
            "169.254.169.254",
            "169.254.170.2",
            "::ffff:169.254.169.254",
            "64:ff9b::169.254.169.254",
            "2002:a9fe:a9fe::1",
            "fe80::1",
            "fd00:ec2::254",
            "100.100.100.200",
            "168.63.129.16",
            "0.0.0.0",
            "0.1.2.3",
            "::",
            "224.0.0.1",
            "255.255.255.255",
        ];
        for address in never {
            assert!(barred(Reach::Public, address), "{address}");
            assert!(barred(Reach::Private, address), "{address}");
        }
    }

    #[test]
    fn one_address_that_is_barred_bars_them_all() {
        let guard = Guard::new(Reach::Public);
        let of = |text: &str| -> SocketAddr { text.parse().unwrap() };
        assert!(guard.admit(&[of("52.94.5.1:443")]).is_ok());
        let error = guard.admit(&[of("52.94.5.1:443"), of("169.254.169.254:443")]).unwrap_err();
        let barred = Barred::of(&error).unwrap();
        assert_eq!(barred.address.to_string(), "169.254.169.254");
    }

    fn resolved(guard: &Guard, url: &str) -> Result<Vec<IpAddr>, Error> {
        let found =
            guard.resolve(&url.parse().unwrap(), &Config::default(), NextTimeout::default());
        found.map(|it| it.iter().map(SocketAddr::ip).collect())
    }

    #[test]
    fn an_address_that_was_looked_at_is_kept_whatever_the_name_stands_for_later() {
        let guard = Guard::new(Reach::Private);
        let first = resolved(&guard, "https://localhost:1/").unwrap();
        assert!(first.iter().all(IpAddr::is_loopback), "{first:?}");
        let kept = guard.pinned.lock().unwrap().clone();
        assert_eq!(kept.unwrap().0, "localhost:1");
        // A name that no server knows: what is told of it can only be what was kept.
        let kept: SocketAddr = "52.94.5.1:443".parse().unwrap();
        *guard.pinned.lock().unwrap() = Some(("moved.invalid".to_owned(), vec![kept]));
        assert_eq!(resolved(&guard, "https://moved.invalid/").unwrap(), [kept.ip()]);
    }

    #[test]
    fn a_name_that_leads_inside_is_not_spoken_to_and_not_kept() {
        let guard = Guard::new(Reach::Public);
        let error = resolved(&guard, "https://localhost:1/").unwrap_err();
        assert!(Barred::of(&error).unwrap().address.is_loopback());
        assert_eq!(*guard.pinned.lock().unwrap(), None);
    }
}
