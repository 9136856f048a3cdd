//! One statement held against what it must fit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::action::Action;
use super::demand::Demand;
use super::refusal::Refusal;
use super::statement::{Signed, Statement};
use super::verification::{Strength, Verification};

/// Clocks of two machines may differ by so many seconds.
const SKEW: i64 = 60;

/// What is about to be done, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// What.
    pub action: Action,
    /// The digest of exactly that.
    pub digest: String,
    /// What it stands on, as it is now.
    pub preconditions: BTreeMap<String, String>,
    /// This repository.
    pub repository: String,
    /// Who asks, as the subject itself says.
    pub requesters: Vec<String>,
}

/// What is known of a statement besides its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Of its signature.
    pub verification: Verification,
    /// The person that its approver is.
    pub person: String,
    /// The people that the requesters are.
    pub asking: BTreeSet<String>,
    /// It had its effect.
    pub used: bool,
    /// It was taken back.
    pub revoked: bool,
}

/// A statement that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The statement's id.
    pub id: String,
    /// Who, by the name that settings give them.
    pub person: String,
    /// Who, as the signers' file names them.
    pub principal: String,
    /// Whose key.
    pub fingerprint: String,
    /// How much it says.
    pub strength: Strength,
    /// The requester's own.
    pub own: bool,
    /// The end of its time.
    pub ends: Timestamp,
}

/// Whether a statement counts; the first reason if not. Reasons come in this
/// order: signature, exactness, taken back or used, time, strength, person.
pub fn judge(
    signed: &Signed,
    evidence: &Evidence,
    expected: &Expected,
    demand: &Demand,
    now: Timestamp,
) -> Result<Approval, Refusal> {
    let statement = &signed.statement;
    let signer = match &evidence.verification {
        Verification::Good(signer) => signer,
        other => {
            return Err(Refusal::of(other, &statement.approver).unwrap_or(Refusal::BadSignature));
        }
    };
    fits(statement, expected)?;
    if evidence.revoked {
        return Err(Refusal::Revoked);
    }
    if evidence.used {
        return Err(Refusal::Used);
    }
    let ends = in_time(statement, demand.max_age, now)?;
    if signer.strength() < demand.strength {
        return Err(Refusal::weak(signer.is_hardware()));
    }
    if demand.pin && !signer.has_pin() {
        return Err(Refusal::PinMissing);
    }
    let own = evidence.asking.contains(&evidence.person);
    if own && !demand.own {
        return Err(Refusal::RequesterApproves(evidence.person.clone()));
    }
    Ok(Approval {
        id: signed.id(),
        person: evidence.person.clone(),
        principal: signer.principal.clone(),
        fingerprint: signer.fingerprint.clone(),
        strength: signer.strength(),
        own,
        ends,
    })
}

fn fits(statement: &Statement, expected: &Expected) -> Result<(), Refusal> {
    if statement.repository != expected.repository {
        return Err(Refusal::WrongRepository);
    }
    if statement.action != expected.action {
        return Err(Refusal::WrongAction(statement.action.name().to_owned()));
    }
    if statement.subject.digest != expected.digest {
        return Err(Refusal::WrongSubject);
    }
    let names = statement.preconditions.keys().chain(expected.preconditions.keys());
    for name in names {
        if statement.preconditions.get(name) != expected.preconditions.get(name) {
            return Err(Refusal::WrongPrecondition(name.clone()));
        }
    }
    let (said, asking) = (&statement.requesters, &expected.requesters);
    if said.iter().collect::<BTreeSet<_>>() != asking.iter().collect() {
        return Err(Refusal::WrongRequester);
    }
    Ok(())
}

/// The end of its time, which is not over and has begun.
fn in_time(statement: &Statement, max_age: i64, now: Timestamp) -> Result<Timestamp, Refusal> {
    let soon = now.checked_add(SignedDuration::from_secs(SKEW)).unwrap_or(now);
    if statement.issued > soon {
        return Err(Refusal::NotYetValid(statement.issued));
    }
    let ends = statement.ends(max_age);
    if now >= ends { Err(Refusal::Expired(ends)) } else { Ok(ends) }
}

#[cfg(test)]
mod tests {
    use super::super::statement::tests::sample;
    use super::super::verification::Signer;
    use super::*;

    struct Case {
        statement: Statement,
        evidence: Evidence,
        expected: Expected,
        demand: Demand,
        now: Timestamp,
    }

    fn good(flags: Option<u8>) -> Verification {
        Verification::Good(Signer {
            principal: "ada@example.org".into(),
            fingerprint: "SHA256:a".into(),
            key_type: "ssh-ed25519".into(),
            flags,
        })
    }

