//! What ties the proof of a password to one certificate: who stands between with another
//! one cannot pass the proof on.
//!
//! `tls-server-end-point` of RFC 5929, section 4.1: the certificate's digest, by the hash that
//! it was signed with. Of a signature that is made without one (Ed25519), or names its hash
//! elsewhere (RSASSA-PSS), there is none; then the proof is given without.

use der::asn1::ObjectIdentifier;
use der::{AnyRef, Reader};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// RSA (RFC 8017, appendix C) and ECDSA (RFC 5758, section 3.2) with each hash.
const SHA_256: [ObjectIdentifier; 2] = [oid("1.2.840.113549.1.1.11"), oid("1.2.840.10045.4.3.2")];
const SHA_384: [ObjectIdentifier; 2] = [oid("1.2.840.113549.1.1.12"), oid("1.2.840.10045.4.3.3")];
const SHA_512: [ObjectIdentifier; 2] = [oid("1.2.840.113549.1.1.13"), oid("1.2.840.10045.4.3.4")];

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// The digest of a certificate that its server has too.
pub(super) fn end_point(certificate: &[u8]) -> Option<Vec<u8>> {
    let signed_with = signature(certificate).ok()?;
    if SHA_256.contains(&signed_with) {
        Some(Sha256::digest(certificate).to_vec())
    } else if SHA_384.contains(&signed_with) {
        Some(Sha384::digest(certificate).to_vec())
    } else if SHA_512.contains(&signed_with) {
        Some(Sha512::digest(certificate).to_vec())
    } else {
        None
    }
}

/// How a certificate was signed (RFC 5280, section 4.1): its second of three parts.
fn signature(certificate: &[u8]) -> der::Result<ObjectIdentifier> {
    AnyRef::try_from(certificate)?.sequence(|parts| {
        parts.tlv_bytes()?;
        let algorithm: AnyRef<'_> = parts.decode()?;
        parts.tlv_bytes()?;
        algorithm.sequence(|algorithm| {
            let name = algorithm.decode()?;
            while !algorithm.is_finished() {
                algorithm.tlv_bytes()?;
            }
            Ok(name)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate in outline: what is signed, how, and the signature.
    fn certificate(algorithm: &[u8]) -> Vec<u8> {
        let body = [&[0x30, 0][..], algorithm, &[0x03, 1, 0]].concat();
        [&[0x30, u8::try_from(body.len()).unwrap()][..], &body].concat()
    }

    #[test]
    fn the_hash_of_the_signature_is_the_hash_of_the_digest() {
        let rsa = |last| [0x30, 13, 6, 9, 42, 134, 72, 134, 247, 13, 1, 1, last, 5, 0];
        let ecdsa = |last| [0x30, 10, 6, 8, 42, 134, 72, 206, 61, 4, 3, last];
        let digest = |algorithm: &[u8]| end_point(&certificate(algorithm));
        let whole = certificate(&rsa(11));
        assert_eq!(digest(&rsa(11)), Some(Sha256::digest(&whole).to_vec()));
        for (last, length) in [(11, 32), (12, 48), (13, 64)] {
            assert_eq!(digest(&rsa(last)).map(|it| it.len()), Some(length));
        }
        for (last, length) in [(2, 32), (3, 48), (4, 64)] {
            assert_eq!(digest(&ecdsa(last)).map(|it| it.len()), Some(length));
        }
    }

    #[test]
    fn where_there_is_no_such_hash_there_is_no_digest() {
        let ed25519 = [0x30, 5, 6, 3, 43, 101, 112];
        let pss = [0x30, 11, 6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 10];
        let sha1 = [0x30, 13, 6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 5, 5, 0];
        for algorithm in [&ed25519[..], &pss, &sha1] {
            assert_eq!(end_point(&certificate(algorithm)), None);
        }
        let whole = certificate(&ed25519);
        for cut in 0..whole.len() {
            assert_eq!(end_point(&whole[..cut]), None);
        }
    }
}
