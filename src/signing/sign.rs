//! Signing, as `ssh-keygen -Y sign` does it: with a file, an agent or a
//! hardware key. It may ask the person for a passphrase, a PIN or a touch.

use std::io::Write;

use tempfile::NamedTempFile;

use super::error::SigningError;
use super::key::Key;
use crate::approval::NAMESPACE;
use crate::program::{Ended, Run};

/// The armoured signature of `bytes`.
pub fn sign(key: &Key, bytes: &[u8]) -> Result<String, SigningError> {
    let mut text = NamedTempFile::new()?;
    writeln!(text, "{}", key.text())?;
    let file = key.file.as_deref().unwrap_or(text.path());
    let run = Run::new("ssh-keygen")
        .with(["-q", "-Y", "sign", "-n", NAMESPACE, "-f"])
        .with([file])
        .input(bytes)
        .telling();
    match run.wait() {
        Ended::Done { success: true, stdout, .. } if !stdout.trim().is_empty() => Ok(stdout),
        Ended::NotStarted(error) => Err(SigningError::NoProgram(error)),
        Ended::Done { .. } | Ended::TooLate => Err(SigningError::NotSigned),
    }
}
