//! What a person decides of a learning, as a form sends it.

use super::request::{Parameters, nothing};
use crate::inbox::LearningId;
use crate::ops::OpError;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Of which learning.
    pub id: LearningId,
    /// What is to be done.
    pub verb: Verb,
    /// What was typed.
    pub typed: Typed,
    /// The digest of the learning that the person read.
    pub seen: String,
}

/// What may be done with a learning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Open a proposal for its owners.
    Propose,
    /// Give it other words or another place.
    Edit,
    /// Refuse it.
    Reject,
}

/// What was typed; what was not sent is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Where it goes.
    pub target: String,
    /// What it does there.
    pub action: String,
    /// Its words.
    pub body: String,
    /// Why.
    pub why: String,
}

impl Verb {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Propose, Self::Edit, Self::Reject];

    /// The last part of the address that a form is sent to.
    pub fn name(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Edit => "edit",
            Self::Reject => "reject",
        }
    }
}

impl Decision {
    /// Reads a path, and a body in `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// Nothing is decided at the path, or the body is no form.
    pub fn read(path: &str, form: &[u8]) -> Result<Self, OpError> {
        let (id, name) = path
            .strip_prefix("/inbox/")
            .and_then(|rest| rest.split_once('/'))
            .ok_or_else(nothing)?;
        let verb = Verb::ALL.into_iter().find(|verb| verb.name() == name).ok_or_else(nothing)?;
        let id = id.parse().map_err(|_| nothing())?;
        let form = std::str::from_utf8(form).map_err(|_| OpError::Usage {
            message: "the form is not written in UTF-8".to_owned(),
            hint: "send it from the learning's page".to_owned(),
        })?;
        let form = Parameters::read(form)?;
        let typed = Typed {
            target: form.one("target").unwrap_or_default(),
            action: form.one("action").unwrap_or_default(),
            body: form.whole("body").unwrap_or_default(),
            why: form.one("why").unwrap_or_default(),
        };
        Ok(Self { id, verb, typed, seen: form.one("seen").unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_browsers_write_it() {
        let form = b"seen=0a&why=a+symptom%2C+no+cause&body=++code%0D%0A%C3%A9&target=wiki%2Fa.md";
        let decision = Decision::read("/inbox/L-3f2a91c07be4/reject", form).unwrap();
        assert_eq!((decision.verb, decision.seen.as_str()), (Verb::Reject, "0a"));
        assert_eq!(decision.typed.why, "a symptom, no cause");
        assert_eq!(decision.typed.body, "  code\r\né");
        for path in [
            "/inbox/L-3f2a91c07be4/merge",
            "/inbox/L-3f2a91c07be4",
            "/inbox/F-3f2a91c07be4/reject",
            "/inbox/../reject",
            "/adr/1/reject",
        ] {
            assert!(Decision::read(path, form).is_err(), "{path}");
        }
        assert!(Decision::read("/inbox/L-3f2a91c07be4/edit", b"body=\xff").is_err());
        let many = "a=1&".repeat(41);
        assert!(Decision::read("/inbox/L-3f2a91c07be4/edit", many.as_bytes()).is_err());
    }
}
