//! Signatures of commits, as Git makes them with SSH keys.

use std::time::Duration;

use jiff::Timestamp;

use super::armour::claims;
use super::error::SigningError;
use super::verify::{Trust, file};
use crate::program::{Ended, Run};

/// The namespace in which Git signs (gitformat-signature).
const NAMESPACE: &str = "git";

/// A check asks nobody and nothing outside.
const LIMIT: Duration = Duration::from_secs(20);

/// The names under which the trunk lists the key that signed `payload`, where
/// the signature is good and the key was trusted for Git at the time `at`.
/// Nothing for a signature of another kind: no list here says whose it is.
pub fn signers_of(
    signature: &str,
    payload: &[u8],
    at: Timestamp,
    trust: &Trust,
) -> Result<Vec<String>, SigningError> {
    let Some(claims) = claims(signature).filter(|it| it.namespace == NAMESPACE) else {
        return Ok(Vec::new());
    };
    let lines = trust.signers.with_key(&claims.key).filter(|line| line.is_trusted());
    let names: Vec<String> = lines.flat_map(|line| line.principals.iter().cloned()).collect();
    let mut good = Vec::new();
    for name in names {
        if is_good(signature, payload, at, &name, trust)? && !good.contains(&name) {
            good.push(name);
        }
    }
    Ok(good)
}

fn is_good(
    signature: &str,
    payload: &[u8],
    at: Timestamp,
    name: &str,
    trust: &Trust,
) -> Result<bool, SigningError> {
    let signers = file(trust.signers.trusted_file().as_bytes())?;
    let signature = file(signature.as_bytes())?;
    let revoked = trust.revoked.as_deref().map(file).transpose()?;
    let time = at.strftime("%Y%m%d%H%M%SZ");
    let run = Run::new("ssh-keygen")
        .with(["-Y", "verify", "-n", NAMESPACE, "-I", name])
        .with([format!("-Overify-time={time}")])
        .with(["-f".as_ref(), signers.path()])
        .with(["-s".as_ref(), signature.path()]);
    let run = match &revoked {
        Some(revoked) => run.with(["-r".as_ref(), revoked.path()]),
        None => run,
    };
    match run.input(payload).apart(LIMIT).wait() {
        Ended::Done { success, .. } => Ok(success),
        Ended::TooLate => Ok(false),
        Ended::NotStarted(error) => Err(SigningError::NoProgram(error)),
    }
}
