//! As GitHub speaks.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::http::{Answer, Request};
use super::issues::Issue;
use super::world::{Pull, State, World};
use super::{Comment, REPO, ROBOT, Row, Step};

pub(super) static ROW: Row = Row {
    name: "github",
    mark: '#',
    scheme: "Bearer",
    path: "",
    pulls: "/repos/org/repo/pulls",
    template: ".github/pull_request_template.md",
    asks_teams: true,
    tells_closer: true,
    moving: Step::Label,
    answer,
};

fn answer(world: &mut World, request: &Request) -> Answer {
    if request.header("x-github-api-version").is_none() {
        world.problems.push("a request names no version of the API".to_owned());
    }
    let answer = route(world, request);
    if let Some(contract) = world.contract.take() {
        contract.hold(request, &answer, &mut world.problems);
        world.contract = Some(contract);
    }
    answer
}

fn route(world: &mut World, request: &Request) -> Answer {
    let prefix = format!("/repos/{REPO}");
    let Some(path) = request.path.strip_prefix(&prefix) else {
        return match request.path.as_str() {
            "/user" => Answer::json(200, &filled(world, "private-user", &user(world, ROBOT))),
            _ => not_found(),
        };
    };
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let number = parts.get(1).and_then(|it| it.parse().ok()).unwrap_or(0);
    match (request.method.as_str(), parts.as_slice()) {
        ("GET", ["pulls"]) => find(world, request),
        ("POST", ["pulls"]) => create(world, request),
        ("GET", ["pulls", _]) => one(world, number),
        ("PATCH", ["pulls", _]) => change(world, request, number),
        ("POST", ["pulls", _, "requested_reviewers"]) => ask(world, request, number),
        ("GET", ["pulls", _, "reviews"]) => reviews(world, request, number),
        ("POST", ["issues", _, "labels"]) if world.issue_of(number).is_some() => {
            let names = request.body["labels"].as_array().cloned().unwrap_or_default();
            for name in names.iter().filter_map(Value::as_str) {
                world.add_label(number, name);
            }
            labels(world, number)
        }
        ("POST", ["issues", _, "labels"]) => label(world, request, number),
        ("DELETE", ["issues", _, "labels", name]) => {
            let name = percent_decode_str(name).decode_utf8_lossy().into_owned();
            match world.take_label(number, &name) {
                Some(()) => labels(world, number),
                None => not_found(),
            }
        }
        ("PATCH", ["issues", _]) => close(world, request, number),
        ("GET", ["issues", _, "comments"]) => comments(world, request, number),
        ("POST", ["issues", _, "comments"]) => comment(world, request, number),
        ("GET", ["issues", _]) => issue(world, number),
        ("GET", ["issues"]) => issues(world, request),
        _ => not_found(),
    }
}

fn not_found() -> Answer {
    Answer::json(
        404,
        &json!({"message": "Not Found", "documentation_url": "https://docs.example", "status": "404"}),
    )
}

fn find(world: &mut World, request: &Request) -> Answer {
    let owner = REPO.split('/').next().unwrap_or_default();
    let wanted = request.of_query("head").and_then(|it| it.strip_prefix(&format!("{owner}:")));
    let all = request.of_query("state") == Some("all");
    let pulls =
        world.pulls.iter().rev().filter(|it| {
            (all || it.state == State::Open) && wanted.is_none_or(|head| it.head == head)
        });
    let pulls = pulls.map(|it| filled(world, "pull-request-simple", &pull(world, it))).collect();
    Answer::json(200, &request.page(pulls, "per_page", 100))
}

fn one(world: &World, number: u64) -> Answer {
    match world.pulls.iter().find(|it| it.number == number) {
        Some(it) => Answer::json(200, &whole(world, it)),
        None => not_found(),
    }
}

fn create(world: &mut World, request: &Request) -> Answer {
    let text = |name| request.text(name).unwrap_or_default();
    let draft = request.body["draft"] == true;
    let branches = (text("head"), text("base"));
    match world.open(branches, (text("title"), text("body")), draft) {
        Ok(number) => Answer { status: 201, ..one(world, number) },
        Err((status, said)) => {
            let errors = json!([{"resource": "PullRequest", "code": "custom", "message": said}]);
            let answer = json!({
                "message": "Validation Failed",
                "errors": errors,
                "documentation_url": "https://docs.example",
            });
            Answer::json(status, &answer)
        }
    }
}

