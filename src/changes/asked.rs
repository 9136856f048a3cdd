//! What is asked, in the words of whichever forge it is.

use super::calls::Forge;
use super::kind::{Kind, Repo};
use super::{Changes, github, gitlab};
use crate::http::AskError;
use crate::triage::window::Window;

impl Forge {
    /// True if there is such a repository, for this token.
    ///
    /// # Errors
    /// The forge did not answer.
    pub fn has(&mut self, repo: &Repo) -> Result<bool, AskError> {
        let question = match self.kind() {
            Kind::GitHub => github::repository(repo),
            Kind::GitLab => gitlab::project(repo),
        };
        match self.reader.ask(&question) {
            Err(error) if error.is_not_found() => Ok(false),
            answer => answer.map(|_| true),
        }
    }

    /// Deployments of a window, to these environments; to all where none is named.
    ///
    /// # Errors
    /// The forge did not answer.
    pub fn deployments(
        &mut self,
        repo: &Repo,
        environments: &[String],
        window: &Window,
    ) -> Result<Changes, AskError> {
        match self.kind() {
            Kind::GitHub => self.hub_deployments(repo, environments, window),
            Kind::GitLab => self.lab_deployments(repo, environments, window),
        }
    }

    /// Releases that were published in a window.
    ///
    /// # Errors
    /// The forge did not answer.
    pub fn releases(&mut self, repo: &Repo, window: &Window) -> Result<Changes, AskError> {
        match self.kind() {
            Kind::GitHub => self.hub_releases(repo, window),
            Kind::GitLab => self.lab_releases(repo, window),
        }
    }

    /// Titles of what was merged in a window.
    ///
    /// # Errors
    /// The forge did not answer.
    pub fn merges(&mut self, repo: &Repo, window: &Window) -> Result<Changes, AskError> {
        match self.kind() {
            Kind::GitHub => self.hub_merges(repo, window),
            Kind::GitLab => self.lab_merges(repo, window),
        }
    }
}
