//! Somebody else looks at the change before people do.

use std::time::Duration;

use jiff::SignedDuration;

use super::super::decided::decided;
use super::super::journal::Journal;
use super::super::written::{Written, hidden_text};
use super::verifying::change;
use super::{Workshop, base, commit, work};
use crate::ops::OpError;
use crate::specialist::{Asked, Program};
use crate::triage::delivery::{Change, Maker, Review, ReviewRequest, Verification};
use crate::triage::event::Event;
use crate::triage::reason::Reason;
use crate::triage::rebuild;

/// Bytes of the diff that a reviewer is shown.
const DIFF: usize = 200 << 10;

/// Bytes that are read of the answer.
const MOST: usize = 1 << 20;

impl Workshop<'_> {
    /// Asks the reviewer, or answers what can be told without one.
    pub(super) fn review(&self, journal: &mut Journal<'_>) -> Result<(), OpError> {
        let change = change(journal)?;
        let digest = work(journal)?.verified.clone().unwrap_or_default();
        let verification: Verification =
            rebuild::document(&journal.kept(), "verification", &digest)?;
        let review = match &self.reviewer {
            Some(reviewer) => self.ask(journal, reviewer, &change, &verification)?,
            None => Ok(Review::built_in(&change, &verification)),
        };
        let review = review.and_then(|it| {
            if it.is_independent(&change.by) {
                Ok(it)
            } else {
                Err(format!("'{}' made the change and would review it", it.by))
            }
        });
        match review {
            Ok(review) => {
                let (review, written) = Written::document(journal.screen(), &review)?;
                let (artifact, accepted) = (written.digest().to_owned(), review.is_accepted());
                journal.record(&Event::Reviewed { artifact, accepted }, Some(written))?;
                // What a person may still write in stays.
                if accepted { self.tidy(journal, change.by != Maker::Hand) } else { Ok(()) }
            }
            Err(why) => self.turn_back(journal, Reason::ReviewFailed, &why),
        }
    }

    fn ask(
        &self,
        journal: &mut Journal<'_>,
        reviewer: &Program,
        change: &Change,
        verification: &Verification,
    ) -> Result<Result<Review, String>, OpError> {
        let (bundle, _) = decided(journal)?;
        let request = ReviewRequest {
            schema: ReviewRequest::SCHEMA.to_owned(),
            ticket: bundle.ticket,
            classification: bundle.classification,
            claims: bundle.findings.into_iter().map(|it| it.claim).collect(),
            change: change.clone(),
            verification: verification.clone(),
            diff: self.diff(journal, change)?,
            questions: ReviewRequest::questions(),
        };
        let (request, _) = Written::document(journal.screen(), &request)?;
        let input = serde_json::to_vec(&request).unwrap_or_default();
        journal.hold(SignedDuration::try_from(self.limit).unwrap_or(SignedDuration::MAX))?;
        let limit: Duration = self.limit;
        Ok(match reviewer.ask(input, limit, MOST) {
            Asked::Said(text) => {
                Review::parse(&text, &reviewer.called()).map_err(|error| error.to_string())
            }
            Asked::Failed(why) => Err(why),
        })
    }

    /// The change as a patch, redacted.
    fn diff(&self, journal: &Journal<'_>, change: &Change) -> Result<String, OpError> {
        let git = self.repository()?;
        let (old, new) =
            (git.commit(base(journal)?)?.tree, git.commit(commit(&change.commit)?)?.tree);
        let mut patch = git.patch(Some(old), Some(new))?;
        if patch.len() > DIFF {
            let mut end = DIFF;
            while !patch.is_char_boundary(end) {
                end -= 1;
            }
            patch.truncate(end);
            patch.push_str("\n(cut)\n");
        }
        hidden_text(journal.screen(), &patch)
    }
}

/// What a review objects to.
pub(super) fn told(journal: &Journal<'_>, digest: &str) -> Result<String, OpError> {
    let review: Review = rebuild::document(&journal.kept(), "review", digest)?;
    Ok(format!("the reviewer objects\n\n{}", review.objections()))
}
