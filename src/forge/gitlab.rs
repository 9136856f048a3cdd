//! GitLab's REST API, version 4, as its public pages describe it. What others
//! call a pull request is a merge request there.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::api::Api;
use super::kind::Kind;
use super::propose::first_title;
use super::pull::{Change, Closing, Merge, Pull, Reviewers, State, Wanted};
use super::review::{Verdict, standing};
use crate::approval::Review;
use crate::http::{
    Call, Client, HttpError, is, items, maybe, maybe_time, number, part, text, time,
};
use crate::redaction::Redacted;

/// What a page holds at most.
const PAGE: usize = 100;

pub(super) struct GitLab {
    client: Client,
    repo: String,
    /// `/projects/group%2Frepo`.
    project: String,
}

impl GitLab {
    pub(super) fn new(client: Client, repo: &str) -> Self {
        Self { client, repo: repo.to_owned(), project: format!("/projects/{}", part(repo)) }
    }

    fn at(&self, rest: &str) -> String {
        format!("{}/merge_requests{rest}", self.project)
    }

    /// An account's number; `None` where nobody is called so.
    fn user(&self, name: &str) -> Result<Option<u64>, HttpError> {
        let call = Call::get("look up an account", format!("/users?username={}", part(name)));
        self.client.ask(&call, |it| it.get(0).map(|it| number(it, "/id")).transpose())
    }

    fn set(&self, number: u64, body: Value) -> Result<Pull, HttpError> {
        let path = self.at(&format!("/{number}"));
        self.client.ask(&Call::put("change the merge request", path, body), pull)
    }

    /// Since when which commit was the branch's, the latest first.
    fn versions(&self, number: u64) -> Result<Vec<(Timestamp, String)>, HttpError> {
        let path = self.at(&format!("/{number}/versions?per_page={PAGE}"));
        let call = Call::get("read versions of the merge request", path);
        let version = |it: &Value| Ok((time(it, "/created_at")?, text(it, "/head_commit_sha")?));
        let mut versions = self.client.all(&call, PAGE, version)?;
        versions.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        Ok(versions)
    }
}

impl Api for GitLab {
    fn account(&self) -> Result<String, HttpError> {
        self.client.ask(&Call::get("tell whose it is", "/user"), |it| text(it, "/username"))
    }

    fn find(&self, branch: &str) -> Result<Vec<Pull>, HttpError> {
        let branch_part = part(branch);
        let rest = format!("?state=all&source_branch={branch_part}&per_page={PAGE}");
        let call = Call::get("list merge requests", self.at(&rest));
        let all = self.client.all(&call, PAGE, |it| {
            // A fork's branch may have the same name.
            let is_here = it["source_project_id"] == it["target_project_id"];
            Ok((is_here, pull(it)?))
        })?;
        let own = all.into_iter().filter(|(is_here, it)| *is_here && it.branch == branch);
        Ok(own.map(|(_, it)| it).collect())
    }

    fn get(&self, number: u64) -> Result<Pull, HttpError> {
        let path = self.at(&format!("/{number}"));
        self.client.ask(&Call::get("read the merge request", path), pull)
    }

    fn create(&self, wanted: &Wanted<'_>) -> Result<Pull, HttpError> {
        let body = json!({
            "title": first_title(Kind::GitLab, wanted),
            "source_branch": wanted.branch,
            "target_branch": wanted.base,
            "description": wanted.description(),
        });
        self.client.ask(&Call::make("open a merge request", self.at(""), body), pull)
    }

    fn update(&self, number: u64, change: &Change) -> Result<Pull, HttpError> {
        let mut body = json!({});
        let fields = [
            ("title", &change.title),
            ("description", &change.body),
            ("target_branch", &change.base),
        ];
        for (key, value) in fields {
            if let Some(value) = value {
                body[key] = json!(value);
            }
        }
        if change.close {
            body["state_event"] = json!("close");
        }
        self.set(number, body)
    }

