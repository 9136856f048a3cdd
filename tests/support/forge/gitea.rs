//! As Gitea and Forgejo speak, from the public description of version 1.

use serde_json::{Value, json};

use super::http::{Answer, Request};
use super::world::{Pull, State, World};
use super::{Comment, REPO, ROBOT, Row, Step};

pub(super) static ROW: Row = Row {
    name: "gitea",
    mark: '#',
    scheme: "token",
    path: "/api/v1",
    pulls: "/repos/org/repo/pulls",
    template: ".gitea/pull_request_template.md",
    asks_teams: true,
    tells_closer: false,
    moving: Step::Label,
    answer,
};

const CREATED: &[&str] = &[
    "title",
    "head",
    "base",
    "body",
    "labels",
    "assignee",
    "assignees",
    "milestone",
    "due_date",
    "reviewers",
    "team_reviewers",
];

const CHANGED: &[&str] = &[
    "title",
    "body",
    "base",
    "state",
    "labels",
    "assignee",
    "assignees",
    "milestone",
    "due_date",
    "unset_due_date",
    "allow_maintainer_edit",
];

/// A server that is set to hold fewer than it is asked for.
const MOST: usize = 2;

fn answer(world: &mut World, request: &Request) -> Answer {
    if request.path == "/api/v1/user" {
        return Answer::json(200, &user(ROBOT));
    }
    let prefix = format!("/api/v1/repos/{REPO}/");
    let Some(path) = request.path.strip_prefix(&prefix) else { return not_found() };
    let parts: Vec<&str> = path.split('/').collect();
    let number = parts.get(1).and_then(|it| it.parse().ok()).unwrap_or(0);
    match (request.method.as_str(), parts.as_slice()) {
        ("GET", ["pulls"]) => find(world, request),
        ("POST", ["pulls"]) => create(world, request),
        ("GET", ["labels"]) => labels(world, request),
        ("GET", ["pulls", _]) => one(world, number),
        ("PATCH", ["pulls", _]) => change(world, request, number),
        ("POST", ["pulls", _, "requested_reviewers"]) => ask(world, request, number),
        ("GET", ["pulls", _, "reviews"]) => reviews(world, request, number),
        ("POST", ["issues", _, "labels"]) if world.issue_of(number).is_some() => {
            world.knows(request, &["labels"]);
            let ids = request.body["labels"].as_array().cloned().unwrap_or_default();
            for id in ids {
                match named(world, &id) {
                    Some(name) => drop(world.add_label(number, &name)),
                    None => world.problems.push(format!("{id} is no label's number")),
                }
            }
            Answer::json(200, &json!([]))
        }
        ("POST", ["issues", _, "labels"]) => label(world, request, number),
        ("DELETE", ["issues", _, "labels", id]) => {
            let name = id.parse::<u64>().ok().and_then(|id| named(world, &json!(id)));
            match name.and_then(|name| world.take_label(number, &name)) {
                Some(()) => Answer::plain(204, ""),
                None => not_found(),
            }
        }
        ("PATCH", ["issues", _]) => {
            world.knows(request, &["state"]);
            if request.text("state") == Some("closed") {
                world.set_state(number, "closed");
            }
            Answer { status: 201, ..issue(world, number) }
        }
        ("GET", ["issues", _]) => issue(world, number),
        ("GET", ["issues"]) => issues(world, request),
        ("GET", ["issues", _, "comments"]) => comments(world, number),
        ("POST", ["issues", _, "comments"]) => comment(world, request, number),
        _ => not_found(),
    }
}

fn not_found() -> Answer {
    Answer::refusal(404, "The target couldn't be found.")
}

fn user(name: &str) -> Value {
    json!({"id": name.len(), "login": name})
}

fn find(world: &mut World, request: &Request) -> Answer {
    world.knows_query(request, &["state", "sort", "milestone", "labels", "page", "limit"]);
    let all = request.of_query("state") == Some("all");
    let pulls = world.pulls.iter().filter(|it| all || it.state == State::Open);
    let pulls = pulls.map(|it| pull(world, it)).collect();
    Answer::json(200, &request.page(pulls, "limit", MOST))
}

