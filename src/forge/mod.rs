//! The forge that holds the repository: GitHub, GitLab, Gitea or Forgejo.
//!
//! What always holds, beside what [`http`](crate::http) holds of every request:
//!
//! - nothing is sent without a token;
//! - words that go out are [`Redacted`];
//! - who keeps somebody waiting puts one limit around everything that is asked
//!   together (`within`);
//! - a pull request is opened only where a look has shown that the branch has
//!   none, and after an answer that was lost it is looked again before
//!   anything is tried again.
//!
//! What each forge calls things stays in its own file and in its row in `kind`;
//! [`Forge`] speaks of pull requests. Which settings count, and what a pull request says, is left to
//! `workspace` and `ops`.

mod address;
mod alike;
mod api;
mod error;
mod gitea;
mod github;
mod gitlab;
mod kind;
mod place;
mod propose;
mod pull;
mod review;
mod within;

pub use address::Address;
pub use error::ForgeError;
pub use kind::{Kind, Templates};
pub use place::{Place, Said};
pub use propose::Proposed;
use pull::Change;
pub use pull::{Closing, Merge, Pull, Reviewers, State, Wanted, marker};

use std::time::Duration;

use crate::approval::Review;
pub use crate::http::Token;
use crate::http::{Client, HttpError, Service};
use crate::redaction::Redacted;
use api::Api;

/// One repository on one forge, with the right to speak there.
pub struct Forge {
    place: Place,
    api: Box<dyn Api + Send>,
}

impl Forge {
    /// Nothing is sent until something is asked. `limit` is what one answer
    /// may take.
    pub fn new(place: Place, token: Token, limit: Duration) -> Self {
        let client = |service| Client::new(service, &place.endpoint, token, limit);
        let repo = place.repo.clone();
        let api: Box<dyn Api + Send> = match place.kind {
            Kind::GitHub => Box::new(github::GitHub::new(client(Service::GITHUB), repo)),
            Kind::GitLab => Box::new(gitlab::GitLab::new(client(Service::GITLAB), &repo)),
            Kind::Gitea => Box::new(gitea::Gitea::new(client(Service::GITEA), repo)),
        };
        Self { place, api }
    }

    /// Which forge and repository.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The account that the token acts as; `None` where the forge does not say,
    /// as for the token of an app.
    pub fn account(&self) -> Result<Option<String>, ForgeError> {
        match self.api.account() {
            Ok(account) => Ok(Some(account)),
            Err(HttpError::Forbidden { .. } | HttpError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// A pull request by its number, as it is now.
    pub fn pull(&self, number: u64) -> Result<Pull, ForgeError> {
        Ok(self.api.get(number)?)
    }

    /// The pull request of a branch of this repository, in whatever state: an
    /// open one before others, else the latest.
    pub fn pull_of(&self, branch: &str) -> Result<Option<Pull>, ForgeError> {
        let mut pulls = self.api.find(branch)?;
        pulls.sort_by_key(|it| (!it.is_open(), std::cmp::Reverse(it.number)));
        Ok(pulls.into_iter().next())
    }

    /// Asks for reviews; the names that the forge did not take.
    pub fn ask(&self, number: u64, reviewers: &Reviewers) -> Result<Vec<String>, ForgeError> {
        if reviewers.is_empty() { Ok(Vec::new()) } else { Ok(self.api.ask(number, reviewers)?) }
    }

    /// Adds labels; those that the forge did not take.
    pub fn label(&self, number: u64, labels: &[String]) -> Result<Vec<String>, ForgeError> {
        if labels.is_empty() { Ok(Vec::new()) } else { Ok(self.api.label(number, labels)?) }
    }

    /// Closes it with a last word, which is said once; one that is not open
    /// stays as it is.
    pub fn close(&self, number: u64, word: &Redacted) -> Result<(), ForgeError> {
        if !self.api.get(number)?.is_open() {
            return Ok(());
        }
        self.say(number, word)?;
        self.api.update(number, &Change { close: true, ..Change::default() })?;
        Ok(())
    }

    /// Adds a comment unless it stands there already, also where an answer was
    /// lost.
    fn say(&self, number: u64, word: &Redacted) -> Result<(), HttpError> {
        let is_said = || -> Result<bool, HttpError> {
            Ok(self.api.comments(number)?.iter().any(|it| it.trim() == word.trim()))
        };
        if is_said()? {
            return Ok(());
        }
        match self.api.comment(number, word) {
            Err(error) if error.is_unsure() && is_said()? => Ok(()),
            Err(error) if error.is_unsure() => self.api.comment(number, word),
            told => told,
        }
    }

    /// Who closed it, where the forge says so.
    pub fn closed_by(&self, number: u64) -> Result<Option<String>, ForgeError> {
        Ok(self.api.closed_by(number)?)
    }

    /// Reviews that approve it and were not taken back, one per account.
    pub fn approvals(&self, number: u64) -> Result<Vec<Review>, ForgeError> {
        Ok(self.api.approvals(number)?)
    }
}
