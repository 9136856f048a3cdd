//! As Linear speaks. Nothing is answered that its schema does not take.

use serde_json::{Value, json};

use super::http::{Answer, Request};
use super::issues::Issue;
use super::moves::{STATES, id_of};
use super::schema::{self, Asked};
use super::world::World;
use super::{Comment, ROBOT, Row, Step};

pub(super) static ROW: Row = Row {
    name: "linear",
    mark: '#',
    scheme: "Bearer",
    path: "/graphql",
    pulls: "",
    template: "",
    asks_teams: false,
    tells_closer: false,
    moving: Step::Move,
    answer,
};

/// What a page holds, however much is asked for.
const MOST: usize = 2;

fn answer(world: &mut World, request: &Request) -> Answer {
    if request.method != "POST" || request.path != "/graphql" {
        world.problems.push(format!("{} {} is nothing there", request.method, request.path));
        return Answer::refusal(404, "Not found");
    }
    let schema = schema::linear().expect("tests of Linear need its schema");
    let asked = match Asked::read(schema, request) {
        Ok(asked) => asked,
        Err(why) => {
            world.problems.push(why.clone());
            return error(400, &why, "GRAPHQL_VALIDATION_FAILED", "graphql error");
        }
    };
    let name = asked.name();
    *world.documents.entry(name.clone()).or_default() += 1;
    let data = match name.as_str() {
        "query issue" => issue(world, &asked),
        "query comments" => Ok(find(world, &asked)),
        "query issues" => Ok(queue(world, &asked)),
        "mutation commentCreate" => create(world, &asked),
        "mutation issueUpdate" => update(world, &asked),
        other => {
            world.problems.push(format!("{other} is not to be asked"));
            Err(error(400, "no", "INPUT_ERROR", "invalid input"))
        }
    };
    match data {
        Ok(data) => {
            let data = asked.answered(&data, &mut world.problems);
            Answer::json(200, &json!({ "data": data }))
        }
        Err(answer) => answer,
    }
}

/// An error as its server writes one, in an answer with this status.
pub(super) fn error(status: u16, message: &str, code: &str, sort: &str) -> Answer {
    let extensions = json!({"code": code, "type": sort, "userPresentableMessage": message});
    Answer::json(
        status,
        &json!({"data": null, "errors": [{"message": message, "extensions": extensions}]}),
    )
}

fn missing(what: &str) -> Answer {
    error(200, &format!("Entity not found: {what}"), "INPUT_ERROR", "invalid input")
}

/// `ENG-3`
fn number(id: &Value) -> Option<u64> {
    id.as_str()?.strip_prefix("ENG-")?.parse().ok()
}

fn issue(world: &World, asked: &Asked) -> Result<Value, Answer> {
    let number = number(&asked.argument(&["issue"], "id")).ok_or_else(|| missing("Issue"))?;
    let issue = world.issue_of(number).ok_or_else(|| missing("Issue"))?;
    let after = asked.argument(&["issue", "comments"], "after");
    Ok(json!({ "issue": whole(world, number, issue, &after) }))
}

fn whole(world: &World, number: u64, issue: &Issue, after: &Value) -> Value {
    let named = |it: &String| json!({ "name": it });
    let file = |it: &String| json!({"title": it, "url": format!("https://files.example/{it}")});
    json!({
        "identifier": format!("ENG-{number}"),
        "title": issue.title,
        "description": issue.body,
        "url": format!("http://{}/acme/issue/ENG-{number}", world.address),
        "priorityLabel": "High",
        "createdAt": world.time(3_600),
        "updatedAt": world.time(7_200),
        "state": state(world.state(number)),
        "team": {"key": "ENG", "states": {"nodes": STATES.iter().map(|it| state(it.0)).collect::<Vec<_>>()}},
        "project": null,
        "labels": {"nodes": issue.labels.iter().map(named).collect::<Vec<_>>()},
        "attachments": {"nodes": issue.files.iter().map(file).collect::<Vec<_>>()},
        "comments": comments(world, number, issue, after),
    })
}

fn state(name: &str) -> Value {
    let sort = STATES.iter().find(|it| it.0 == name).expect("a state of the team's").1;
    json!({"id": id_of(name), "name": name, "type": sort})
}

