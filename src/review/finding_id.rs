//! Names of an audit's findings: the page, the signal and what it is about.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::error::ReviewError;
use crate::ids::hex;
use crate::repo_path::RepoPath;

/// Hex digits of a name. An approval's, which begins with the same letter, has 12.
const DIGITS: usize = 8;

/// `A-` and eight lower-case hex digits. Short enough to type; two findings of
/// one audit that share it are told apart by page and signal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuditFindingId(String);

/// The beginning of the SHA-256 over path, NUL, signal, NUL and `of`: the digest
/// of what the finding is about. While that does not change the finding is the
/// same one, whoever audits and when; once it changes it is another.
pub fn audit_finding_id(path: &RepoPath, signal: &str, of: &str) -> AuditFindingId {
    let said = [path.as_bytes(), signal.as_bytes(), of.as_bytes()].join(&0);
    AuditFindingId(format!("A-{}", &hex(&Sha256::digest(said))[..DIGITS]))
}

impl AuditFindingId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AuditFindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AuditFindingId {
    type Err = ReviewError;

    fn from_str(typed: &str) -> Result<Self, ReviewError> {
        let refused = || ReviewError::NoFinding(typed.to_owned());
        let digits = typed.strip_prefix("A-").or_else(|| typed.strip_prefix("a-"));
        let digits = digits.ok_or_else(refused)?;
        if digits.len() != DIGITS || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refused());
        }
        Ok(Self(format!("A-{}", digits.to_ascii_lowercase())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_from_page_signal_and_subject() {
        let path = |text: &str| RepoPath::new(text).unwrap();
        let id = audit_finding_id(&path("wiki/a.md"), "drifted", "sha256:00");
        // printf 'wiki/a.md\0drifted\0sha256:00' | sha256sum
        assert_eq!(id.as_str(), "A-b5a78a9e");
        for other in [
            audit_finding_id(&path("wiki/b.md"), "drifted", "sha256:00"),
            audit_finding_id(&path("wiki/a.md"), "overdue", "sha256:00"),
            audit_finding_id(&path("wiki/a.md"), "drifted", "sha256:01"),
        ] {
            assert_ne!(id, other);
        }
        assert_eq!(id.to_string().to_lowercase().parse(), Ok(id.clone()));
        assert_eq!(id.as_str().to_uppercase().parse(), Ok(id));
    }

    #[test]
    fn other_names_are_refused() {
        for text in
            ["", "A-", "A-0123456", "A-012345678", "A-0123456789ab", "F-01234567", "A-0123456x"]
        {
            assert_eq!(
                text.parse::<AuditFindingId>(),
                Err(ReviewError::NoFinding(text.to_owned()))
            );
        }
    }
}