fn change(world: &mut World, request: &Request, number: u64) -> Answer {
    let text = |name| request.text(name).map(str::to_owned);
    let (title, body, base, state) = (text("title"), text("body"), text("base"), text("state"));
    if state.as_deref() == Some("closed") {
        world.decide(number, State::Closed, ROBOT);
    }
    let Some(pull) = world.pull(number) else { return not_found() };
    pull.title = title.unwrap_or_else(|| pull.title.clone());
    pull.body = body.unwrap_or_else(|| pull.body.clone());
    pull.base = base.unwrap_or_else(|| pull.base.clone());
    one(world, number)
}

fn ask(world: &mut World, request: &Request, number: u64) -> Answer {
    let names = |key: &str| -> Vec<String> {
        let items = request.body[key].as_array().into_iter().flatten();
        items.filter_map(|it| it.as_str().map(str::to_owned)).collect()
    };
    let (accounts, teams) = (names("reviewers"), names("team_reviewers"));
    let unknown = accounts.iter().any(|it| !world.accounts.contains(it) || it == ROBOT)
        || teams.iter().any(|it| !world.teams.contains(it));
    if unknown {
        let said = "Reviews may only be requested from collaborators.";
        return Answer::json(
            422,
            &json!({"message": said, "documentation_url": "https://docs.example"}),
        );
    }
    let Some(pull) = world.pull(number) else { return not_found() };
    for name in accounts.into_iter().chain(teams) {
        if !pull.asked.contains(&name) {
            pull.asked.push(name);
        }
    }
    let pull = pull.clone();
    Answer::json(201, &filled(world, "pull-request-simple", &self::pull(world, &pull)))
}

fn label(world: &mut World, request: &Request, number: u64) -> Answer {
    let items = request.body["labels"].as_array().cloned().unwrap_or_default();
    let Some(pull) = world.pull(number) else { return not_found() };
    for name in items.iter().filter_map(Value::as_str) {
        if !pull.labels.iter().any(|it| it == name) {
            pull.labels.push(name.to_owned());
        }
    }
    let labels: Vec<Value> = pull.labels.iter().map(|it| json!({ "name": it })).collect();
    let labels = labels.iter().map(|it| filled(world, "label", it)).collect();
    Answer::json(200, &Value::Array(labels))
}

/// The labels of an issue.
fn labels(world: &World, number: u64) -> Answer {
    let all = world.labels_of(number);
    let all = all.iter().map(|it| filled(world, "label", &json!({ "name": it }))).collect();
    Answer::json(200, &Value::Array(all))
}

/// An issue is closed with a reason, and nothing else is set.
fn close(world: &mut World, request: &Request, number: u64) -> Answer {
    world.knows(request, &["state", "state_reason"]);
    let reason = request.text("state_reason").unwrap_or_default();
    if request.text("state") != Some("closed") || !["completed", "not_planned"].contains(&reason) {
        world.problems.push(format!("an issue is set to {}", request.body));
    }
    world.set_state(number, "closed");
    issue(world, number)
}

fn comments(world: &World, request: &Request, number: u64) -> Answer {
    let Some(thread) = world.thread(number) else { return not_found() };
    let comment = |(at, it): (usize, &Comment)| {
        let by = user(world, &it.by);
        let (url, time) =
            (said_at(world, number, at + 1), world.time(4_000 + u32::try_from(at).expect("few")));
        let ours = json!({"body": it.body, "user": by, "html_url": url, "created_at": time});
        filled(world, "issue-comment", &ours)
    };
    let all = thread.iter().enumerate().map(comment).collect();
    Answer::json(200, &request.page(all, "per_page", 100))
}

fn comment(world: &mut World, request: &Request, number: u64) -> Answer {
    let body = request.text("body").unwrap_or_default();
    let Some(at) = world.add_comment(number, body) else { return not_found() };
    let ours = json!({"body": body, "html_url": said_at(world, number, at)});
    Answer::json(201, &filled(world, "issue-comment", &ours))
}

fn said_at(world: &World, number: u64, at: usize) -> String {
    format!("http://{}/{REPO}/issues/{number}#issuecomment-{at}", world.address)
}

