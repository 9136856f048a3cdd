//! Gitea's REST API, version 1, which Forgejo speaks too, as its public
//! description has it.

use serde_json::{Value, json};

use super::alike::{self, changed};
use super::api::Api;
use super::kind::Kind;
use super::propose::first_title;
use super::pull::{Change, Closing, Merge, Pull, Reviewers, State, Wanted};
use super::review::{Verdict, standing};
use crate::approval::Review;
use crate::http::{Call, Client, HttpError, is, maybe, maybe_time, number, text, time};
use crate::redaction::Redacted;

/// What a page is asked to hold.
const PAGE: usize = 50;

/// A server may be set to hold less than was asked for: only an empty page is
/// the last one.
const FULL: usize = 1;

pub(super) struct Gitea {
    client: Client,
    /// `org/repo`.
    repo: String,
}

impl Gitea {
    pub(super) fn new(client: Client, repo: String) -> Self {
        Self { client, repo }
    }

    fn at(&self, rest: &str) -> String {
        format!("/repos/{}{rest}", self.repo)
    }

    /// Labels go by their numbers there.
    fn label_ids(&self) -> Result<Vec<(String, u64)>, HttpError> {
        let call = Call::get("read labels", self.at(&format!("/labels?limit={PAGE}")));
        self.client.all(&call, FULL, |it| Ok((text(it, "/name")?, number(it, "/id")?)))
    }

    fn request(&self, number: u64, body: Value) -> Result<(), HttpError> {
        let path = self.at(&format!("/pulls/{number}/requested_reviewers"));
        self.client.send(&Call::add("ask for reviews", path, body)).map(drop)
    }
}

impl Api for Gitea {
    fn account(&self) -> Result<String, HttpError> {
        self.client.ask(&Call::get("tell whose it is", "/user"), |it| text(it, "/login"))
    }

    /// Its list knows no filter by branch, so that all are read: the oldest first,
    /// since no other order stays while somebody changes one.
    fn find(&self, branch: &str) -> Result<Vec<Pull>, HttpError> {
        let path = self.at(&format!("/pulls?state=all&sort=oldest&limit={PAGE}"));
        let all = self.client.all(&Call::get("list pull requests", path), FULL, |it| {
            let ids = [&it["head"]["repo_id"], &it["base"]["repo_id"]];
            let is_own = maybe(it, "/head/ref").as_deref() == Some(branch) && ids[0] == ids[1];
            if is_own { pull(it).map(Some) } else { Ok(None) }
        })?;
        Ok(all.into_iter().flatten().collect())
    }

    fn get(&self, number: u64) -> Result<Pull, HttpError> {
        let path = self.at(&format!("/pulls/{number}"));
        self.client.ask(&Call::get("read the pull request", path), pull)
    }

    fn create(&self, wanted: &Wanted<'_>) -> Result<Pull, HttpError> {
        let body = json!({
            "title": first_title(Kind::Gitea, wanted),
            "head": wanted.branch,
            "base": wanted.base,
            "body": wanted.description(),
        });
        self.client.ask(&Call::make("open a pull request", self.at("/pulls"), body), pull)
    }

    fn update(&self, number: u64, change: &Change) -> Result<Pull, HttpError> {
        let body = changed(change);
        let path = self.at(&format!("/pulls/{number}"));
        self.client.ask(&Call::patch("change the pull request", path, body), pull)
    }

    /// One by one: one name that is unknown refuses all of a request.
    fn ask(&self, number: u64, reviewers: &Reviewers) -> Result<Vec<String>, HttpError> {
        let accounts = reviewers.accounts.iter().map(|it| ("reviewers", it));
        let teams = reviewers.teams.iter().map(|it| ("team_reviewers", it));
        let mut refused = Vec::new();
        for (key, name) in accounts.chain(teams) {
            let short = name.rsplit('/').next().unwrap_or(name);
            match self.request(number, json!({ key: [short] })) {
                Ok(()) => {}
                Err(HttpError::Refused { .. } | HttpError::NotFound { .. }) => {
                    refused.push(name.clone());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(refused)
    }

    fn label(&self, number: u64, labels: &[String]) -> Result<Vec<String>, HttpError> {
        let known = self.label_ids()?;
        let id = |name: &String| known.iter().find(|(it, _)| it == name).map(|(_, id)| *id);
        let ids: Vec<u64> = labels.iter().filter_map(id).collect();
        if !ids.is_empty() {
            let path = self.at(&format!("/issues/{number}/labels"));
            self.client.send(&Call::add("add labels", path, json!({ "labels": ids })))?;
        }
        Ok(labels.iter().filter(|it| id(it).is_none()).cloned().collect())
    }

    /// All at once: its list of comments has no pages.
    fn comments(&self, number: u64) -> Result<Vec<String>, HttpError> {
        let call = Call::get("read comments", self.at(&format!("/issues/{number}/comments")));
        self.client.ask(&call, |value| {
            let items = value.as_array().ok_or("it is no list")?;
            Ok(items.iter().filter_map(|it| maybe(it, "/body")).collect())
        })
    }

    fn comment(&self, number: u64, word: &Redacted) -> Result<(), HttpError> {
        let path = self.at(&format!("/issues/{number}/comments"));
        self.client.send(&Call::make("add a comment", path, json!({ "body": word }))).map(drop)
    }

    /// It does not say.
    fn closed_by(&self, _: u64) -> Result<Option<String>, HttpError> {
        Ok(None)
    }

    fn approvals(&self, number: u64) -> Result<Vec<Review>, HttpError> {
        let call =
            Call::get("read reviews", self.at(&format!("/pulls/{number}/reviews?limit={PAGE}")));
        let all = self.client.all(&call, FULL, |it| Ok(verdict(it)))?;
        let name = format!("gitea:{}#{number}", self.repo);
        Ok(standing(&name, true, all.into_iter().flatten().collect()))
    }
}

/// A pull request, from a list or alone.
fn pull(it: &Value) -> Result<Pull, String> {
    let by = |pointer: &str| maybe(it, pointer);
    let state = match (is(it, "/merged"), text(it, "/state")?.as_str()) {
        (true, _) => State::Merged(Merge {
            commit: by("/merge_commit_sha").unwrap_or_default(),
            by: by("/merged_by/login"),
            at: time(it, "/merged_at")?,
        }),
        (false, "closed") => State::Closed(Closing {
            by: None,
            at: maybe_time(it, "/closed_at").map_or_else(|| time(it, "/updated_at"), Ok)?,
        }),
        _ => State::Open,
    };
    alike::pull(it, by("/head/sha").unwrap_or_default(), state)
}

/// A review that was dismissed, and one that refuses, take an approval back.
/// What Gitea calls stale is about another commit, which its head says.
fn verdict(it: &Value) -> Option<Verdict> {
    let approves = match it["state"].as_str()? {
        "APPROVED" => !is(it, "/dismissed"),
        "REQUEST_CHANGES" => false,
        _ => return None,
    };
    alike::verdict(it, approves)
}
