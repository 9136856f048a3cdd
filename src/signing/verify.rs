//! Checking, as `ssh-keygen -Y verify` does it, and what it does not look at.

use std::io::Write;
use std::time::Duration;

use tempfile::NamedTempFile;

use super::armour::{Claims, claims};
use super::error::SigningError;
use crate::approval::{NAMESPACE, Signed, Signer, SignerLine, Signers, Verification};
use crate::program::{Ended, Run};

/// A check asks nobody and nothing outside.
const LIMIT: Duration = Duration::from_secs(20);

/// Whom the trunk trusts.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// `.prode/allowed_signers`.
    pub signers: Signers,
    /// `.prode/revoked_keys`: public keys, or a key revocation list. One that
    /// cannot be read revokes every key.
    pub revoked: Option<Vec<u8>>,
}

/// Whether the signature is that of the person whom the statement names, with
/// a key that the trunk trusts for this, now.
pub fn verify(signed: &Signed, trust: &Trust) -> Result<Verification, SigningError> {
    let Some(claims) = claims(&signed.signature) else { return Ok(Verification::Bad) };
    if claims.namespace != NAMESPACE {
        return Ok(Verification::WrongNamespace);
    }
    let approver = &signed.statement.approver;
    let lines: Vec<&SignerLine> = trust.signers.with_key(&claims.key).collect();
    let trusted: Vec<&&SignerLine> = lines.iter().filter(|line| line.is_trusted()).collect();
    if lines.is_empty() {
        return Ok(Verification::UnknownSigner);
    }
    if trusted.is_empty() {
        return Ok(Verification::Wildcard);
    }
    if !trusted.iter().any(|line| line.principals.contains(approver)) {
        return Ok(Verification::OtherPerson);
    }
    Ok(match ask(signed, trust, None)? {
        Some(words) => reason(&words),
        None => match &trust.revoked {
            // It does not say that a list is why it refuses, nor that it cannot
            // read one: either way the key does not count.
            Some(list) if ask(signed, trust, Some(list))?.is_some() => Verification::KeyRevoked,
            _ => Verification::Good(signer(claims, approver)),
        },
    })
}

fn signer(claims: Claims, approver: &str) -> Signer {
    Signer {
        principal: approver.to_owned(),
        fingerprint: claims.fingerprint,
        key_type: claims.key_type,
        flags: claims.flags,
    }
}

/// What `ssh-keygen` says against it; `None`: nothing.
fn ask(
    signed: &Signed,
    trust: &Trust,
    revoked: Option<&[u8]>,
) -> Result<Option<String>, SigningError> {
    let signers = file(trust.signers.trusted_file().as_bytes())?;
    let signature = file(signed.signature.as_bytes())?;
    let revoked = revoked.map(file).transpose()?;
    let run = Run::new("ssh-keygen")
        .with(["-Y", "verify", "-n", NAMESPACE, "-I", &signed.statement.approver, "-f"])
        .with([signers.path()])
        .with(["-s".as_ref(), signature.path()]);
    let run = match &revoked {
        Some(revoked) => run.with(["-r".as_ref(), revoked.path()]),
        None => run,
    };
    match run.input(signed.bytes.clone()).apart(LIMIT).wait() {
        Ended::Done { success: true, .. } => Ok(None),
        Ended::Done { stdout, stderr, .. } => Ok(Some(format!("{stdout}{stderr}"))),
        Ended::TooLate => Ok(Some(String::new())),
        Ended::NotStarted(error) => Err(SigningError::NoProgram(error)),
    }
}

pub(super) fn file(bytes: &[u8]) -> Result<NamedTempFile, SigningError> {
    let mut file = NamedTempFile::new()?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

/// The words of OpenSSH's sshsig.c.
fn reason(words: &str) -> Verification {
    let says = |text: &str| words.to_lowercase().contains(text);
    if says("not permitted for use in signature namespace") {
        Verification::WrongNamespace
    } else if says("not yet valid") || says("has expired") {
        Verification::KeyOutOfTime
    } else {
        Verification::Bad
    }
}
