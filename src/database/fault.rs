//! Why a server is not spoken to encrypted, in our words.

use std::io;

use jiff::Timestamp;
use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError};
use tokio_postgres::Error;

/// Why a server was not spoken to that should have been encrypted. It heard nothing but the
/// wish to encrypt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TlsFault {
    /// It says that it does not encrypt, or somebody between says so.
    #[error("it does not encrypt, and would be spoken to only encrypted")]
    Missing,
    /// Its certificate leads to nobody who is trusted.
    #[error("its certificate is signed by nobody who is trusted here")]
    Stranger,
    /// Its certificate is for somebody else.
    #[error("its certificate is for {found}, not for '{wanted}'")]
    OtherName {
        /// The name of the address.
        wanted: String,
        /// The names that the certificate carries.
        found: String,
    },
    /// It does not hold now.
    #[error("its certificate {0}")]
    OtherTime(String),
    /// It is wrong in another way.
    #[error("its certificate is refused: {0}")]
    Refused(String),
    /// It does not take our certificate, or wants one.
    #[error("it does not let this machine in by its certificate: {0}")]
    Unwelcome(String),
    /// No certificate carries such a name.
    #[error("'{0}' is no name that a certificate could carry")]
    NoName(String),
    /// What it says is no TLS, or none that is spoken here.
    #[error("it does not agree on encryption: {0}")]
    Disagreed(String),
    /// The connection broke before anything was agreed on.
    #[error("the connection ended before it was encrypted: {0}")]
    Ended(String),
}

/// What is wrong with the encryption, where that is what an error is about.
pub fn tls_fault(error: &Error) -> Option<TlsFault> {
    let cause = std::error::Error::source(error)?;
    // The crate has a text for this and no type; a test meets it.
    if cause.to_string() == "server does not support TLS" {
        return Some(TlsFault::Missing);
    }
    // By TLS 1.3 a server looks at our certificate when we think that all is agreed on.
    let is_unwelcome = |it: &io::Error| matches!(TlsFault::of(it), TlsFault::Unwelcome(_));
    let late = cause.downcast_ref::<io::Error>().filter(|it| is_unwelcome(it));
    cause.downcast_ref::<TlsFault>().cloned().or_else(|| late.map(TlsFault::of))
}

/// Words by which a server refuses a certificate of ours.
const UNWELCOME: &[AlertDescription] = &[
    AlertDescription::BadCertificate,
    AlertDescription::UnsupportedCertificate,
    AlertDescription::CertificateRevoked,
    AlertDescription::CertificateExpired,
    AlertDescription::CertificateUnknown,
    AlertDescription::UnknownCA,
    AlertDescription::AccessDenied,
    AlertDescription::CertificateRequired,
];

impl TlsFault {
    /// Whether the next attempt would end in the same way.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Ended(_))
    }

    /// What a handshake ended with.
    pub(super) fn of(error: &io::Error) -> Self {
        let inner = error.get_ref().and_then(|it| it.downcast_ref::<rustls::Error>());
        match inner {
            Some(rustls::Error::InvalidCertificate(why)) => certificate(why),
            Some(rustls::Error::AlertReceived(alert)) if UNWELCOME.contains(alert) => {
                Self::Unwelcome(format!("{alert:?}"))
            }
            Some(rustls::Error::AlertReceived(AlertDescription::ProtocolVersion)) => {
                Self::Disagreed("it speaks neither TLS 1.2 nor 1.3".to_owned())
            }
            Some(rustls::Error::AlertReceived(alert)) => {
                Self::Disagreed(format!("it gave up with the alert {alert:?}"))
            }
            Some(rustls::Error::InvalidMessage(_)) => {
                Self::Disagreed("what it says is no TLS".to_owned())
            }
            Some(other) => Self::Disagreed(other.to_string()),
            None => Self::Ended(error.to_string()),
        }
    }
}

fn certificate(why: &CertificateError) -> TlsFault {
    let day = |time: &UnixTime| {
        let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        Timestamp::from_second(seconds)
            .map_or_else(|_| "another day".to_owned(), |it| it.to_string())
    };
    match why {
        CertificateError::UnknownIssuer => TlsFault::Stranger,
        CertificateError::NotValidForNameContext { expected, presented } => {
            TlsFault::OtherName { wanted: expected.to_str().into_owned(), found: names(presented) }
        }
        CertificateError::ExpiredContext { not_after, .. } => {
            TlsFault::OtherTime(format!("ended at {}", day(not_after)))
        }
        CertificateError::Expired => TlsFault::OtherTime("has ended".to_owned()),
        CertificateError::NotValidYetContext { not_before, .. } => {
            TlsFault::OtherTime(format!("begins at {}", day(not_before)))
        }
        CertificateError::NotValidYet => TlsFault::OtherTime("has not begun".to_owned()),
        CertificateError::Other(_) if format!("{why:?}").contains("CaUsedAsEndEntity") => {
            TlsFault::Refused("it is that of an authority (CA:TRUE), not of a server".to_owned())
        }
        other => TlsFault::Refused(other.to_string()),
    }
}

/// `DnsName("db.example.org")` and `IpAddress(10.0.0.7)`, as they are written otherwise.
fn names(presented: &[String]) -> String {
    if presented.is_empty() {
        return "no name at all (it has no subjectAltName)".to_owned();
    }
    let bare = |name: &String| {
        let inner = name.split_once('(').map_or(name.as_str(), |it| it.1);
        format!("'{}'", inner.trim_end_matches(')').trim_matches('"'))
    };
    presented.iter().map(bare).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_may_be_over_next_time_and_a_refusal_is_not() {
        let ended = TlsFault::of(&io::Error::from(io::ErrorKind::UnexpectedEof));
        assert!(matches!(ended, TlsFault::Ended(_)) && !ended.is_final());
        let refused = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let refused = TlsFault::of(&io::Error::new(io::ErrorKind::InvalidData, refused));
        assert!(refused == TlsFault::Stranger && refused.is_final());
    }

    #[test]
    fn a_server_that_does_not_take_our_certificate_says_so() {
        let alert = rustls::Error::AlertReceived(AlertDescription::UnknownCA);
        let said = TlsFault::of(&io::Error::new(io::ErrorKind::InvalidData, alert));
        assert_eq!(said, TlsFault::Unwelcome("UnknownCA".to_owned()));
    }

    #[test]
    fn names_of_a_certificate_are_told_as_they_are_typed() {
        let presented = ["DnsName(\"db.example.org\")", "IpAddress(10.0.0.7)"].map(str::to_owned);
        assert_eq!(names(&presented), "'db.example.org', '10.0.0.7'");
        assert_eq!(names(&[]), "no name at all (it has no subjectAltName)");
    }
}
