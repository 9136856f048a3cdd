//! Addresses of PostgreSQL databases: how they are read and shown, and which of them are
//! on this machine.

use std::net::IpAddr;
use std::str::FromStr;

use tokio_postgres::config::{Config, Host};

/// How an address begins.
const SCHEMES: [&str; 2] = ["postgresql://", "postgres://"];

/// Words of `sslmode` that ask for a certificate to be verified, which it always is.
const VERIFYING: [&str; 2] = ["sslmode=verify-ca", "sslmode=verify-full"];

/// Options of other programs that name files, which are settings here.
const FILES: [(&str, &str); 3] =
    [("sslrootcert", "ca"), ("sslcert", "certificate"), ("sslkey", "key")];

/// Reads `postgresql://user@host:5432/database`, with several hosts where there are such.
///
/// `sslmode=verify-ca` and `verify-full` are read as `require`.
///
/// # Errors
/// Why it is none, without any piece of a password.
pub fn read(url: &str) -> Result<Config, String> {
    if !SCHEMES.iter().any(|scheme| url.starts_with(scheme)) {
        return Err("it does not begin with postgresql://".to_owned());
    }
    let config = Config::from_str(&required(url)).map_err(|error| unread(&error))?;
    let is_cut = |host: &Host| matches!(host, Host::Tcp(name) if name.contains('@'));
    if config.get_hosts().iter().any(is_cut) {
        return Err("an '@' in its user or password is written as %40".to_owned());
    }
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err("it names no host".to_owned());
    }
    Ok(config)
}

/// The address as the parser knows it. A password that was not encoded may hold a `?`, so
/// that options begin behind the last `@`.
fn required(url: &str) -> String {
    let behind = url.rfind('@').unwrap_or(0);
    let Some(from) = url[behind..].find('?').map(|at| behind + at + 1) else {
        return url.to_owned();
    };
    let options = url[from..].split('&');
    let options = options.map(|it| if VERIFYING.contains(&it) { "sslmode=require" } else { it });
    format!("{}{}", &url[..from], options.collect::<Vec<_>>().join("&"))
}

/// What the parser says, where that cannot hold a piece of a password.
fn unread(error: &tokio_postgres::Error) -> String {
    let cause = std::error::Error::source(error).map(ToString::to_string);
    let is_it =
        |name: &str| cause.as_ref().is_some_and(|it| *it == format!("unknown option `{name}`"));
    if let Some((name, setting)) = FILES.iter().find(|row| is_it(row.0)) {
        return format!("'{name}' is no part of it: the setting '{setting}' names that file");
    }
    let of_value = |it: &String| it.starts_with("invalid value for option");
    cause.filter(of_value).unwrap_or_else(|| "it cannot be read".to_owned())
}

/// Whether every server that may answer is on this machine.
pub(super) fn is_here(config: &Config) -> bool {
    // Numbers, where there are some, are what is connected to.
    if !config.get_hostaddrs().is_empty() {
        return config.get_hostaddrs().iter().all(IpAddr::is_loopback);
    }
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|it: IpAddr| it.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

/// The address without user, password and options.
pub fn shown(config: &Config) -> String {
    let names = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(folder) => folder.display().to_string(),
    });
    let numbers = config.get_hostaddrs().iter().map(IpAddr::to_string);
    let hosts: Vec<String> =
        if config.get_hosts().is_empty() { numbers.collect() } else { names.collect() };
    let port = |at: usize| config.get_ports().get(at).or(config.get_ports().first());
    let hosts = hosts.iter().enumerate().map(|(at, host)| match port(at) {
        Some(port) if *port != 5432 => format!("{host}:{port}"),
        _ => host.clone(),
    });
    let hosts = hosts.collect::<Vec<_>>().join(",");
    format!("postgresql://{hosts}/{}", config.get_dbname().unwrap_or_default())
}

/// The innermost cause of an error, which says most, in one line.
pub fn words(error: &tokio_postgres::Error) -> String {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(said) = error.as_db_error() {
        return one_line(said.message());
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    one_line(&cause.to_string())
}

#[cfg(test)]
mod tests {
    use tokio_postgres::config::SslMode;

    use super::*;

    #[test]
    fn what_others_call_verifying_is_read_as_what_is_always_done() {
        for mode in ["verify-full", "verify-ca", "require"] {
            let url =
                format!("postgresql://ada@db.example.org/runs?sslmode={mode}&connect_timeout=3");
            assert_eq!(read(&url).unwrap().get_ssl_mode(), SslMode::Require, "{mode}");
        }
        let said = read("postgresql://ada@db.example.org/runs?sslmode=allow").unwrap_err();
        assert_eq!(said, "invalid value for option `sslmode`");
        let config = read("postgresql://ada:a?sslmode=verify-full@db/runs").unwrap();
        assert_eq!(config.get_password(), Some(b"a?sslmode=verify-full".as_slice()));
    }

    #[test]
    fn files_that_others_name_in_an_address_are_settings() {
        let said = read("postgresql://ada@db/runs?sslrootcert=/etc/ca.pem").unwrap_err();
        assert_eq!(said, "'sslrootcert' is no part of it: the setting 'ca' names that file");
    }
}
