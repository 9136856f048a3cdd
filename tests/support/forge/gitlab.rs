//! As GitLab speaks, from its public pages on merge requests, approvals, notes
//! and users.

use serde_json::{Value, json};

use super::http::{Answer, Request};
use super::world::{Pull, State, World};
use super::{Comment, REPO, ROBOT, Row, STAFF, SYSTEM, Step};

pub(super) static ROW: Row = Row {
    name: "gitlab",
    mark: '!',
    scheme: "Bearer",
    path: "/api/v4",
    pulls: "/projects/org%2Frepo/merge_requests",
    template: ".gitlab/merge_request_templates/default.md",
    asks_teams: false,
    tells_closer: true,
    moving: Step::Move,
    answer,
};

const CREATED: &[&str] = &[
    "source_branch",
    "target_branch",
    "title",
    "description",
    "labels",
    "reviewer_ids",
    "assignee_ids",
    "remove_source_branch",
    "squash",
    "target_project_id",
];

const CHANGED: &[&str] = &[
    "title",
    "description",
    "target_branch",
    "state_event",
    "labels",
    "add_labels",
    "remove_labels",
    "reviewer_ids",
    "assignee_ids",
    "squash",
];

fn answer(world: &mut World, request: &Request) -> Answer {
    let Some(path) = request.path.strip_prefix("/api/v4") else { return not_found() };
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let project = REPO.replace('/', "%2F");
    let number = parts.get(3).and_then(|it| it.parse().ok()).unwrap_or(0);
    match (request.method.as_str(), parts.as_slice()) {
        ("GET", ["user"]) => Answer::json(200, &user(world, ROBOT)),
        ("GET", ["users"]) => users(world, request),
        (_, ["projects", name, ..]) if !name.eq_ignore_ascii_case(&project) => not_found(),
        ("GET", [_, _, "merge_requests"]) => find(world, request),
        ("POST", [_, _, "merge_requests"]) => create(world, request),
        ("GET", [_, _, "merge_requests", _]) => one(world, number),
        ("PUT", [_, _, "merge_requests", _]) => change(world, request, number),
        ("GET", [_, _, "merge_requests" | "issues", _, "notes"]) => notes(world, request, number),
        ("POST", [_, _, "merge_requests" | "issues", _, "notes"]) => note(world, request, number),
        ("GET", [_, _, "issues", _]) => issue(world, number),
        ("GET", [_, _, "issues"]) => issues(world, request),
        ("PUT", [_, _, "issues", _]) => move_issue(world, request, number),
        ("GET", [_, _, "merge_requests", _, "approvals"]) => approvals(world, number),
        ("GET", [_, _, "merge_requests", _, "versions"]) => versions(world, request, number),
        _ => not_found(),
    }
}

fn not_found() -> Answer {
    Answer::refusal(404, "404 Not found")
}

/// Numbers of accounts follow from their place in the list.
fn id(world: &World, name: &str) -> Option<usize> {
    world.accounts.iter().position(|it| it == name).map(|at| at + 100)
}

fn user(world: &World, name: &str) -> Value {
    json!({"id": id(world, name), "username": name, "name": name, "state": "active"})
}

fn users(world: &mut World, request: &Request) -> Answer {
    world.knows_query(request, &["username"]);
    let name = request.of_query("username").unwrap_or_default();
    let found: Vec<Value> = id(world, name).map(|_| user(world, name)).into_iter().collect();
    Answer::json(200, &json!(found))
}

fn find(world: &mut World, request: &Request) -> Answer {
    world.knows_query(request, &["state", "source_branch", "per_page", "page"]);
    let branch = request.of_query("source_branch");
    let all = request.of_query("state") == Some("all");
    let fits = |it: &&Pull| {
        (all || it.state == State::Open) && branch.is_none_or(|branch| it.head == branch)
    };
    let pulls = world.pulls.iter().rev().filter(fits).map(|it| pull(world, it)).collect();
    Answer::json(200, &request.page(pulls, "per_page", 100))
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
    if ["source_branch", "target_branch", "title"].iter().any(|it| text(it).is_empty()) {
        return Answer::json(400, &json!({"error": "a field is missing"}));
    }
    // A line that begins so is carried out.
    if text("description").lines().any(|it| it.trim_start().starts_with('/')) {
        world
            .problems
            .push(format!("a description does more than say something: {}", text("description")));
    }
    let draft = text("title").starts_with("Draft:");
    let branches = (text("source_branch"), text("target_branch"));
    match world.open(branches, (text("title"), text("description")), draft) {
        Ok(number) => Answer { status: 201, ..one(world, number) },
        // A list, as it writes it.
        Err((status, said)) => Answer::json(status, &json!({"message": [said]})),
    }
}

fn change(world: &mut World, request: &Request, number: u64) -> Answer {
    world.knows(request, CHANGED);
    if request.text("state_event") == Some("close") {
        world.decide(number, State::Closed, ROBOT);
    }
    let ids = request.body["reviewer_ids"].as_array().cloned();
    let names = ids.map(|ids| {
        let of =
            |it: &Value| world.accounts.get(usize::try_from(it.as_u64()?).ok()? - 100).cloned();
        ids.iter().filter_map(of).collect::<Vec<_>>()
    });
    let text = |name| request.text(name).map(str::to_owned);
    let (title, body, base) = (text("title"), text("description"), text("target_branch"));
    let labels = text("add_labels");
    let Some(pull) = world.pull(number) else { return not_found() };
    pull.draft = title.as_ref().map_or(pull.draft, |it| it.starts_with("Draft:"));
    pull.title = title.unwrap_or_else(|| pull.title.clone());
    pull.body = body.unwrap_or_else(|| pull.body.clone());
    pull.base = base.unwrap_or_else(|| pull.base.clone());
    pull.asked = names.unwrap_or_else(|| pull.asked.clone());
    for label in labels.iter().flat_map(|it| it.split(',')) {
        if !pull.labels.iter().any(|it| it == label) {
            pull.labels.push(label.to_owned());
        }
    }
    one(world, number)
}