fn one(world: &World, number: u64) -> Answer {
    match world.pulls.iter().find(|it| it.number == number) {
        Some(it) => Answer::json(200, &pull(world, it)),
        None => not_found(),
    }
}

fn create(world: &mut World, request: &Request) -> Answer {
    world.knows(request, CREATED);
    let text = |name| request.text(name).unwrap_or_default();
    let draft = text("title").starts_with("WIP:");
    let branches = (text("head"), text("base"));
    match world.open(branches, (text("title"), text("body")), draft) {
        Ok(number) => Answer { status: 201, ..one(world, number) },
        Err((status, said)) => Answer::refusal(status, &said),
    }
}

fn change(world: &mut World, request: &Request, number: u64) -> Answer {
    world.knows(request, CHANGED);
    let text = |name| request.text(name).map(str::to_owned);
    if request.text("state") == Some("closed") {
        world.decide(number, State::Closed, ROBOT);
    }
    let (title, body, base) = (text("title"), text("body"), text("base"));
    let Some(pull) = world.pull(number) else { return not_found() };
    pull.draft = title.as_ref().map_or(pull.draft, |it| it.starts_with("WIP:"));
    pull.title = title.unwrap_or_else(|| pull.title.clone());
    pull.body = body.unwrap_or_else(|| pull.body.clone());
    pull.base = base.unwrap_or_else(|| pull.base.clone());
    Answer { status: 201, ..one(world, number) }
}

fn ask(world: &mut World, request: &Request, number: u64) -> Answer {
    world.knows(request, &["reviewers", "team_reviewers"]);
    let names = |key: &str| -> Vec<String> {
        let items = request.body[key].as_array().into_iter().flatten();
        items.filter_map(|it| it.as_str().map(str::to_owned)).collect()
    };
    let (accounts, teams) = (names("reviewers"), names("team_reviewers"));
    if accounts.iter().any(|it| !world.accounts.contains(it)) {
        return Answer::refusal(404, "user does not exist");
    }
    if teams.iter().any(|it| !world.teams.contains(it)) {
        return Answer::refusal(404, "team does not exist");
    }
    let Some(pull) = world.pull(number) else { return not_found() };
    for name in accounts.into_iter().chain(teams) {
        if !pull.asked.contains(&name) {
            pull.asked.push(name);
        }
    }
    Answer::json(201, &json!([]))
}

fn labels(world: &World, request: &Request) -> Answer {
    let all = world.labels.iter().enumerate();
    let all = all.map(|(at, name)| json!({"id": at + 1, "name": name})).collect();
    Answer::json(200, &request.page(all, "limit", MOST))
}

fn label(world: &mut World, request: &Request, number: u64) -> Answer {
    world.knows(request, &["labels"]);
    let ids = request.body["labels"].as_array().cloned().unwrap_or_default();
    let of = |it: &Value| world.labels.get(usize::try_from(it.as_u64()?).ok()? - 1).cloned();
    let names: Vec<String> = ids.iter().filter_map(of).collect();
    let Some(pull) = world.pull(number) else { return not_found() };
    for name in names {
        if !pull.labels.contains(&name) {
            pull.labels.push(name);
        }
    }
    Answer::json(200, &json!([]))
}

/// The label with a number.
fn named(world: &World, id: &Value) -> Option<String> {
    world.labels.get(usize::try_from(id.as_u64()?).ok()?.checked_sub(1)?).cloned()
}

fn comments(world: &World, number: u64) -> Answer {
    let Some(thread) = world.thread(number) else { return not_found() };
    let comment = |(at, it): (usize, &Comment)| {
        json!({
            "body": it.body,
            "user": user(&it.by),
            "html_url": said_at(world, number, at + 1),
            "created_at": world.time(4_000 + u32::try_from(at).expect("few")),
        })
    };
    Answer::json(200, &thread.iter().enumerate().map(comment).collect())
}

