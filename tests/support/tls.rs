//! Authorities and what they sign, made when they are needed.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, SignatureAlgorithm,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::TempDir;

/// Somebody whose signature may be trusted.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
    key: String,
}

/// A certificate and its key, in PEM.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

/// The one that signs for servers of tests.
pub(crate) fn authority() -> &'static Authority {
    static AUTHORITY: OnceLock<Authority> = OnceLock::new();
    AUTHORITY.get_or_init(|| Authority::new("an authority of tests"))
}

/// What is not asked for is as usual: from long ago until long after.
pub(crate) fn usual(_: &mut CertificateParams) {}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        Self::of(name, &PKCS_ECDSA_P256_SHA256)
    }

    /// One that signs in a certain way.
    pub(crate) fn of(name: &str, way: &'static SignatureAlgorithm) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        params.subject_alt_names = named(&["127.0.0.1"]).subject_alt_names;
        let key = KeyPair::generate_for(way).expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate").pem();
        let pem = key.serialize_pem();
        Self { issuer: Issuer::new(params, key), certificate, key: pem }
    }

    /// A certificate for these names, changed as a test wants it.
    pub(crate) fn signs(&self, names: &[&str], change: fn(&mut CertificateParams)) -> Identity {
        let (key, mut params) = (KeyPair::generate().expect("a key"), named(names));
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate").pem();
        Identity { certificate, key: key.serialize_pem() }
    }

    /// What it signs by.
    pub(crate) fn pem(&self) -> &str {
        &self.certificate
    }

    /// As if it were a server of this machine itself.
    pub(crate) fn itself(&self) -> Identity {
        Identity { certificate: self.certificate.clone(), key: self.key.clone() }
    }
}

fn named(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names.clone()).expect("names");
    if let [name, ..] = &names[..] {
        params.distinguished_name.push(DnType::CommonName, name.as_str());
    }
    params
}

impl Identity {
    /// One that nobody signed but itself.
    pub(crate) fn alone(names: &[&str]) -> Self {
        let key = KeyPair::generate().expect("a key");
        let certificate = named(names).self_signed(&key).expect("a certificate").pem();
        Self { certificate, key: key.serialize_pem() }
    }

    /// How a server speaks that shows it.
    pub(crate) fn speaks(&self) -> Arc<ServerConfig> {
        let chain = CertificateDer::pem_slice_iter(self.certificate.as_bytes());
        let chain = chain.collect::<Result<Vec<_>, _>>().expect("certificates");
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes()).expect("a key");
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().expect("TLS 1.2 and 1.3");
        let config = builder.with_no_client_auth().with_single_cert(chain, key);
        Arc::new(config.expect("they belong together"))
    }
}

/// A file with a text in it, in a folder that lasts as long as the test.
pub(crate) fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a written file");
    path
}
