//! Where the server is, and how it is spoken to.

use std::time::Duration;

use tokio_postgres::config::{Config, TargetSessionAttrs};

use crate::database::{self, Connector, Transport, TransportError, shown};
use crate::store::server::ServerError;

/// How long one machine may take to accept a connection.
const ACCEPT: Duration = Duration::from_secs(5);

/// How long sent bytes may stay without a sign of their arrival.
const ARRIVE: Duration = Duration::from_secs(20);

/// How long nothing is said before the other side is asked whether it is there.
const SILENCE: Duration = Duration::from_secs(30);

/// The address of a PostgreSQL database, with what is needed to be let in.
#[derive(Clone)]
pub struct PgAddress {
    config: Config,
    connector: Connector,
    shown: String,
}

impl PgAddress {
    /// Reads `postgresql://user@host:5432/database`, with several hosts where
    /// the first that takes writes is meant. `password` goes before one in `url`.
    ///
    /// A server on another machine is spoken to encrypted, unless `transport` allows more.
    ///
    /// # Errors
    /// [`ServerError::BadAddress`], [`ServerError::Unencrypted`], [`ServerError::Transport`].
    pub fn new(
        url: &str,
        password: Option<&str>,
        transport: &Transport,
    ) -> Result<Self, ServerError> {
        let mut config = database::read(url).map_err(ServerError::BadAddress)?;
        if let Some(password) = password {
            config.password(password);
        }
        let shown = shown(&config);
        let connector = transport.settle(&mut config).map_err(|error| match error {
            TransportError::Plain => ServerError::Unencrypted(shown.clone()),
            TransportError::Socket => ServerError::BadAddress(error.to_string()),
            error => ServerError::Transport(error),
        })?;
        bound(&mut config);
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

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    pub(super) fn connector(&self) -> Connector {
        self.connector.clone()
    }
}

/// Waits for nothing without an end, and does not settle on a server that only reads.
fn bound(config: &mut Config) {
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(ACCEPT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(ARRIVE);
    }
    config.keepalives_idle(config.get_keepalives_idle().min(SILENCE));
    if config.get_application_name().is_none() {
        config.application_name("prode");
    }
    let many = config.get_hosts().len().max(config.get_hostaddrs().len()) > 1;
    if many && config.get_target_session_attrs() == TargetSessionAttrs::Any {
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hint::Helpful;

    /// Asks nothing of the machine that the tests run on.
    fn plain() -> Transport {
        Transport { unencrypted: true, ..Transport::default() }
    }

    fn shown(url: &str) -> String {
        PgAddress::new(url, None, &plain()).unwrap().shown().to_owned()
    }

    #[test]
    fn an_address_is_shown_without_who_is_let_in() {
        let url = "postgresql://ada:s3cret@db.example.org:6432/runs?options=-c%20a%3Db";
        assert_eq!(shown(url), "postgresql://db.example.org:6432/runs");
        assert_eq!(shown("postgres://ada@one,two:5433/runs"), "postgresql://one,two:5433/runs");
        assert_eq!(shown("postgresql:///runs?host=/run/pg"), "postgresql:///run/pg/runs");
        let address = PgAddress::new(url, Some("other"), &plain()).unwrap();
        assert_eq!(address.config().get_password(), Some(b"other".as_slice()));
    }

    #[test]
    fn another_machine_is_spoken_to_plainly_only_where_the_user_says_so() {
        for url in [
            "postgresql://db.example.org/runs?sslmode=disable",
            "postgresql://localhost,db.example.org/runs?sslmode=disable",
            "postgresql://localhost/runs?hostaddr=10.0.0.7&sslmode=disable",
        ] {
            let error = PgAddress::new(url, None, &Transport::default()).err().expect(url);
            assert!(matches!(error, ServerError::Unencrypted(_)), "{url}: {error}");
            assert!(!PgAddress::new(url, None, &plain()).unwrap().encrypts(), "{url}");
        }
        for url in [
            "postgresql://localhost/runs",
            "postgresql://127.0.0.1:5433,[::1]/runs",
            "postgresql://db.example.org/runs?hostaddr=127.0.0.1",
            "postgresql:///runs?host=/run/postgresql",
        ] {
            assert!(!PgAddress::new(url, None, &Transport::default()).unwrap().encrypts(), "{url}");
        }
    }

    #[test]
    fn a_socket_that_should_be_encrypted_is_no_address() {
        let url = "postgresql:///runs?host=/run/postgresql&sslmode=require";
        let error = PgAddress::new(url, None, &plain()).err().expect(url);
        assert!(error.to_string().contains("a socket is never encrypted"), "{error}");
    }

    #[test]
    fn what_is_no_address_is_told_without_its_secret() {
        for url in [
            "s3cret",
            "mysql://ada:s3cret@db/runs",
            "host=localhost password=s3cret",
            "postgresql://",
            "postgresql://ada:s3cret@localhost/runs?s3cret",
            "postgresql://ada:s3cret@localhost/runs?s3cret=1",
            "postgresql://ada:1@s3cret@localhost/runs",
            "postgresql://ada:s3cret@localhost:s3cret/runs",
            "postgresql://ada:s3cret@localhost/runs?connect_timeout=s3cret",
        ] {
            let error = PgAddress::new(url, None, &plain()).err().expect(url);
            assert!(matches!(error, ServerError::BadAddress(_)), "{url}: {error}");
            assert!(!error.to_string().contains("s3cret"), "{error}");
            assert!(error.hints()[0].starts_with("write it so: PRODE_STORE__URL="));
        }
    }

    #[test]
    fn of_several_servers_the_one_that_writes_is_meant() {
        let attrs =
            |url| PgAddress::new(url, None, &plain()).unwrap().config.get_target_session_attrs();
        assert_eq!(attrs("postgresql://one,two/runs"), TargetSessionAttrs::ReadWrite);
        assert_eq!(attrs("postgresql://one/runs"), TargetSessionAttrs::Any);
    }
}
