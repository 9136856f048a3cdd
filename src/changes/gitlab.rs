//! GitLab's REST API, version 4, as its public pages describe it.

use serde_json::Value;

use super::Changes;
use super::calls::{Forge, short, within};
use super::kind::Repo;
use super::operation::Operation;
use crate::http::{AskError, Question, maybe, maybe_time, number, text, time};
use crate::triage::window::Window;

fn of(operation: Operation, repo: &Repo) -> Question {
    operation.question().part("project", repo)
}

pub(super) fn project(repo: &Repo) -> Question {
    of(Operation::LabProject, repo)
}

impl Forge {
    pub(super) fn lab_deployments(
        &mut self,
        repo: &Repo,
        environments: &[String],
        window: &Window,
    ) -> Result<Changes, AskError> {
        let question = of(Operation::LabDeployments, repo)
            .with("order_by", "updated_at")
            .with("sort", "desc")
            .with("updated_after", &window.from);
        let read = |it: &Value| {
            let environment = text(it, "/environment/name")?;
            let ended = maybe_time(it, "/deployable/finished_at");
            let at = ended.map_or_else(|| time(it, "/created_at"), Ok)?;
            let (commit, state) = (text(it, "/sha")?, text(it, "/status")?);
            let what = format!("{environment} {}: {state}", short(&commit));
            Ok((at, environment, what))
        };
        let (all, is_whole) = self.list(&question, read, |_| false)?;
        let is_named = |it: &String| environments.is_empty() || environments.contains(it);
        let all = all.into_iter().filter(|it| is_named(&it.1)).map(|(at, _, what)| (at, what));
        Ok(within(all, is_whole, window))
    }

    pub(super) fn lab_releases(
        &mut self,
        repo: &Repo,
        window: &Window,
    ) -> Result<Changes, AskError> {
        let question = of(Operation::LabReleases, repo);
        let question = question.with("order_by", "released_at").with("sort", "desc");
        let read = |it: &Value| Ok((time(it, "/released_at")?, text(it, "/tag_name")?));
        let (all, is_whole) = self.list(&question, read, |it| it.0 < window.from)?;
        Ok(within(all, is_whole, window))
    }

    pub(super) fn lab_merges(&mut self, repo: &Repo, window: &Window) -> Result<Changes, AskError> {
        let question = of(Operation::LabMerges, repo)
            .with("state", "merged")
            .with("order_by", "updated_at")
            .with("sort", "desc")
            .with("updated_after", &window.from);
        let read = |it: &Value| {
            let title = maybe(it, "/title").unwrap_or_default();
            let what = format!("!{} {title}", number(it, "/iid")?);
            Ok((maybe_time(it, "/merged_at"), what))
        };
        let (all, is_whole) = self.list(&question, read, |_| false)?;
        let merged = all.into_iter().filter_map(|(at, what)| Some((at?, what)));
        Ok(within(merged, is_whole, window))
    }
}
