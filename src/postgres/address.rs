//! The one server that is asked, and what it is asked with.

use std::time::Duration;

use tokio_postgres::config::{Config, Host};

use super::error::PostgresError;
use crate::database::{Connector, Handshake, TlsFault, Transport, TransportError, read, shown};

/// What holds from the first moment on, whatever the role's own settings say. Each is
/// set once more in the transaction.
const OPTIONS: &[(&str, &str)] = &[
    ("default_transaction_read_only", "on"),
    ("search_path", "pg_catalog"),
    ("standard_conforming_strings", "on"),
    ("TimeZone", "UTC"),
    ("DateStyle", "ISO"),
    ("IntervalStyle", "postgres"),
    ("max_parallel_workers_per_gather", "0"),
    ("jit", "off"),
];

/// The address of one server, with what is needed to be let in.
#[derive(Clone)]
pub struct ReadAddress {
    config: Config,
    connector: Connector,
    shown: String,
}

impl ReadAddress {
    /// Reads `postgresql://user@host:5432/database`. `password` goes before one in `url`.
    ///
    /// A server on another machine is spoken to encrypted, unless `transport` allows more.
    ///
    /// # Errors
    /// [`PostgresError::BadAddress`], [`PostgresError::Unencrypted`],
    /// [`PostgresError::Transport`].
    pub fn new(
        url: &str,
        password: Option<&str>,
        transport: &Transport,
    ) -> Result<Self, PostgresError> {
        let mut config = read(url).map_err(PostgresError::BadAddress)?;
        if config.get_hosts().len() > 1 || config.get_hostaddrs().len() > 1 {
            let why = "it names more than one server".to_owned();
            return Err(PostgresError::BadAddress(why));
        }
        if config.get_user().is_none() {
            return Err(PostgresError::BadAddress("it names no user".to_owned()));
        }
        if let Some(password) = password {
            config.password(password);
        }
        let shown = shown(&config);
        let connector = transport.settle(&mut config).map_err(|error| match error {
            TransportError::Plain => PostgresError::Unencrypted(shown.clone()),
            TransportError::Socket => PostgresError::BadAddress(error.to_string()),
            error => PostgresError::Transport(error),
        })?;
        config.application_name("prode");
        Ok(Self { config, connector, shown })
    }

    /// Whether it is spoken to encrypted.
    pub fn encrypts(&self) -> bool {
        self.connector.encrypts()
    }

    /// The address without user, password and options.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The same for statements that may take so long.
    pub(super) fn config(&self, limit: Duration) -> Config {
        let mut config = self.config.clone();
        let options: Vec<String> =
            settings(limit).iter().map(|(name, value)| format!("-c {name}={value}")).collect();
        config.options(options.join(" "));
        config
    }

    /// What makes one connection encrypted, if it is to be, to the server that the address
    /// names: where it has a number too, that is only where it is connected to.
    pub(super) fn handshake(&self) -> Result<Handshake, TlsFault> {
        match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => self.connector.handshake(name),
            _ => self.connector.handshake("localhost"),
        }
    }

    /// Where it is connected to: a host and a port, or the folder of a socket.
    pub(super) fn place(&self) -> Place {
        let port = self.config.get_ports().first().copied().unwrap_or(5_432);
        if let Some(number) = self.config.get_hostaddrs().first() {
            return Place::Tcp(number.to_string(), port);
        }
        match self.config.get_hosts().first() {
            #[cfg(unix)]
            Some(Host::Unix(folder)) => Place::Unix(folder.join(format!(".s.PGSQL.{port}"))),
            Some(Host::Tcp(name)) => Place::Tcp(name.clone(), port),
            None => Place::Tcp("localhost".to_owned(), port),
        }
    }
}

/// Each setting that has to hold, with its value, for statements that may take so long.
pub(super) fn settings(limit: Duration) -> Vec<(&'static str, String)> {
    let mut settings: Vec<_> =
        OPTIONS.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let limit = limit.as_millis();
    settings.push(("statement_timeout", limit.to_string()));
    settings.push(("lock_timeout", limit.min(1_000).to_string()));
    settings.push(("idle_in_transaction_session_timeout", (limit + 5_000).to_string()));
    settings
}

/// Where a server listens.
pub(super) enum Place {
    Tcp(String, u16),
    #[cfg(unix)]
    Unix(std::path::PathBuf),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str) -> String {
        ReadAddress::new(url, None, &Transport::default()).err().expect(url).to_string()
    }

    #[test]
    fn one_server_of_this_machine_is_asked() {
        for url in [
            "postgresql://reader@127.0.0.1:5433/billing",
            "postgresql://reader@localhost/billing",
            "postgresql:///billing?host=/run/postgresql&user=reader",
        ] {
            let address = ReadAddress::new(url, None, &Transport::default());
            assert!(!address.unwrap_or_else(|error| panic!("{url}: {error}")).encrypts(), "{url}");
        }
        for (url, says) in [
            ("postgresql://reader@db.example.org/billing?sslmode=disable", "is on another machine"),
            ("postgresql:///b?host=/run/pg&user=reader&sslmode=require", "never encrypted"),
            ("postgresql://reader@localhost,127.0.0.1/billing", "more than one server"),
            ("postgresql://localhost/billing", "names no user"),
            ("mysql://reader:s3cret@localhost/billing", "does not begin with postgresql://"),
        ] {
            let said = refused(url);
            assert!(said.contains(says) && !said.contains("s3cret"), "{url}: {said}");
        }
        let plain = Transport { unencrypted: true, ..Transport::default() };
        let address = ReadAddress::new("postgresql://r@db.example.org/b", None, &plain);
        assert!(!address.unwrap().encrypts());
    }

    #[test]
    fn options_of_the_address_do_not_stand_beside_ours() {
        let url = "postgresql://reader@localhost/billing?options=-c%20search_path%3Devil";
        let address = ReadAddress::new(url, Some("s3cret"), &Transport::default()).unwrap();
        let config = address.config(Duration::from_secs(5));
        let options = config.get_options().unwrap();
        assert!(!options.contains("evil") && options.contains("-c statement_timeout=5000"));
        assert_eq!(config.get_password(), Some(b"s3cret".as_slice()));
    }
}