fn issue(world: &World, number: u64) -> Answer {
    if let Some(issue) = world.issue_of(number) {
        return Answer::json(200, &own(world, number, issue));
    }
    let Some(pull) = world.pulls.iter().find(|it| it.number == number) else { return not_found() };
    let by = if pull.state == State::Open { Value::Null } else { user(world, &pull.by) };
    Answer::json(200, &filled(world, "issue", &json!({"number": number, "closed_by": by})))
}

/// Open ones with a label, the oldest first; a pull request is one of them.
fn issues(world: &World, request: &Request) -> Answer {
    let numbers = world.queued(request.of_query("labels"), None);
    let issue = |number| world.issue_of(number).map(|it| own(world, number, it));
    let mut all: Vec<Value> = numbers.into_iter().filter_map(issue).collect();
    for pull in world.pulls.iter().filter(|it| it.state == State::Open) {
        let links = ["url", "html_url", "diff_url", "patch_url"];
        let links: Value = links.iter().map(|it| ((*it).to_owned(), json!("http://a/b"))).collect();
        let pull = json!({"number": pull.number, "pull_request": links});
        all.push(filled(world, "issue", &pull));
    }
    let is_asked = ["state=open", "sort=created", "direction=asc"].iter().all(|it| {
        let (name, value) = it.split_once('=').expect("a pair");
        request.of_query(name) == Some(value)
    });
    if is_asked { Answer::json(200, &request.page(all, "per_page", 100)) } else { not_found() }
}

fn own(world: &World, number: u64, issue: &Issue) -> Value {
    let ours = json!({
        "number": number,
        "title": issue.title,
        "state": if world.is_closed(number) { "closed" } else { "open" },
        "body": issue.body,
        "html_url": format!("http://{}/{REPO}/issues/{number}", world.address),
        "labels": issue.labels.iter().map(|it| json!({ "name": it })).collect::<Vec<_>>(),
        "comments": issue.comments.len(),
        "created_at": world.time(3_600),
        "updated_at": world.time(7_200),
    });
    filled(world, "issue", &ours)
}

fn reviews(world: &World, request: &Request, number: u64) -> Answer {
    let Some(pull) = world.pulls.iter().find(|it| it.number == number) else { return not_found() };
    let review = |it: &super::Review| {
        let ours = json!({
            "user": user(world, &it.by),
            "state": it.state,
            "commit_id": it.head,
            "submitted_at": world.time(it.at),
        });
        filled(world, "pull-request-review", &ours)
    };
    Answer::json(200, &request.page(pull.reviews.iter().map(review).collect(), "per_page", 100))
}

fn whole(world: &World, it: &Pull) -> Value {
    let mut ours = pull(world, it);
    if let State::Merged(_) = &it.state {
        ours["merged"] = json!(true);
        ours["merged_by"] = user(world, &it.by);
    }
    filled(world, "pull-request", &ours)
}

fn pull(world: &World, it: &Pull) -> Value {
    let host = &world.address;
    let is_open = it.state == State::Open;
    let (merged, commit) = match &it.state {
        State::Merged(commit) => (json!(world.time(40_000)), json!(commit)),
        _ => (Value::Null, Value::Null),
    };
    let reference = |name: &str, sha: String| {
        json!({"ref": name, "sha": sha, "label": format!("org:{name}"),
            "repo": {"full_name": REPO}})
    };
    json!({
        "number": it.number,
        "html_url": format!("http://{host}/{REPO}/pull/{}", it.number),
        "title": it.title,
        "body": it.body,
        "state": if is_open { "open" } else { "closed" },
        "draft": it.draft,
        "user": user(world, &it.author),
        "head": reference(&it.head, world.head(it)),
        "base": reference(&it.base, world.tip(&it.base).unwrap_or_default()),
        "created_at": world.time(3_600),
        "updated_at": world.time(3_600),
        "closed_at": if is_open { Value::Null } else { json!(world.time(40_000)) },
        "merged_at": merged,
        "merge_commit_sha": commit,
    })
}

fn user(world: &World, name: &str) -> Value {
    filled(world, "simple-user", &json!({"login": name, "type": "User"}))
}

/// Everything that the schema demands, with `ours` over it.
fn filled(world: &World, schema: &str, ours: &Value) -> Value {
    match &world.contract {
        Some(contract) => contract.filled(schema, ours),
        None => ours.clone(),
    }
}
