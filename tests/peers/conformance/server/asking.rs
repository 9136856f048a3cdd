//! Tools that ask their client something while they work, as the older revision has it.
//! The newer one forbids that; `rounds` has what came in its place.

use axum::http::request::Parts;
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientResult, ContentBlock, ElicitRequest, ServerRequest,
};
use rmcp::service::{RequestContext, RoleServer};
use serde_json::{Value, json};

use crate::content::{made, text};

/// The answer of a tool of this module.
pub(crate) async fn answer(
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Option<CallToolResult> {
    let given = |name: &str| {
        request.arguments.as_ref().and_then(|given| given.get(name)).cloned().unwrap_or_default()
    };
    let schema = match request.name.as_ref() {
        "test_sampling" => return Some(sampled(&given("prompt"), context).await),
        "test_elicitation" => {
            return Some(elicited(given("message"), person(), "User response", context).await);
        }
        "test_elicitation_sep1034_defaults" => defaults(),
        "test_elicitation_sep1330_enums" => enums(),
        _ => return None,
    };
    Some(elicited("Please choose".into(), schema, "Elicitation completed", context).await)
}

/// An answer to a question comes with a request of its own. Without a session nobody
/// would know whose question it answers, and the tool would wait for ever.
fn is_heard(context: &RequestContext<RoleServer>) -> bool {
    let head = context.extensions.get::<Parts>();
    head.is_some_and(|head| head.headers.contains_key("mcp-session-id"))
}

fn unheard() -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(
        "no session is kept, so that the client cannot be asked",
    )])
}

async fn elicited(
    message: Value,
    schema: Value,
    done: &str,
    context: &RequestContext<RoleServer>,
) -> CallToolResult {
    if !is_heard(context) {
        return unheard();
    }
    let params = made(json!({"mode": "form", "message": message, "requestedSchema": schema}));
    let question = ServerRequest::ElicitRequest(ElicitRequest::new(params));
    match context.peer.send_request(question).await {
        Ok(ClientResult::ElicitResult(told)) => {
            let told = serde_json::to_value(told).unwrap();
            text(format!("{done}: action={}, content={}", told["action"], told["content"]))
        }
        other => CallToolResult::error(vec![ContentBlock::text(format!("{other:?}"))]),
    }
}

async fn sampled(prompt: &Value, context: &RequestContext<RoleServer>) -> CallToolResult {
    if !is_heard(context) {
        return unheard();
    }
    let message = json!({"role": "user", "content": {"type": "text", "text": prompt}});
    let params = made(json!({"messages": [message], "maxTokens": 100}));
    match context.peer.create_message(params).await {
        Ok(told) => {
            let told = serde_json::to_value(told).unwrap();
            text(format!("LLM response: {}", told["content"]["text"]))
        }
        Err(error) => CallToolResult::error(vec![ContentBlock::text(error.to_string())]),
    }
}

fn person() -> Value {
    json!({
        "type": "object",
        "properties": {
            "username": {"type": "string", "description": "User's response"},
            "email": {"type": "string", "description": "User's email address"},
        },
        "required": ["username", "email"],
    })
}

fn defaults() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": {"type": "string", "default": "John Doe"},
            "age": {"type": "integer", "default": 30},
            "score": {"type": "number", "default": 95.5},
            "status": {
                "type": "string", "enum": ["active", "inactive", "pending"], "default": "active",
            },
            "verified": {"type": "boolean", "default": true},
        },
    })
}

fn enums() -> Value {
    let titled = |key: &str, word: &str| {
        let row = |(value, place): (&str, &str)| json!({"const": value, "title": format!("{place} {word}")});
        let rows = [("value1", "First"), ("value2", "Second"), ("value3", "Third")].map(row);
        json!({key: rows})
    };
    let mut single = titled("oneOf", "Option");
    single["type"] = "string".into();
    let plain = json!(["option1", "option2", "option3"]);
    json!({
        "type": "object",
        "properties": {
            "untitledSingle": {"type": "string", "enum": plain},
            "titledSingle": single,
            "legacyEnum": {
                "type": "string",
                "enum": ["opt1", "opt2", "opt3"],
                "enumNames": ["Option One", "Option Two", "Option Three"],
            },
            "untitledMulti": {"type": "array", "items": {"type": "string", "enum": plain}},
            "titledMulti": {"type": "array", "items": titled("anyOf", "Choice")},
        },
    })
}
