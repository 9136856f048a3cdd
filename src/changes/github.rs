//! GitHub's REST API, version 2022-11-28, as its `OpenAPI` description has it.

use jiff::Timestamp;
use serde_json::Value;

use super::Changes;
use super::calls::{Forge, short, within};
use super::kind::Repo;
use super::operation::Operation;
use crate::http::{AskError, Question, maybe, maybe_time, number, text, time};
use crate::triage::window::Window;

/// Deployments of which it is asked what became of them.
const ASKED: usize = 5;

fn of(operation: Operation, repo: &Repo) -> Question {
    let (owner, name) = repo.parts();
    operation.question().part("owner", owner).part("name", name)
}

pub(super) fn repository(repo: &Repo) -> Question {
    of(Operation::HubRepository, repo)
}

/// A deployment as it was made known.
struct Deployment {
    number: u64,
    at: Timestamp,
    environment: String,
    commit: String,
}

impl Forge {
    pub(super) fn hub_deployments(
        &mut self,
        repo: &Repo,
        environments: &[String],
        window: &Window,
    ) -> Result<Changes, AskError> {
        let question = of(Operation::HubDeployments, repo);
        let read = |it: &Value| {
            Ok(Deployment {
                number: number(it, "/id")?,
                at: time(it, "/created_at")?,
                environment: text(it, "/environment")?,
                commit: text(it, "/sha")?,
            })
        };
        let (all, is_whole) = self.list(&question, read, |it| it.at < window.from)?;
        let is_named =
            |it: &Deployment| environments.is_empty() || environments.contains(&it.environment);
        let all = all.into_iter().filter(|it| is_named(it) && window.holds(it.at));
        let mut changes = Vec::new();
        for (place, it) in all.enumerate() {
            let (state, at) = match place {
                ..ASKED => self.became(repo, it.number)?.unwrap_or(("not ended".to_owned(), it.at)),
                _ => ("not looked at".to_owned(), it.at),
            };
            // It ended after the window: what is known of the window is that it began.
            let at = if window.holds(at) { at } else { it.at };
            changes.push((at, format!("{} {}: {state}", it.environment, short(&it.commit))));
        }
        Ok(within(changes, is_whole, window))
    }

    /// The latest state of a deployment, and since when.
    fn became(
        &mut self,
        repo: &Repo,
        deployment: u64,
    ) -> Result<Option<(String, Timestamp)>, AskError> {
        let question = of(Operation::HubStatuses, repo).part("deployment", &deployment);
        let question = question.with("per_page", &1);
        self.reader.read(&question, |it| {
            let latest = it.as_array().ok_or("it is no list")?.first();
            latest.map(|it| Ok((text(it, "/state")?, time(it, "/created_at")?))).transpose()
        })
    }

    pub(super) fn hub_releases(
        &mut self,
        repo: &Repo,
        window: &Window,
    ) -> Result<Changes, AskError> {
        let read = |it: &Value| {
            // A draft is not published.
            Ok((maybe_time(it, "/published_at"), text(it, "/tag_name")?))
        };
        let question = of(Operation::HubReleases, repo);
        let is_older = |it: &(Option<Timestamp>, String)| it.0.is_some_and(|at| at < window.from);
        let (all, is_whole) = self.list(&question, read, is_older)?;
        let published = all.into_iter().filter_map(|(at, tag)| Some((at?, tag)));
        Ok(within(published, is_whole, window))
    }

    pub(super) fn hub_merges(&mut self, repo: &Repo, window: &Window) -> Result<Changes, AskError> {
        let question = of(Operation::HubPulls, repo)
            .with("state", "closed")
            .with("sort", "updated")
            .with("direction", "desc");
        let read = |it: &Value| {
            let title = maybe(it, "/title").unwrap_or_default();
            let what = format!("#{} {title}", number(it, "/number")?);
            Ok((maybe_time(it, "/merged_at"), time(it, "/updated_at")?, what))
        };
        // What was updated last before the window was not merged in it.
        let (all, is_whole) = self.list(&question, read, |it| it.1 < window.from)?;
        let merged = all.into_iter().filter_map(|(at, _, what)| Some((at?, what)));
        Ok(within(merged, is_whole, window))
    }
}