/// Takes a state of the team's and nothing else.
fn update(world: &mut World, asked: &Asked) -> Result<Value, Answer> {
    let number = number(&asked.argument(&["issueUpdate"], "id")).ok_or_else(|| missing("Issue"))?;
    world.issue_of(number).ok_or_else(|| missing("Issue"))?;
    let input = asked.argument(&["issueUpdate"], "input");
    let keys: Vec<String> =
        input.as_object().into_iter().flat_map(|it| it.keys().cloned()).collect();
    if keys != ["stateId"] {
        world.problems.push(format!("an issue gets more than a state: {keys:?}"));
    }
    let wanted = input["stateId"].as_str().unwrap_or_default().to_owned();
    let found = STATES.iter().find(|(name, _)| id_of(name) == wanted);
    let (name, _) = found.ok_or_else(|| missing("WorkflowState"))?;
    world.set_state(number, name);
    Ok(json!({"issueUpdate": {"success": true, "issue": {"state": state(name)}}}))
}

/// The newest first, as it lists them.
fn comments(world: &World, number: u64, issue: &Issue, after: &Value) -> Value {
    let from = after.as_str().and_then(|it| it.parse().ok()).unwrap_or(0);
    let all: Vec<Value> = (issue.comments.iter().enumerate().rev())
        .map(|(at, it)| {
            json!({
                "id": it.id,
                "body": it.body,
                "createdAt": world.time(4_000 + u32::try_from(at).expect("few")),
                "url": url(world, number, &it.id),
            })
        })
        .collect();
    let end = (from + MOST).min(all.len());
    let page = json!({"hasNextPage": end < all.len(), "endCursor": end.to_string()});
    json!({"nodes": all[from..end], "pageInfo": page})
}

fn url(world: &World, number: u64, id: &str) -> String {
    format!("http://{}/acme/issue/ENG-{number}#comment-{id}", world.address)
}

/// The team's tickets of a state or with a label, the newest first.
fn queue(world: &World, asked: &Asked) -> Value {
    let filter = asked.argument(&["issues"], "filter");
    let text = |at: &str| filter.pointer(at).and_then(Value::as_str);
    let is_team = text("/team/key/eq") == Some("ENG");
    let numbers = world.queued(text("/labels/some/name/eq"), text("/state/name/eq"));
    let all: Vec<Value> =
        numbers.into_iter().rev().filter(|_| is_team).map(|it| json!({"number": it})).collect();
    let after = asked.argument(&["issues"], "after");
    let from: usize = after.as_str().and_then(|it| it.parse().ok()).unwrap_or(0);
    let end = (from + MOST).min(all.len());
    let page = json!({"hasNextPage": end < all.len(), "endCursor": end.to_string()});
    json!({"issues": {"nodes": all[from..end], "pageInfo": page}})
}

fn find(world: &World, asked: &Asked) -> Value {
    let wanted = asked.argument(&["comments"], "filter")["id"]["eq"].clone();
    let all = world.issues.iter().enumerate();
    let all = all.flat_map(|(at, it)| it.comments.iter().map(move |comment| (at, comment)));
    let found = all.filter(|(_, it)| wanted == it.id.as_str());
    let nodes: Vec<Value> =
        found.map(|(at, it)| json!({"url": url(world, at as u64 + 1, &it.id)})).collect();
    json!({"comments": {"nodes": nodes}})
}

/// An id is a UUID of version 4, and is taken once.
fn create(world: &mut World, asked: &Asked) -> Result<Value, Answer> {
    let input = asked.argument(&["commentCreate"], "input");
    let number = number(&input["issueId"]).ok_or_else(|| missing("Issue"))?;
    let id = input["id"].as_str().unwrap_or_default().to_owned();
    let is_uuid = id.len() == 36 && id[14..15] == *"4" && "89ab".contains(&id[19..20]);
    let invalid = |said: &str| error(200, said, "INPUT_ERROR", "invalid input");
    if !is_uuid {
        return Err(invalid("id must be a UUID"));
    }
    if world.issues.iter().flat_map(|it| &it.comments).any(|it| it.id == id) {
        return Err(invalid("a comment with this id is there"));
    }
    let body = input["body"].as_str().unwrap_or_default().to_owned();
    let thread = world.thread_mut(number).ok_or_else(|| missing("Issue"))?;
    thread.push(Comment { by: ROBOT.to_owned(), body, id: id.clone() });
    let comment = json!({ "url": url(world, number, &id) });
    Ok(json!({"commentCreate": {"success": true, "comment": comment}}))
}
