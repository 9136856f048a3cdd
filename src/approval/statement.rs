//! A statement: exactly what a person approves, as the bytes that they sign.
//!
//! Canonical JSON, so that a signature covers one text and one text only. The
//! form is `prode.approval/v1`; a field too many is refused, as is one that is
//! missing.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action::Action;
use crate::canonical::{CanonicalError, digest, from_bytes, to_bytes};

const SCHEMA: &str = "prode.approval/v1";

/// A statement larger than this is none.
const MAX_BYTES: usize = 64 * 1024;

/// The first line of an armoured signature (PROTOCOL.sshsig).
const ARMOUR: &str = "-----BEGIN SSH SIGNATURE-----";

/// What an approval is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// `change` for commits, `request` for a request document, or what made it.
    pub kind: String,
    /// For people: a branch, a path, a run's id.
    pub name: String,
    /// `sha256:…` of the exact subject.
    pub digest: String,
}

/// What a person approves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// `prode.approval/v1`.
    pub schema: String,
    /// What may be done.
    pub action: Action,
    /// With what.
    pub subject: Subject,
    /// What must still be so, by name: `head`, `ticket_updated`.
    pub preconditions: BTreeMap<String, String>,
    /// Which repository, however it was cloned.
    pub repository: String,
    /// The run that waits for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub run: Option<String>,
    /// Who asks: authors of a change, whoever wrote a request.
    pub requesters: Vec<String>,
    /// Who approves, as `.prode/allowed_signers` names them.
    pub approver: String,
    /// Why it is asked for.
    pub reason: String,
    /// 32 random hexadecimal digits.
    pub nonce: String,
    /// When it was signed, in whole seconds.
    pub issued: Timestamp,
    /// The end of its time.
    pub expires: Timestamp,
}

/// A text that is no signed statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is no signed statement: {0}")]
pub struct BadStatement(pub String);

impl From<CanonicalError> for BadStatement {
    fn from(error: CanonicalError) -> Self {
        Self(error.to_string())
    }
}

impl Statement {
    /// The name of the form.
    pub fn schema() -> String {
        SCHEMA.to_owned()
    }

    /// The bytes that are signed.
    pub fn bytes(&self) -> Result<Vec<u8>, BadStatement> {
        Ok(to_bytes(self)?)
    }

    /// The statement of exactly these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadStatement> {
        if bytes.len() > MAX_BYTES {
            return Err(BadStatement(format!("it is larger than {MAX_BYTES} bytes")));
        }
        let statement: Self = from_bytes(bytes)?;
        if statement.schema != SCHEMA {
            return Err(BadStatement(format!("its form is not {SCHEMA}")));
        }
        Ok(statement)
    }

    /// The end of its time: its own, or `max_age` seconds after it was signed
    /// if that is earlier.
    pub fn ends(&self, max_age: i64) -> Timestamp {
        let latest = self.issued.checked_add(SignedDuration::from_secs(max_age));
        latest.map_or(self.expires, |latest| latest.min(self.expires))
    }
}

/// A statement with its signature, as one file holds them: the statement on
/// the first line, the armoured signature on the lines after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What it says.
    pub statement: Statement,
    /// The bytes that were signed.
    pub bytes: Vec<u8>,
    /// Armoured.
    pub signature: String,
}

impl Signed {
    /// Reads the file.
    pub fn parse(file: &[u8]) -> Result<Self, BadStatement> {
        let missing = || BadStatement("it has no signature".to_owned());
        let end = file.iter().position(|&byte| byte == b'\n').ok_or_else(missing)?;
        let signature = std::str::from_utf8(&file[end + 1..]).map_err(|_| missing())?;
        if file.len() > MAX_BYTES || !signature.starts_with(ARMOUR) {
            return Err(missing());
        }
        let bytes = file[..end].to_vec();
        let statement = Statement::from_bytes(&bytes)?;
        Ok(Self { statement, bytes, signature: signature.to_owned() })
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        [&self.bytes, &b"\n"[..], self.signature.trim_end().as_bytes(), b"\n"].concat()
    }

    /// The statement's id: the hexadecimal digits of SHA-256 of its bytes.
    pub fn id(&self) -> String {
        digest(&self.bytes).trim_start_matches("sha256:").to_owned()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn sample() -> Statement {
        Statement {
            schema: SCHEMA.to_owned(),
            action: Action::new("merge").unwrap(),
            subject: Subject {
                kind: "change".into(),
                name: "prode/promote/x".into(),
                digest: "sha256:00".into(),
            },
            preconditions: BTreeMap::from([("head".into(), "abc".into())]),
            repository: "git:1".into(),
            run: None,
            requesters: vec!["bob@example.org".into()],
            approver: "ada@example.org".into(),
            reason: "because".into(),
            nonce: "0".repeat(32),
            issued: "2026-01-01T00:00:00Z".parse().unwrap(),
            expires: "2026-01-08T00:00:00Z".parse().unwrap(),
        }
    }

    fn signed() -> Signed {
        let statement = sample();
        let bytes = statement.bytes().unwrap();
        Signed {
            statement,
            bytes,
            signature: format!("{ARMOUR}\nAA\n-----END SSH SIGNATURE-----\n"),
        }
    }

    #[test]
    fn a_file_survives_and_its_id_follows_the_statement() {
        let signed = signed();
        let back = Signed::parse(&signed.file()).unwrap();
        assert_eq!(back, signed);
        let mut other = signed.clone();
        other.statement.nonce = "1".repeat(32);
        other.bytes = other.statement.bytes().unwrap();
        assert_ne!(other.id(), signed.id());
        assert_eq!(signed.id().len(), 64);
    }

    #[test]
    fn whatever_is_not_exactly_a_statement_is_refused() {
        let file = String::from_utf8(signed().file()).unwrap();
        let refused = |from: &str, to: &str| {
            assert!(file.contains(from));
            Signed::parse(file.replace(from, to).as_bytes()).unwrap_err().to_string()
        };
        assert!(refused("\"action\":\"merge\"", "\"action\": \"merge\"").contains("canonical"));
        assert!(refused("approval/v1", "approval/v2").contains("form"));
        assert!(refused("\"nonce\"", "\"nonze\"").contains("expected"));
        assert!(refused("{\"action\"", "{\"aaa\":1,\"action\"").contains("unknown field"));
        assert!(refused("\"action\":\"merge\"", "\"action\":\"Merge\"").contains("Merge"));
        assert!(refused("-----BEGIN", "----BEGIN").contains("no signature"));
        assert!(Signed::parse(&signed().bytes).is_err());
        assert!(Signed::parse(&vec![b'a'; 70_000]).is_err());
    }

    proptest::proptest! {
        /// Whatever bytes a ref holds: a statement, or none; and one text only.
        #[test]
        fn any_bytes_are_survived(noise in proptest::collection::vec(proptest::num::u8::ANY, 0..40), at in 0_usize..400) {
            let mut file = signed().file();
            let at = at.min(file.len());
            file.splice(at..at, noise);
            if let Ok(read) = Signed::parse(&file) {
                proptest::prop_assert_eq!(read.statement.bytes().unwrap(), read.bytes.clone());
                proptest::prop_assert_eq!(Signed::parse(&read.file()).unwrap().id(), read.id());
            }
        }
    }

    #[test]
    fn it_ends_by_its_own_time_or_the_policy_s() {
        let statement = sample();
        assert_eq!(statement.ends(60).to_string(), "2026-01-01T00:01:00Z");
        assert_eq!(statement.ends(i64::MAX).to_string(), "2026-01-08T00:00:00Z");
    }
}
