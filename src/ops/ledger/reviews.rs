//! Approving reviews of a pull request, held against the trunk's word.
//!
//! They are asked of the forge when they are to count: a file here would only
//! say what somebody wrote into it.

use jiff::Timestamp;

use super::asked::Asked;
use super::trunk::TrunkPolicy;
use crate::approval::{Approval, Demand, Refusal, Review, ReviewEvidence, judge_review};
use crate::forge::{Forge, ForgeError, Pull, State};

/// What the forge says of one pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviews {
    /// The account that the token acts as, where the forge tells.
    own_account: Option<String>,
    /// The account that opened it.
    author: Option<String>,
    given: Vec<Review>,
}

/// Whether one counts.
type Judged = Result<Approval, Refusal>;

impl Reviews {
    /// Asks the forge. `None` where the pull request goes into another branch
    /// than `trunk`, or was closed unmerged: what people said there is of
    /// something else, or was decided against.
    pub fn of(forge: &Forge, pull: &Pull, trunk: &str) -> Result<Option<Self>, ForgeError> {
        if pull.base != trunk || matches!(pull.state, State::Closed(_)) {
            return Ok(None);
        }
        let given = forge.approvals(pull.number)?;
        let own_account = if given.is_empty() { None } else { forge.account()? };
        Ok(Some(Self { own_account, author: pull.author.clone(), given }))
    }

    /// Each review and whether it counts for the change `asked`.
    pub(in crate::ops) fn given(
        &self,
        trunk: &TrunkPolicy,
        asked: &Asked,
        demand: &Demand,
        now: Timestamp,
    ) -> Vec<(&Review, Judged)> {
        let expected = asked.expected(&trunk.repository);
        let people = &trunk.reviewed.rules.people;
        let judged = |review: &Review| {
            let name = format!("@{}", review.account);
            let evidence = ReviewEvidence {
                own_account: self.own_account.clone(),
                author: self.author.clone(),
                person: people.knows(&name).then(|| people.person(&name)),
                asking: asked.requesters.iter().map(|name| trunk.person(name)).collect(),
            };
            judge_review(review, &evidence, &expected, demand, now)
        };
        self.given.iter().map(|it| (it, judged(it))).collect()
    }

    pub(in crate::ops) fn judged(
        &self,
        trunk: &TrunkPolicy,
        asked: &Asked,
        demand: &Demand,
        now: Timestamp,
    ) -> Vec<(String, Judged)> {
        let given = self.given(trunk, asked, demand, now);
        given.into_iter().map(|(review, judged)| (review.id(), judged)).collect()
    }
}