    impl Case {
        fn new() -> Self {
            let statement = sample();
            Self {
                evidence: Evidence {
                    verification: good(None),
                    person: "human:ada".into(),
                    asking: ["human:bob".to_owned()].into(),
                    used: false,
                    revoked: false,
                },
                expected: Expected {
                    action: statement.action.clone(),
                    digest: statement.subject.digest.clone(),
                    preconditions: statement.preconditions.clone(),
                    repository: statement.repository.clone(),
                    requesters: statement.requesters.clone(),
                },
                demand: statement.action.least(),
                now: "2026-01-02T00:00:00Z".parse().unwrap(),
                statement,
            }
        }

        fn judged(&self) -> Result<Approval, Refusal> {
            let bytes = self.statement.bytes().unwrap();
            let statement = self.statement.clone();
            let signed = Signed { statement, bytes, signature: String::new() };
            judge(&signed, &self.evidence, &self.expected, &self.demand, self.now)
        }

        /// The code of the refusal after `change`.
        fn refused(change: impl FnOnce(&mut Self)) -> &'static str {
            let mut case = Self::new();
            change(&mut case);
            case.judged().unwrap_err().code()
        }
    }

    #[test]
    fn what_fits_counts() {
        let approval = Case::new().judged().unwrap();
        assert_eq!((approval.strength, approval.own), (Strength::Weak, false));
        assert_eq!(approval.ends.to_string(), "2026-01-08T00:00:00Z");
    }

    #[test]
    fn each_thing_that_does_not_fit_has_its_reason() {
        let head = |value: &str| BTreeMap::from([("head".to_owned(), value.to_owned())]);
        assert_eq!(Case::refused(|it| it.expected.repository = "git:2".into()), "wrong-repository");
        assert_eq!(Case::refused(|it| it.expected.digest = "sha256:01".into()), "wrong-subject");
        assert_eq!(Case::refused(|it| it.expected.preconditions = head("x")), "wrong-precondition");
        assert_eq!(Case::refused(|it| it.expected.preconditions.clear()), "wrong-precondition");
        assert_eq!(Case::refused(|it| it.statement.preconditions.clear()), "wrong-precondition");
        assert_eq!(Case::refused(|it| it.expected.requesters.clear()), "wrong-requester");
        let deploy = Action::new("deploy").unwrap();
        assert_eq!(Case::refused(|it| it.expected.action = deploy), "wrong-action");
        assert_eq!(Case::refused(|it| it.evidence.used = true), "used");
        assert_eq!(Case::refused(|it| it.evidence.revoked = true), "revoked");
        let own = |it: &mut Case| it.evidence.person = "human:bob".into();
        assert_eq!(Case::refused(own), "requester-approves");
    }

    #[test]
    fn every_verification_but_a_good_one_has_its_reason() {
        let codes = [
            (Verification::UnknownSigner, "unknown-signer"),
            (Verification::Wildcard, "wildcard-principal"),
            (Verification::OtherPerson, "other-person"),
            (Verification::WrongNamespace, "wrong-namespace"),
            (Verification::KeyOutOfTime, "key-out-of-time"),
            (Verification::KeyRevoked, "key-revoked"),
            (Verification::Bad, "bad-signature"),
        ];
        for (verification, code) in codes {
            assert_eq!(Case::refused(|it| it.evidence.verification = verification), code);
        }
    }

    #[test]
    fn its_time_begins_and_ends() {
        let at = |time: &str| {
            let time = time.parse().unwrap();
            move |it: &mut Case| it.now = time
        };
        assert_eq!(Case::refused(at("2026-01-08T00:00:00Z")), "expired");
        assert_eq!(Case::refused(at("2025-12-31T23:58:59Z")), "not-yet-valid");
        let mut early = Case::new();
        at("2025-12-31T23:59:30Z")(&mut early);
        assert!(early.judged().is_ok(), "clocks may differ a little");
        assert_eq!(
            Case::refused(|it| it.demand.max_age = 3_600),
            "expired",
            "the policy's age counts"
        );
    }

    #[test]
    fn strength_is_what_the_key_s_flags_say() {
        let strong = |flags: Option<u8>, pin: bool| {
            let mut case = Case::new();
            case.demand.strength = Strength::Strong;
            case.demand.pin = pin;
            case.evidence.verification = good(flags);
            case.judged().map(|it| it.strength).map_err(|it| it.code())
        };
        assert_eq!(strong(None, false), Err("too-weak"));
        assert_eq!(strong(Some(0), false), Err("presence-missing"));
        assert_eq!(strong(Some(4), false), Err("presence-missing"));
        assert_eq!(strong(Some(1), false), Ok(Strength::Strong));
        assert_eq!(strong(Some(1), true), Err("pin-missing"));
        assert_eq!(strong(Some(5), true), Ok(Strength::Strong));
    }

    #[test]
    fn a_team_of_one_is_labelled() {
        let mut case = Case::new();
        case.demand.own = true;
        case.evidence.person = "human:bob".into();
        assert!(case.judged().unwrap().own);
    }
}
