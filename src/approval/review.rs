//! An approving review on a forge, held against what it must fit.
//!
//! The forge knows who its accounts are; who they are here, the trunk's people
//! say. Signatures are left to [`judge`](super::judge).

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::demand::Demand;
use super::judge::{Approval, Expected};
use super::refusal::Refusal;
use super::verification::Strength;

/// One account approves one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The pull request: `github:org/repo#12`.
    pub pull: String,
    /// The account, without `@`.
    pub account: String,
    /// The commit that is approved.
    pub head: String,
    /// True where the forge itself says which commit; false where that follows
    /// from the times alone, so that a push in between may have gone unseen.
    pub names_head: bool,
    /// When.
    pub at: Timestamp,
}

/// What is known of it besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewEvidence {
    /// The account that prode's own token acts as; `None` where the forge does
    /// not say.
    pub own_account: Option<String>,
    /// The account that opened the pull request.
    pub author: Option<String>,
    /// The person whose account it is; `None` where the trunk names nobody.
    pub person: Option<String>,
    /// The people that the requesters are.
    pub asking: BTreeSet<String>,
}

impl Review {
    /// Its name, among statements: `github:org/repo#12 by @ada`.
    pub fn id(&self) -> String {
        format!("{} by @{}", self.pull, self.account)
    }

    /// Strong only where nothing had to be concluded.
    pub fn strength(&self) -> Strength {
        if self.names_head { Strength::Strong } else { Strength::Weak }
    }
}

/// Whether a review counts for the change `expected`; the first reason if not.
/// Reasons come in this order: commit, account, time, strength, person.
pub fn judge_review(
    review: &Review,
    evidence: &ReviewEvidence,
    expected: &Expected,
    demand: &Demand,
    now: Timestamp,
) -> Result<Approval, Refusal> {
    if expected.preconditions.get("head") != Some(&review.head) {
        return Err(Refusal::WrongPrecondition("head".to_owned()));
    }
    let same = |account: &String| account.eq_ignore_ascii_case(&review.account);
    match &evidence.own_account {
        None => return Err(Refusal::TokenUnknown),
        Some(own) if same(own) => return Err(Refusal::TokensAccount(review.account.clone())),
        Some(_) => {}
    }
    let Some(person) = evidence.person.clone() else {
        return Err(Refusal::UnknownAccount(review.account.clone()));
    };
    let age = SignedDuration::from_secs(demand.max_age);
    let ends = review.at.checked_add(age).unwrap_or(review.at);
    if now >= ends {
        return Err(Refusal::Expired(ends));
    }
    if review.strength() < demand.strength {
        return Err(Refusal::CommitInferred);
    }
    if demand.pin {
        return Err(Refusal::PinMissing);
    }
    let own = evidence.asking.contains(&person) || evidence.author.as_ref().is_some_and(same);
    if own && !demand.own {
        return Err(Refusal::RequesterApproves(person));
    }
    Ok(Approval {
        id: review.id(),
        person,
        principal: format!("@{}", review.account),
        fingerprint: format!("@{}", review.account.to_lowercase()),
        strength: review.strength(),
        own,
        ends,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Action;
    use super::*;

    struct Case {
        review: Review,
        evidence: ReviewEvidence,
        expected: Expected,
        demand: Demand,
        now: Timestamp,
    }

    impl Case {
        fn new() -> Self {
            let action = Action::new("merge").unwrap();
            Self {
                review: Review {
                    pull: "github:org/repo#12".into(),
                    account: "Ada".into(),
                    head: "1234".into(),
                    names_head: true,
                    at: "2026-01-01T00:00:00Z".parse().unwrap(),
                },
                evidence: ReviewEvidence {
                    own_account: Some("robot".into()),
                    author: Some("robot".into()),
                    person: Some("human:ada".into()),
                    asking: ["human:bob".to_owned()].into(),
                },
                demand: action.least(),
                expected: Expected {
                    action,
                    digest: String::new(),
                    preconditions: BTreeMap::from([("head".into(), "1234".into())]),
                    repository: String::new(),
                    requesters: Vec::new(),
                },
                now: "2026-01-02T00:00:00Z".parse().unwrap(),
            }
        }

        fn judged(&self) -> Result<Approval, Refusal> {
            judge_review(&self.review, &self.evidence, &self.expected, &self.demand, self.now)
        }

        fn refused(change: impl FnOnce(&mut Self)) -> &'static str {
            let mut case = Self::new();
            change(&mut case);
            case.judged().unwrap_err().code()
        }
    }

    #[test]
    fn a_review_of_exactly_that_commit_is_strong() {
        let approval = Case::new().judged().unwrap();
        assert_eq!((approval.strength, approval.own), (Strength::Strong, false));
        assert_eq!(approval.person, "human:ada");
        assert_eq!(approval.ends.to_string(), "2026-01-08T00:00:00Z");
    }

    #[test]
    fn each_thing_that_does_not_fit_has_its_reason() {
        assert_eq!(Case::refused(|it| it.review.head = "1235".into()), "wrong-precondition");
        assert_eq!(Case::refused(|it| it.review.head.clear()), "wrong-precondition");
        assert_eq!(Case::refused(|it| it.expected.preconditions.clear()), "wrong-precondition");
        let agent = |it: &mut Case| it.evidence.own_account = Some("ada".into());
        assert_eq!(Case::refused(agent), "tokens-account");
        assert_eq!(Case::refused(|it| it.evidence.own_account = None), "token-unknown");
        assert_eq!(Case::refused(|it| it.evidence.person = None), "unknown-account");
        assert_eq!(Case::refused(|it| it.demand.max_age = 60), "expired");
        assert_eq!(Case::refused(|it| it.demand.pin = true), "pin-missing");
        let asks = |it: &mut Case| it.evidence.person = Some("human:bob".into());
        assert_eq!(Case::refused(asks), "requester-approves");
        let opened = |it: &mut Case| it.evidence.author = Some("ada".into());
        assert_eq!(Case::refused(opened), "requester-approves");
    }

    #[test]
    fn a_commit_that_is_concluded_makes_it_weak() {
        let mut case = Case::new();
        case.review.names_head = false;
        assert_eq!(case.judged().unwrap().strength, Strength::Weak);
        case.demand.strength = Strength::Strong;
        assert_eq!(case.judged().unwrap_err().code(), "commit-inferred");
    }

    #[test]
    fn a_team_of_one_is_labelled() {
        let mut case = Case::new();
        case.demand.own = true;
        case.evidence.person = Some("human:bob".into());
        assert!(case.judged().unwrap().own);
    }
}
