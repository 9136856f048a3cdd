//! What an armoured signature says of itself (PROTOCOL.sshsig, PROTOCOL.u2f).

use ssh_key::{Algorithm, HashAlg, PublicKey, SshSig};

/// What stands in it. Nothing of it is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claims {
    /// The key's type and base64.
    pub(super) key: String,
    pub(super) key_type: String,
    pub(super) fingerprint: String,
    pub(super) namespace: String,
    /// For a hardware key: its flags.
    pub(super) flags: Option<u8>,
}

/// Flags and counter end the signature of a hardware key: one byte and four.
const FLAGS_FROM_END: usize = 5;

/// Reads it; `None` where it is none that can be read.
pub(super) fn claims(armoured: &str) -> Option<Claims> {
    let signature = SshSig::from_pem(armoured.trim()).ok()?;
    let public = PublicKey::new(signature.public_key().clone(), "");
    let text = public.to_openssh().ok()?;
    let algorithm = signature.algorithm();
    // The signature is of the type that the key is; else its end means nothing.
    if signature.signature().algorithm() != algorithm && !is_rsa(&algorithm) {
        return None;
    }
    let is_hardware = matches!(algorithm, Algorithm::SkEd25519 | Algorithm::SkEcdsaSha2NistP256);
    let bytes = signature.signature_bytes();
    let flags = bytes.len().checked_sub(FLAGS_FROM_END).and_then(|at| bytes.get(at)).copied();
    if is_hardware && flags.is_none() {
        return None;
    }
    Some(Claims {
        key: text.split_whitespace().take(2).collect::<Vec<_>>().join(" "),
        key_type: algorithm.to_string(),
        fingerprint: public.fingerprint(HashAlg::Sha256).to_string(),
        namespace: signature.namespace().to_owned(),
        flags: flags.filter(|_| is_hardware),
    })
}

/// An RSA signature names its hash beside the key's type.
fn is_rsa(algorithm: &Algorithm) -> bool {
    matches!(algorithm, Algorithm::Rsa { .. })
}