fn notes(world: &World, request: &Request, number: u64) -> Answer {
    let Some(thread) = world.thread(number) else { return not_found() };
    let note = |(at, it): (usize, &Comment)| {
        json!({
            "id": at + 1,
            "body": it.body,
            "author": user(world, &it.by),
            "system": it.by == SYSTEM,
            "internal": it.by == STAFF,
            "created_at": world.time(4_000 + u32::try_from(at).expect("few")),
        })
    };
    // The newest first, where nobody asks for another order.
    let all = thread.iter().enumerate().rev().map(note).collect();
    Answer::json(200, &request.page(all, "per_page", 100))
}

fn note(world: &mut World, request: &Request, number: u64) -> Answer {
    world.knows(request, &["body", "internal", "created_at"]);
    let body = request.text("body").unwrap_or_default();
    // A line that begins so is carried out.
    if body.lines().any(|it| it.trim_start().starts_with('/')) {
        world.problems.push(format!("a note does more than say something: {body}"));
    }
    let Some(at) = world.add_comment(number, body) else { return not_found() };
    Answer::json(201, &json!({"id": at, "body": body}))
}

fn issue(world: &World, number: u64) -> Answer {
    let Some(issue) = world.issue_of(number) else { return not_found() };
    Answer::json(
        200,
        &json!({
            "iid": number,
            "title": issue.title,
            "state": if world.is_closed(number) { "closed" } else { "opened" },
            "description": issue.body,
            "web_url": format!("http://{}/{REPO}/-/issues/{number}", world.address),
            "labels": issue.labels,
            "created_at": world.time(3_600),
            "updated_at": world.time(7_200),
        }),
    )
}

/// Open ones with a label, the oldest first.
fn issues(world: &mut World, request: &Request) -> Answer {
    world.knows_query(request, &["state", "labels", "order_by", "sort", "per_page", "page"]);
    let numbers = match request.of_query("state") {
        Some("opened") => world.queued(request.of_query("labels"), None),
        _ => Vec::new(),
    };
    let all = numbers.into_iter().map(|number| json!({"iid": number, "id": number + 1_000}));
    Answer::json(200, &request.page(all.collect(), "per_page", 100))
}

/// Labels come and go, or it is closed; in one request.
fn move_issue(world: &mut World, request: &Request, number: u64) -> Answer {
    world.knows(request, &["add_labels", "remove_labels", "state_event"]);
    let names = |key: &str| -> Vec<String> {
        request.text(key).into_iter().flat_map(|it| it.split(',')).map(str::to_owned).collect()
    };
    for name in names("add_labels") {
        world.add_label(number, &name);
    }
    for name in names("remove_labels") {
        world.take_label(number, &name);
    }
    if request.text("state_event") == Some("close") {
        world.set_state(number, "closed");
    }
    issue(world, number)
}

/// Who approves now, and since when; not which commit.
fn approvals(world: &World, number: u64) -> Answer {
    let Some(pull) = world.pulls.iter().find(|it| it.number == number) else { return not_found() };
    let approving = pull.reviews.iter().filter(|it| it.state == "APPROVED");
    let by: Vec<Value> = approving
        .map(|it| json!({"user": user(world, &it.by), "approved_at": world.time(it.at)}))
        .collect();
    Answer::json(200, &json!({"iid": number, "approved": !by.is_empty(), "approved_by": by}))
}

fn versions(world: &World, request: &Request, number: u64) -> Answer {
    let Some(pull) = world.pulls.iter().find(|it| it.number == number) else { return not_found() };
    let version = |(head, at): &(String, u32)| json!({"head_commit_sha": head, "created_at": world.time(*at)});
    let all = pull.versions.iter().rev().map(version).collect();
    Answer::json(200, &request.page(all, "per_page", 100))
}

fn pull(world: &World, it: &Pull) -> Value {
    let host = &world.address;
    let by = user(world, &it.by);
    let mut answer = json!({
        "id": 7_000 + it.number,
        "iid": it.number,
        "project_id": 7,
        "source_project_id": 7,
        "target_project_id": 7,
        "web_url": format!("http://{host}/{REPO}/-/merge_requests/{}", it.number),
        "title": it.title,
        "description": it.body,
        "state": match it.state { State::Open => "opened", State::Merged(_) => "merged", State::Closed => "closed" },
        "draft": it.draft,
        "author": user(world, &it.author),
        "source_branch": it.head,
        "target_branch": it.base,
        "sha": world.head(it),
        "created_at": world.time(3_600),
        "updated_at": world.time(40_000),
        "merged_at": null,
        "merge_user": null,
        "merge_commit_sha": null,
        "squash_commit_sha": null,
        "closed_at": null,
        "closed_by": null,
        "labels": it.labels,
        "reviewers": it.asked.iter().map(|it| user(world, it)).collect::<Vec<_>>(),
    });
    match &it.state {
        State::Merged(commit) => {
            answer["merged_at"] = json!(world.time(40_000));
            answer["merge_user"] = by;
            // With a fast-forward there is no commit but the head.
            if *commit != world.head(it) {
                answer["merge_commit_sha"] = json!(commit);
            }
        }
        State::Closed => {
            answer["closed_at"] = json!(world.time(40_000));
            answer["closed_by"] = by;
        }
        State::Open => {}
    }
    answer
}
