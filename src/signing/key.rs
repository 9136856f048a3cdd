//! A person's own key, as Git's settings or an option name it.

use std::fs;
use std::path::{Path, PathBuf};

use ssh_key::{HashAlg, PublicKey};

use super::error::SigningError;

/// A key to sign with, and its public part.
#[derive(Debug, Clone)]
pub struct Key {
    /// The file to hand to `ssh-keygen`; `None`: the agent has it.
    pub(super) file: Option<PathBuf>,
    public: PublicKey,
}

impl Key {
    /// The key of a file: a private one with `.pub` beside it, or a public one
    /// whose private part an agent or a hardware key holds.
    pub fn of_file(path: &Path) -> Result<Self, SigningError> {
        let unreadable = |source| SigningError::Unreadable { path: path.to_owned(), source };
        let text = fs::read_to_string(path).map_err(unreadable)?;
        if let Ok(public) = PublicKey::from_openssh(text.trim()) {
            return Ok(Self { file: Some(path.to_owned()), public });
        }
        let mut beside = path.as_os_str().to_owned();
        beside.push(".pub");
        let missing = || SigningError::NoPublicKey(path.to_owned());
        let text = fs::read_to_string(&beside).map_err(|_| missing())?;
        let public = PublicKey::from_openssh(text.trim()).map_err(|_| missing())?;
        Ok(Self { file: Some(path.to_owned()), public })
    }

    /// A key by its text, with or without Git's `key::` before it.
    pub fn of_text(text: &str) -> Result<Self, SigningError> {
        let text = text.strip_prefix("key::").unwrap_or(text).trim();
        let public = PublicKey::from_openssh(text).map_err(|_| SigningError::NotAKey)?;
        Ok(Self { file: None, public })
    }

    /// Its type and its base64.
    pub fn text(&self) -> String {
        let whole = self.public.to_openssh().unwrap_or_default();
        whole.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
    }

    /// `SHA256:…`, as `ssh-keygen -l` shows it.
    pub fn fingerprint(&self) -> String {
        self.public.fingerprint(HashAlg::Sha256).to_string()
    }

    /// True if it lives in a hardware key.
    pub fn is_hardware(&self) -> bool {
        self.text().starts_with("sk-")
    }
}
