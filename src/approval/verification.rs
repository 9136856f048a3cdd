//! What is known of a signature once it was checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What prode's signatures are made for; one for anything else is none here.
pub const NAMESPACE: &str = "prode-approval";

/// A person touched the key: `SSH_SK_USER_PRESENCE_REQD` (PROTOCOL.u2f).
const TOUCHED: u8 = 0x01;

/// The key asked for its PIN: `SSH_SK_USER_VERIFICATION_REQD` (PROTOCOL.u2f).
const PIN: u8 = 0x04;

/// How much a signature says of a person's will.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// A software key: an unlocked agent signs without asking anybody.
    Weak,
    /// A hardware key that was touched.
    Strong,
}

impl std::fmt::Display for Strength {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Weak => "weak",
            Self::Strong => "strong",
        })
    }
}

/// Whose key made a good signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// As the trunk's `.prode/allowed_signers` names them.
    pub principal: String,
    /// `SHA256:…` of the key, as `ssh-keygen -l` shows it.
    pub fingerprint: String,
    /// The key's type, such as `sk-ssh-ed25519@openssh.com`.
    pub key_type: String,
    /// For a hardware key: the flags that it signed.
    pub flags: Option<u8>,
}

impl Signer {
    /// Strong: a hardware key that was touched.
    pub fn strength(&self) -> Strength {
        match self.flags {
            Some(flags) if flags & TOUCHED != 0 => Strength::Strong,
            _ => Strength::Weak,
        }
    }

    /// True for a hardware key, touched or not.
    pub fn is_hardware(&self) -> bool {
        self.flags.is_some()
    }

    /// True if the key asked for its PIN.
    pub fn has_pin(&self) -> bool {
        self.flags.is_some_and(|flags| flags & PIN != 0)
    }
}

/// What checking a signature found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// It is that person's, over exactly these bytes, for this purpose, with a
    /// key that holds now.
    Good(Signer),
    /// No line of the trunk's signers has the key.
    UnknownSigner,
    /// Only a line whose names are patterns, or a certificate authority, has it.
    Wildcard,
    /// The key belongs to another person than the statement names.
    OtherPerson,
    /// The signature, or the key's line, is for another purpose.
    WrongNamespace,
    /// The key's time has not begun or is over.
    KeyOutOfTime,
    /// The key is on the trunk's list of revoked ones.
    KeyRevoked,
    /// It does not fit the bytes, or cannot be read.
    Bad,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(flags: Option<u8>) -> Signer {
        let text = String::new;
        Signer { principal: text(), fingerprint: text(), key_type: text(), flags }
    }

    #[test]
    fn only_a_touched_hardware_key_is_strong() {
        let strengths = [None, Some(0), Some(4), Some(1), Some(5)].map(|it| with(it).strength());
        let (weak, strong) = (Strength::Weak, Strength::Strong);
        assert_eq!(strengths, [weak, weak, weak, strong, strong]);
        assert_eq!([0, 1, 4, 5].map(|it| with(Some(it)).has_pin()), [false, false, true, true]);
        assert!(weak < strong);
    }
}
