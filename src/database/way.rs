//! Whether a server is spoken to encrypted: what its address says, where it is, and what the
//! user's side allows.
//!
//! | The address | `sslmode` | How |
//! |---|---|---|
//! | another machine | any but `disable` | encrypted |
//! | another machine | `disable` | refused |
//! | this machine, by TCP | `require` | encrypted |
//! | this machine, by TCP | absent | encrypted where a file below is named, else plainly |
//! | a socket | `require` | refused: no server encrypts one |
//! | a socket | absent | plainly |
//!
//! Where the user's side says `unencrypted`, another machine is as this one. Encrypted always
//! means verified.

use tokio_postgres::config::{Config, Host, SslMode};

use super::address::is_here;
use super::client::client;
use super::connector::Connector;
use super::transport::{Transport, TransportError};

impl Transport {
    /// Decides how the servers of `config` are spoken to, which holds for all of them: one that
    /// is elsewhere makes the way to each encrypted.
    ///
    /// # Errors
    /// Nothing may be said to them, or a file cannot be used.
    pub fn settle(&self, config: &mut Config) -> Result<Connector, TransportError> {
        if !self.encrypts(config)? {
            config.ssl_mode(SslMode::Disable);
            return Ok(Connector::plain());
        }
        config.ssl_mode(SslMode::Require);
        named(config);
        Ok(Connector::encrypting(client(self)?))
    }

    fn encrypts(&self, config: &Config) -> Result<bool, TransportError> {
        let may_be_plain = self.unencrypted || is_here(config);
        let (hosts, sockets) = (config.get_hosts().len(), sockets(config));
        let has_others = sockets == 0 || sockets < hosts;
        let is_encrypted = match config.get_ssl_mode() {
            SslMode::Require => true,
            SslMode::Disable if may_be_plain => false,
            SslMode::Disable => return Err(TransportError::Plain),
            _ => !may_be_plain || self.names_files() && has_others,
        };
        if is_encrypted && sockets > 0 { Err(TransportError::Socket) } else { Ok(is_encrypted) }
    }
}

/// How many servers are reached through a socket.
fn sockets(config: &Config) -> usize {
    // Numbers, where there are some, are what is connected to.
    if !config.get_hostaddrs().is_empty() {
        return 0;
    }
    config.get_hosts().iter().filter(|host| !matches!(host, Host::Tcp(_))).count()
}

/// A server that has only a number proves that it is the one of that number.
fn named(config: &mut Config) {
    if config.get_hosts().is_empty() {
        for number in config.get_hostaddrs().to_vec() {
            config.host(number.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::address::read;

    /// Whether it is spoken to encrypted; `None` where it is not spoken to.
    fn way(url: &str, transport: &Transport) -> Option<bool> {
        transport.encrypts(&read(url).unwrap()).ok()
    }

    #[test]
    fn another_machine_is_spoken_to_encrypted_or_not_at_all() {
        let elsewhere = [
            "postgresql://db.example.org/runs",
            "postgresql://10.0.0.7/runs",
            "postgresql://0.0.0.0/runs",
            "postgresql://localhost,db.example.org/runs",
            "postgresql://localhost/runs?hostaddr=10.0.0.7",
            "postgresql:///runs?hostaddr=10.0.0.7",
        ];
        for (url, mode) in elsewhere.iter().flat_map(|url| {
            ["", "sslmode=prefer", "sslmode=require", "sslmode=verify-full"].map(|mode| (url, mode))
        }) {
            let url = with(url, mode);
            assert_eq!(way(&url, &Transport::default()), Some(true), "{url}");
        }
        for url in elsewhere {
            let url = with(url, "sslmode=disable");
            assert_eq!(way(&url, &Transport::default()), None, "{url}");
        }
    }

    #[test]
    fn where_the_user_says_so_it_is_spoken_to_plainly() {
        let allowed = Transport { unencrypted: true, ..Transport::default() };
        let url = "postgresql://db.example.org/runs";
        for (mode, way_there) in
            [("", false), ("sslmode=disable", false), ("sslmode=require", true)]
        {
            assert_eq!(way(&with(url, mode), &allowed), Some(way_there), "{mode}");
        }
    }

    #[test]
    fn this_machine_is_spoken_to_plainly_unless_more_is_asked_for() {
        let here = [
            "postgresql://localhost/runs",
            "postgresql://127.0.0.1:5433,[::1]/runs",
            "postgresql://db.example.org/runs?hostaddr=127.0.0.1",
        ];
        let named = Transport { ca: Some("/nowhere/ca.pem".into()), ..Transport::default() };
        for url in here {
            assert_eq!(way(url, &Transport::default()), Some(false), "{url}");
            let demanded = with(url, "sslmode=require");
            assert_eq!(way(&demanded, &Transport::default()), Some(true), "{url}");
            assert_eq!(way(url, &named), Some(true), "{url}");
        }
        let socket = "postgresql:///runs?host=/run/postgresql";
        assert_eq!(way(socket, &Transport::default()), Some(false));
        assert_eq!(way(socket, &named), Some(false));
        let demanded = with(socket, "sslmode=require");
        assert_eq!(way(&demanded, &Transport::default()), None);
        let both = "postgresql://localhost/runs?host=/run/postgresql";
        assert_eq!(way(both, &Transport::default()), Some(false));
        assert_eq!(way(both, &named), None);
    }

    #[test]
    fn what_was_decided_is_what_is_done() {
        let mut config = read("postgresql://localhost/runs").unwrap();
        let connector = Transport::default().settle(&mut config).unwrap();
        assert!(!connector.encrypts());
        assert_eq!(config.get_ssl_mode(), SslMode::Disable, "nothing is tried first");
    }

    #[test]
    fn a_server_of_a_number_has_to_prove_that_number() {
        let mut config = read("postgresql:///runs?hostaddr=10.0.0.7").unwrap();
        named(&mut config);
        assert_eq!(config.get_hosts(), [Host::Tcp("10.0.0.7".to_owned())]);
    }

    fn with(url: &str, option: &str) -> String {
        let separator = if url.contains('?') { '&' } else { '?' };
        if option.is_empty() { url.to_owned() } else { format!("{url}{separator}{option}") }
    }
}
