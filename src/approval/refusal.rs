//! Why a statement does not count, one reason each.

use super::verification::Verification;

/// Why an approval does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its bytes are not those that were signed, or no statement at all.
    #[error("the statement was edited or is malformed")]
    EditedStatement,
    /// The signature does not fit.
    #[error("the signature does not fit the statement")]
    BadSignature,
    /// The trunk lists no such key.
    #[error("the trunk's .prode/allowed_signers has no such key")]
    UnknownSigner,
    /// Names with wildcards match everybody, so they name nobody.
    #[error("the key stands only in a line with a wildcard or a certificate authority")]
    WildcardPrincipal,
    /// The key is another person's.
    #[error("the key is not that of '{0}'")]
    OtherPerson(String),
    /// Made for another purpose.
    #[error("the signature or its key is for another namespace than prode-approval")]
    WrongNamespace,
    /// The key's own time.
    #[error("the key is not valid at this time")]
    KeyOutOfTime,
    /// On the list of revoked keys.
    #[error("the key is revoked")]
    KeyRevoked,
    /// Another repository's.
    #[error("it was given in another repository")]
    WrongRepository,
    /// For another action.
    #[error("it is for '{0}'")]
    WrongAction(String),
    /// Of another subject.
    #[error("the subject is not the one that was approved")]
    WrongSubject,
    /// What it stood on moved.
    #[error("'{0}' is not as it was when it was approved")]
    WrongPrecondition(String),
    /// Asked by somebody else than the statement says.
    #[error("it was asked for by somebody else")]
    WrongRequester,
    /// Too old.
    #[error("it expired at {0}")]
    Expired(jiff::Timestamp),
    /// From the future.
    #[error("it is not valid before {0}")]
    NotYetValid(jiff::Timestamp),
    /// It was taken back.
    #[error("it was revoked")]
    Revoked,
    /// It had its effect.
    #[error("it was used already")]
    Used,
    /// A software key where a touch is demanded.
    #[error("a hardware key is demanded, and this is a software key")]
    TooWeak,
    /// A hardware key that nobody touched.
    #[error("the hardware key signed without a touch")]
    PresenceMissing,
    /// Nobody typed the key's PIN.
    #[error("the hardware key signed without its PIN")]
    PinMissing,
    /// The review's account is the one that the token of this machine acts as.
    #[error("'@{0}' is the account of this machine's own token")]
    TokensAccount(String),
    /// Which account that is, the forge does not say.
    #[error("the forge does not say which account this machine's token acts as")]
    TokenUnknown,
    /// The trunk does not say whose account it is.
    #[error("the trunk's people name nobody as '@{0}'")]
    UnknownAccount(String),
    /// The forge keeps no commit with an approval, and a strong one is demanded.
    #[error("the forge does not say which commit was approved, and a strong approval is demanded")]
    CommitInferred,
    /// Whoever asks may not approve.
    #[error("'{0}' asks for it and may not approve it")]
    RequesterApproves(String),
    /// Not one of those who may.
    #[error("'{0}' is not among those who may approve it")]
    NotAnApprover(String),
    /// A second statement of one person.
    #[error("'{0}' approved it once already")]
    SamePerson(String),
    /// Two people, one key.
    #[error("the key of '{0}' approved it once already")]
    SameKey(String),
    /// Fewer than demanded.
    #[error("{found} of {needed} approvals are there")]
    NotEnough {
        /// How many count.
        found: u32,
        /// How many it takes.
        needed: u32,
    },
    /// None of those who answer for a part of it.
    #[error("nobody approved who answers for {0}")]
    GroupMissing(String),
}

impl Refusal {
    /// The reason's code, for scripts and the audit log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EditedStatement => "edited-statement",
            Self::BadSignature => "bad-signature",
            Self::UnknownSigner => "unknown-signer",
            Self::WildcardPrincipal => "wildcard-principal",
            Self::OtherPerson(_) => "other-person",
            Self::WrongNamespace => "wrong-namespace",
            Self::KeyOutOfTime => "key-out-of-time",
            Self::KeyRevoked => "key-revoked",
            Self::WrongRepository => "wrong-repository",
            Self::WrongAction(_) => "wrong-action",
            Self::WrongSubject => "wrong-subject",
            Self::WrongPrecondition(_) => "wrong-precondition",
            Self::WrongRequester => "wrong-requester",
            Self::Expired(_) => "expired",
            Self::NotYetValid(_) => "not-yet-valid",
            Self::Revoked => "revoked",
            Self::Used => "used",
            Self::TooWeak => "too-weak",
            Self::PresenceMissing => "presence-missing",
            Self::PinMissing => "pin-missing",
            Self::TokensAccount(_) => "tokens-account",
            Self::TokenUnknown => "token-unknown",
            Self::UnknownAccount(_) => "unknown-account",
            Self::CommitInferred => "commit-inferred",
            Self::RequesterApproves(_) => "requester-approves",
            Self::NotAnApprover(_) => "not-an-approver",
            Self::SamePerson(_) => "same-person",
            Self::SameKey(_) => "same-key",
            Self::NotEnough { .. } => "not-enough",
            Self::GroupMissing(_) => "owner-missing",
        }
    }

    /// What a verification that is not good means for the statement of `approver`.
    pub(super) fn of(verification: &Verification, approver: &str) -> Option<Self> {
        match verification {
            Verification::Good(_) => None,
            Verification::UnknownSigner => Some(Self::UnknownSigner),
            Verification::Wildcard => Some(Self::WildcardPrincipal),
            Verification::OtherPerson => Some(Self::OtherPerson(approver.to_owned())),
            Verification::WrongNamespace => Some(Self::WrongNamespace),
            Verification::KeyOutOfTime => Some(Self::KeyOutOfTime),
            Verification::KeyRevoked => Some(Self::KeyRevoked),
            Verification::Bad => Some(Self::BadSignature),
        }
    }

    /// Why a signature is not strong.
    pub(super) fn weak(is_hardware: bool) -> Self {
        if is_hardware { Self::PresenceMissing } else { Self::TooWeak }
    }
}