    /// Only accounts review there: a group is told as not taken. Those who were
    /// asked before are named again, since the list is set as a whole.
    fn ask(&self, number: u64, reviewers: &Reviewers) -> Result<Vec<String>, HttpError> {
        let path = self.at(&format!("/{number}"));
        let call = Call::get("read the merge request", path);
        let known =
            |it: &Value| Ok(items(it, "/reviewers").filter_map(|it| it["id"].as_u64()).collect());
        let before: Vec<u64> = self.client.ask(&call, known)?;
        let mut ids = before.clone();
        let mut refused = reviewers.teams.clone();
        for name in &reviewers.accounts {
            match self.user(name)? {
                Some(id) if ids.contains(&id) => {}
                Some(id) => ids.push(id),
                None => refused.push(name.clone()),
            }
        }
        if ids == before {
            return Ok(refused);
        }
        let after = self.client.ask(
            &Call::put(
                "ask for reviews",
                self.at(&format!("/{number}")),
                json!({"reviewer_ids": ids}),
            ),
            |it| {
                Ok(items(it, "/reviewers")
                    .filter_map(|it| maybe(it, "/username"))
                    .collect::<Vec<_>>())
            },
        )?;
        // A plan with one reviewer keeps one; somebody without access is left out.
        let is_asked = |name: &&String| after.iter().any(|it| it.eq_ignore_ascii_case(name));
        let silent = reviewers.accounts.iter().filter(|it| !refused.contains(it) && !is_asked(it));
        let silent: Vec<String> = silent.cloned().collect();
        refused.extend(silent);
        Ok(refused)
    }

    fn label(&self, number: u64, labels: &[String]) -> Result<Vec<String>, HttpError> {
        self.set(number, json!({"add_labels": labels.join(",")}))?;
        Ok(Vec::new())
    }

    fn comments(&self, number: u64) -> Result<Vec<String>, HttpError> {
        let path = self.at(&format!("/{number}/notes?per_page={PAGE}"));
        let call = Call::get("read comments", path);
        self.client.all(&call, PAGE, |it| Ok(maybe(it, "/body").unwrap_or_default()))
    }

    fn comment(&self, number: u64, word: &Redacted) -> Result<(), HttpError> {
        let path = self.at(&format!("/{number}/notes"));
        self.client.send(&Call::make("add a comment", path, json!({ "body": word }))).map(drop)
    }

    fn closed_by(&self, number: u64) -> Result<Option<String>, HttpError> {
        let path = self.at(&format!("/{number}"));
        self.client
            .ask(&Call::get("tell who closed it", path), |it| Ok(maybe(it, "/closed_by/username")))
    }

    /// An approval there has a time and no commit: it is about the commit that
    /// was the branch's at that time.
    fn approvals(&self, number: u64) -> Result<Vec<Review>, HttpError> {
        let path = self.at(&format!("/{number}/approvals"));
        let approved = self.client.ask(&Call::get("read approvals", path), |it| {
            let by = items(it, "/approved_by");
            let one = |it| Some((maybe(it, "/user/username")?, maybe_time(it, "/approved_at")?));
            Ok(by.filter_map(one).collect::<Vec<_>>())
        })?;
        if approved.is_empty() {
            return Ok(Vec::new());
        }
        let versions = self.versions(number)?;
        let head_at = |at: Timestamp| {
            let then = versions.iter().find(|(since, _)| *since <= at);
            then.map(|(_, head)| head.clone()).unwrap_or_default()
        };
        let verdicts = approved.into_iter().map(|(account, at)| Verdict {
            account,
            approves: true,
            head: head_at(at),
            at,
        });
        let name = format!("gitlab:{}!{number}", self.repo);
        Ok(standing(&name, false, verdicts.collect()))
    }
}

/// A merge request, from a list or alone.
fn pull(it: &Value) -> Result<Pull, String> {
    let by = |pointer: &str| maybe(it, pointer);
    let head = by("/sha").unwrap_or_default();
    let state = match text(it, "/state")?.as_str() {
        "merged" => {
            // With a fast-forward neither is there: the trunk got the head itself.
            let commit = by("/merge_commit_sha").or_else(|| by("/squash_commit_sha"));
            State::Merged(Merge {
                commit: commit.unwrap_or_else(|| head.clone()),
                by: by("/merge_user/username").or_else(|| by("/merged_by/username")),
                at: time(it, "/merged_at")?,
            })
        }
        "closed" => State::Closed(Closing {
            by: by("/closed_by/username"),
            at: maybe_time(it, "/closed_at").map_or_else(|| time(it, "/updated_at"), Ok)?,
        }),
        // `locked` is being merged.
        _ => State::Open,
    };
    Ok(Pull {
        number: number(it, "/iid")?,
        url: text(it, "/web_url")?,
        title: text(it, "/title")?,
        body: by("/description").unwrap_or_default(),
        base: text(it, "/target_branch")?,
        branch: text(it, "/source_branch")?,
        head,
        state,
        draft: is(it, "/draft"),
        author: by("/author/username"),
        opened: time(it, "/created_at")?,
    })
}
