//! GitHub's REST API, version 2022-11-28, as its `OpenAPI` description has it.

use serde_json::{Value, json};

use super::alike::{self, changed};
use super::api::Api;
use super::pull::{Change, Closing, Merge, Pull, Reviewers, State, Wanted};
use super::review::{Verdict, standing};
use crate::approval::Review;
use crate::http::{Call, Client, HttpError, maybe, maybe_time, part, text, time};
use crate::redaction::Redacted;

/// What a page holds at most.
const PAGE: usize = 100;

pub(super) struct GitHub {
    client: Client,
    /// `org/repo`.
    repo: String,
}

impl GitHub {
    pub(super) fn new(client: Client, repo: String) -> Self {
        Self { client, repo }
    }

    fn at(&self, rest: &str) -> String {
        format!("/repos/{}{rest}", self.repo)
    }

    /// Asks for all, and where that is refused for each alone, so that one that
    /// is unknown keeps nobody else from being asked.
    fn ask_each(&self, number: u64, all: &Reviewers) -> Result<Vec<String>, HttpError> {
        let one = |key: &str, name: &str| self.request(number, &json!({ key: [slug(name)] }));
        let mut refused = Vec::new();
        for (key, names) in [("reviewers", &all.accounts), ("team_reviewers", &all.teams)] {
            for name in names {
                match one(key, name) {
                    Ok(()) => {}
                    Err(error) if is_refusal(&error) => refused.push(name.clone()),
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(refused)
    }

    fn request(&self, number: u64, body: &Value) -> Result<(), HttpError> {
        let path = self.at(&format!("/pulls/{number}/requested_reviewers"));
        self.client.send(&Call::add("ask for reviews", path, body.clone())).map(drop)
    }
}

impl Api for GitHub {
    fn account(&self) -> Result<String, HttpError> {
        self.client.ask(&Call::get("tell whose it is", "/user"), |it| text(it, "/login"))
    }

    fn find(&self, branch: &str) -> Result<Vec<Pull>, HttpError> {
        let owner = self.repo.split('/').next().unwrap_or_default();
        let head = part(&format!("{owner}:{branch}"));
        let path = self.at(&format!("/pulls?state=all&head={head}&per_page={PAGE}"));
        let all = self.client.all(&Call::get("list pull requests", path), PAGE, |it| {
            let here = maybe(it, "/head/repo/full_name");
            Ok((here.is_none_or(|it| it.eq_ignore_ascii_case(&self.repo)), pull(it)?))
        })?;
        // A forge that does not know the filter would give all of them.
        let own = all.into_iter().filter(|(is_here, it)| *is_here && it.branch == branch);
        Ok(own.map(|(_, it)| it).collect())
    }

    fn get(&self, number: u64) -> Result<Pull, HttpError> {
        let path = self.at(&format!("/pulls/{number}"));
        self.client.ask(&Call::get("read the pull request", path), pull)
    }

    fn create(&self, wanted: &Wanted<'_>) -> Result<Pull, HttpError> {
        let body = json!({
            "title": wanted.title,
            "head": wanted.branch,
            "base": wanted.base,
            "body": wanted.description(),
            "draft": wanted.draft,
        });
        self.client.ask(&Call::make("open a pull request", self.at("/pulls"), body), pull)
    }

    fn update(&self, number: u64, change: &Change) -> Result<Pull, HttpError> {
        let body = changed(change);
        let path = self.at(&format!("/pulls/{number}"));
        self.client.ask(&Call::patch("change the pull request", path, body), pull)
    }

    fn ask(&self, number: u64, reviewers: &Reviewers) -> Result<Vec<String>, HttpError> {
        let teams: Vec<&str> = reviewers.teams.iter().map(|it| slug(it)).collect();
        let all = json!({"reviewers": reviewers.accounts, "team_reviewers": teams});
        match self.request(number, &all) {
            Err(error) if is_refusal(&error) => self.ask_each(number, reviewers),
            answer => answer.map(|()| Vec::new()),
        }
    }

    fn label(&self, number: u64, labels: &[String]) -> Result<Vec<String>, HttpError> {
        let path = self.at(&format!("/issues/{number}/labels"));
        self.client.send(&Call::add("add labels", path, json!({ "labels": labels })))?;
        Ok(Vec::new())
    }

    fn comments(&self, number: u64) -> Result<Vec<String>, HttpError> {
        let path = self.at(&format!("/issues/{number}/comments?per_page={PAGE}"));
        let call = Call::get("read comments", path);
        self.client.all(&call, PAGE, |it| Ok(maybe(it, "/body").unwrap_or_default()))
    }

    fn comment(&self, number: u64, word: &Redacted) -> Result<(), HttpError> {
        let path = self.at(&format!("/issues/{number}/comments"));
        self.client.send(&Call::make("add a comment", path, json!({ "body": word }))).map(drop)
    }

    fn closed_by(&self, number: u64) -> Result<Option<String>, HttpError> {
        let path = self.at(&format!("/issues/{number}"));
        self.client
            .ask(&Call::get("tell who closed it", path), |it| Ok(maybe(it, "/closed_by/login")))
    }

    fn approvals(&self, number: u64) -> Result<Vec<Review>, HttpError> {
        let path = self.at(&format!("/pulls/{number}/reviews?per_page={PAGE}"));
        let call = Call::get("read reviews", path);
        let all = self.client.all(&call, PAGE, |it| Ok(verdict(it)))?;
        let name = format!("github:{}#{number}", self.repo);
        Ok(standing(&name, true, all.into_iter().flatten().collect()))
    }
}

/// A team goes by its last name alone: the organisation is the repository's.
fn slug(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Not a collaborator, the author, no such team.
fn is_refusal(error: &HttpError) -> bool {
    matches!(error, HttpError::Refused { .. } | HttpError::NotFound { .. })
}

/// `pull-request` and `pull-request-simple` alike.
fn pull(it: &Value) -> Result<Pull, String> {
    let by = |pointer: &str| maybe(it, pointer);
    let state = match (maybe_time(it, "/merged_at"), text(it, "/state")?.as_str()) {
        (Some(at), _) => State::Merged(Merge {
            commit: by("/merge_commit_sha").unwrap_or_default(),
            by: by("/merged_by/login"),
            at,
        }),
        (None, "closed") => {
            let at = time(it, "/closed_at")?;
            State::Closed(Closing { by: None, at })
        }
        _ => State::Open,
    };
    alike::pull(it, text(it, "/head/sha")?, state)
}

/// `APPROVED`, `CHANGES_REQUESTED` and `DISMISSED` are verdicts; `COMMENTED`
/// and `PENDING` are none.
fn verdict(it: &Value) -> Option<Verdict> {
    let approves = match it["state"].as_str()? {
        "APPROVED" => true,
        "CHANGES_REQUESTED" | "DISMISSED" => false,
        _ => return None,
    };
    alike::verdict(it, approves)
}
