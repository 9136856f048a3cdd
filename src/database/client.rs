//! What is asked of a server before it is spoken to: TLS 1.2 or newer, and a certificate of
//! somebody who is trusted.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use super::transport::{Transport, TransportError};

/// What is spoken within, which keeps a server of another protocol from answering
/// (<https://www.iana.org/assignments/tls-extensiontype-values>).
const PROTOCOL: &[u8] = b"postgresql";

/// What connections are made with. Files are read now, once.
///
/// # Errors
/// One of them cannot be used, or the machine trusts nobody.
pub(super) fn client(of: &Transport) -> Result<Arc<ClientConfig>, TransportError> {
    let provider = Arc::new(ring::default_provider());
    let trusted = Trusted::of(of, &provider)?;
    let builder = ClientConfig::builder_with_provider(provider);
    let builder = builder.with_protocol_versions(&[&TLS13, &TLS12]);
    let builder = builder.map_err(|error| TransportError::Roots(error.to_string()))?;
    let builder = match trusted {
        Trusted::Named(roots) => builder.with_root_certificates(roots),
        // The name warns of verifiers that do not verify; this one is the platform's.
        Trusted::Platform(verifier) => {
            builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
        }
    };
    let mut config = match own(of)? {
        None => builder.with_no_client_auth(),
        Some(Own { chain, key, path }) => builder
            .with_client_auth_cert(chain, key)
            .map_err(|_| unusable(of, "key", path, "is not the key of that certificate"))?,
    };
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    // Each connection looks at the certificate anew.
    config.resumption = Resumption::disabled();
    Ok(Arc::new(config))
}

/// Whose signature counts.
enum Trusted {
    Named(RootCertStore),
    Platform(Verifier),
}

impl Trusted {
    fn of(of: &Transport, provider: &Arc<CryptoProvider>) -> Result<Self, TransportError> {
        let Some(path) = &of.ca else {
            let verifier = Verifier::new(Arc::clone(provider));
            let verifier = verifier.map_err(|error| TransportError::Roots(error.to_string()))?;
            return Ok(Self::Platform(verifier));
        };
        let mut roots = RootCertStore::empty();
        for certificate in certificates(of, "ca", path)? {
            let added = roots.add(certificate);
            added.map_err(|_| unusable(of, "ca", path, "holds a certificate that is broken"))?;
        }
        Ok(Self::Named(roots))
    }
}

/// What is shown to a server that asks who we are.
struct Own<'a> {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    /// Of the key.
    path: &'a Path,
}

fn own(of: &Transport) -> Result<Option<Own<'_>>, TransportError> {
    let half =
        |set, missing| TransportError::Half { set: of.setting(set), missing: of.setting(missing) };
    match (&of.certificate, &of.key) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(half("certificate", "key")),
        (None, Some(_)) => Err(half("key", "certificate")),
        (Some(chain), Some(path)) => {
            let chain = certificates(of, "certificate", chain)?;
            let key = PrivateKeyDer::from_pem_slice(&bytes(of, "key", path)?);
            // What the reader says of a broken key shows a line of it.
            let key = key.map_err(|_| unusable(of, "key", path, "holds no key in PEM"))?;
            Ok(Some(Own { chain, key, path }))
        }
    }
}

/// All certificates of a file, which has at least one.
fn certificates(
    of: &Transport,
    name: &str,
    path: &Path,
) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    let bytes = bytes(of, name, path)?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    let found = found.map_err(|_| unusable(of, name, path, "is no PEM"))?;
    if found.is_empty() {
        return Err(unusable(of, name, path, "holds no certificate in PEM"));
    }
    Ok(found)
}

/// A file by its whole path: one from where somebody stands would be a file of the repository.
fn bytes(of: &Transport, name: &str, path: &Path) -> Result<Vec<u8>, TransportError> {
    if !path.is_absolute() {
        return Err(unusable(of, name, path, "is no absolute path, nor one from ~/"));
    }
    fs::read(path).map_err(|error| {
        let why = match error.kind() {
            ErrorKind::NotFound => "does not exist".to_owned(),
            kind => format!("cannot be read: {kind}"),
        };
        unusable(of, name, path, &why)
    })
}

fn unusable(of: &Transport, name: &str, path: &Path, why: &str) -> TransportError {
    TransportError::File { setting: of.setting(name), path: path.to_owned(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    /// A certificate that is none, in PEM.
    const BROKEN: &str = "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n";

    fn refused(transport: Transport) -> String {
        let of = Transport { section: "store", ..transport };
        client(&of).map(drop).expect_err("it is of no use").to_string()
    }

    fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn a_file_of_no_use_is_named_with_its_setting() {
        let folder = tempfile::tempdir().unwrap();
        let cut = BROKEN.lines().take(2).collect::<Vec<_>>().join("\n");
        for (path, says) in [
            (folder.path().join("gone.pem"), "does not exist"),
            (folder.path().to_owned(), "cannot be read: is a directory"),
            (PathBuf::from("ca.pem"), "is no absolute path, nor one from ~/"),
            (file(&folder, "empty.pem", ""), "holds no certificate in PEM"),
            (file(&folder, "words.pem", "no certificate\n"), "holds no certificate in PEM"),
            (file(&folder, "cut.pem", &cut), "is no PEM"),
            (file(&folder, "broken.pem", BROKEN), "holds a certificate that is broken"),
        ] {
            let shown = path.display().to_string();
            let said = refused(Transport { ca: Some(path), ..Transport::default() });
            assert_eq!(said, format!("'store.ca' cannot be used: '{shown}' {says}"));
        }
    }

    #[test]
    fn a_certificate_and_its_key_belong_together() {
        let folder = tempfile::tempdir().unwrap();
        let (broken, words) = (file(&folder, "a.pem", BROKEN), file(&folder, "key", "s3cret\n"));
        let given = |certificate: Option<&PathBuf>, key: Option<&PathBuf>| {
            let (certificate, key) = (certificate.cloned(), key.cloned());
            refused(Transport { certificate, key, ..Transport::default() })
        };
        let said = given(Some(&broken), None);
        assert_eq!(said, "'store.certificate' is set without 'store.key'");
        let said = given(None, Some(&words));
        assert_eq!(said, "'store.key' is set without 'store.certificate'");
        let said = given(Some(&broken), Some(&words));
        assert!(said.starts_with("'store.key' cannot be used: "), "{said}");
        assert!(said.ends_with("holds no key in PEM") && !said.contains("s3cret"), "{said}");
    }
}