fn comment(world: &mut World, request: &Request, number: u64) -> Answer {
    world.knows(request, &["body"]);
    let body = request.text("body").unwrap_or_default();
    let Some(at) = world.add_comment(number, body) else { return not_found() };
    Answer::json(201, &json!({"body": body, "html_url": said_at(world, number, at)}))
}

fn said_at(world: &World, number: u64, at: usize) -> String {
    format!("http://{}/{REPO}/issues/{number}#issuecomment-{at}", world.address)
}

fn issue(world: &World, number: u64) -> Answer {
    let Some(issue) = world.issue_of(number) else { return not_found() };
    Answer::json(
        200,
        &json!({
            "number": number,
            "title": issue.title,
            "state": if world.is_closed(number) { "closed" } else { "open" },
            "body": issue.body,
            "html_url": format!("http://{}/{REPO}/issues/{number}", world.address),
            "labels": issue.labels.iter().map(|it| json!({ "name": it })).collect::<Vec<_>>(),
            "assets": issue.files.iter().map(|it| json!({ "name": it })).collect::<Vec<_>>(),
            "comments": issue.comments.len(),
            "created_at": world.time(3_600),
            "updated_at": world.time(7_200),
        }),
    )
}

/// Open ones with a label, the newest first; two in a page, as its operator may set it.
fn issues(world: &mut World, request: &Request) -> Answer {
    world.knows_query(request, &["state", "labels", "type", "limit", "page"]);
    let is_asked =
        request.of_query("state") == Some("open") && request.of_query("type") == Some("issues");
    let numbers =
        if is_asked { world.queued(request.of_query("labels"), None) } else { Vec::new() };
    let all =
        numbers.into_iter().rev().map(|number| json!({"number": number, "pull_request": null}));
    Answer::json(200, &request.page(all.collect(), "limit", 2))
}

fn reviews(world: &World, request: &Request, number: u64) -> Answer {
    let Some(pull) = world.pulls.iter().find(|it| it.number == number) else { return not_found() };
    let head = world.head(pull);
    let review = |it: &super::Review| {
        let state = match it.state.as_str() {
            "CHANGES_REQUESTED" => "REQUEST_CHANGES",
            "COMMENTED" => "COMMENT",
            "DISMISSED" => "APPROVED",
            other => other,
        };
        json!({
            "user": user(&it.by),
            "state": state,
            "dismissed": it.state == "DISMISSED",
            "stale": it.head != head,
            "commit_id": it.head,
            "submitted_at": world.time(it.at),
        })
    };
    Answer::json(200, &request.page(pull.reviews.iter().map(review).collect(), "limit", MOST))
}

fn pull(world: &World, it: &Pull) -> Value {
    let host = &world.address;
    let is_open = it.state == State::Open;
    let decided = |value: Value| if is_open { Value::Null } else { value };
    let branch =
        |name: &str, sha: String| json!({"label": name, "ref": name, "sha": sha, "repo_id": 7});
    let (merged, commit) = match &it.state {
        State::Merged(commit) => (true, json!(commit)),
        _ => (false, Value::Null),
    };
    json!({
        "id": 7_000 + it.number,
        "number": it.number,
        "html_url": format!("http://{host}/{REPO}/pulls/{}", it.number),
        "title": it.title,
        "body": it.body,
        "state": if is_open { "open" } else { "closed" },
        "draft": it.draft,
        "user": user(&it.author),
        "head": branch(&it.head, world.head(it)),
        "base": branch(&it.base, world.tip(&it.base).unwrap_or_default()),
        "merged": merged,
        "merged_at": if merged { json!(world.time(40_000)) } else { Value::Null },
        "merged_by": if merged { user(&it.by) } else { Value::Null },
        "merge_commit_sha": commit,
        "created_at": world.time(3_600),
        "updated_at": world.time(40_000),
        "closed_at": decided(json!(world.time(40_000))),
    })
}
