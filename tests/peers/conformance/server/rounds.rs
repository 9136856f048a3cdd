//! Tools that answer in rounds: what they need to know they say in an answer, and the
//! client asks again with it. Nothing is kept between rounds but what the client carries.

use hmac::{Hmac, KeyInit as _, Mac as _};
use prode::ids::hex;
use rmcp::ErrorData;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, InputRequiredResult, InputResponses, JsonObject,
};
use rmcp::service::{RequestContext, RoleServer};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::content::{made, text};

/// Seals the name of a round, so that a client cannot make one up.
#[derive(Clone)]
pub(crate) struct Sealer([u8; 32]);

impl Sealer {
    pub(crate) fn new() -> Self {
        let mut key = [0; 32];
        getrandom::fill(&mut key).unwrap();
        Self(key)
    }

    fn seal(&self, tool: &str, round: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap();
        mac.update(format!("{tool}\n{round}").as_bytes());
        format!("{round}.{}", hex(&mac.finalize().into_bytes()))
    }

    /// The round that a state names, if this server sealed it for this tool.
    fn open<'a>(&self, tool: &str, state: &'a str) -> Option<&'a str> {
        let (round, _) = state.split_once('.')?;
        (self.seal(tool, round) == state).then_some(round)
    }
}

/// What to ask, and what a person filled in.
pub(crate) fn form(message: &str, field: &str, kind: &str) -> Value {
    json!({
        "method": "elicitation/create",
        "params": {
            "mode": "form",
            "message": message,
            "requestedSchema": {
                "type": "object", "properties": {field: {"type": kind}}, "required": [field],
            },
        },
    })
}

/// What a person filled in, if the form of that key came back and was accepted.
pub(crate) fn filled<'a>(
    responses: Option<&'a InputResponses>,
    key: &str,
    field: &str,
) -> Option<&'a Value> {
    let response = responses?.get(key)?;
    (response["action"] == "accept").then(|| response["content"].get(field)).flatten()
}

/// What is missing before there is an answer.
pub(crate) fn missing(requests: Value, state: Option<String>) -> InputRequiredResult {
    InputRequiredResult::new(Some(made(requests)), state)
}

fn sampling(words: &str) -> Value {
    let message = json!({"role": "user", "content": {"type": "text", "text": words}});
    let params = json!({"messages": [message], "maxTokens": 100});
    json!({"method": "sampling/createMessage", "params": params})
}

fn roots() -> Value {
    json!({"method": "roots/list", "params": {}})
}

/// The answer of a tool of this module.
pub(crate) fn answer(
    sealer: &Sealer,
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<CallToolResponse, ErrorData> {
    let responses = request.input_responses.as_ref();
    let asked = |requests: Value| Ok(CallToolResponse::InputRequired(missing(requests, None)));
    let has = |key: &str| responses.and_then(|it| it.get(key)).filter(|it| it.is_object());
    match request.name.as_ref() {
        "test_input_required_result_elicitation" => match filled(responses, "user_name", "name") {
            Some(name) => Ok(text(format!("Hello, {}!", name.as_str().unwrap_or("?"))).into()),
            None => asked(json!({"user_name": form("What is your name?", "name", "string")})),
        },
        "test_input_required_result_sampling" => match has("capital_question") {
            Some(told) => Ok(text(told["content"]["text"].to_string()).into()),
            None => asked(json!({"capital_question": sampling("What is the capital of France?")})),
        },
        "test_input_required_result_list_roots" => match has("client_roots") {
            Some(told) => Ok(text(format!("The roots are {}", told["roots"])).into()),
            None => asked(json!({"client_roots": roots()})),
        },
        "test_streaming_elicitation" => {
            asked(json!({"go_on": form("Shall it go on?", "ok", "boolean")}))
        }
        "test_input_required_result_capabilities" => asked(within(context)),
        _ => in_rounds(sealer, request),
    }
}

/// Only what the client says that it can be asked.
fn within(context: &RequestContext<RoleServer>) -> Value {
    let able = context.client_capabilities().unwrap_or_default();
    let mut requests = JsonObject::new();
    if able.sampling.is_some() {
        requests.insert("greeting".to_owned(), sampling("Generate a greeting"));
    }
    if able.elicitation.is_some() {
        let question = form("What is your name?", "name", "string");
        requests.insert("user_name".to_owned(), question);
    }
    requests.into()
}

/// Tools whose rounds follow each other: the client carries a sealed state.
fn in_rounds(
    sealer: &Sealer,
    request: &CallToolRequestParams,
) -> Result<CallToolResponse, ErrorData> {
    let tool = request.name.as_ref();
    let round = match request.request_state.as_deref() {
        None => "0",
        Some(state) => sealer.open(tool, state).ok_or_else(|| {
            ErrorData::invalid_params("the request state is not of this server", None)
        })?,
    };
    let responses = request.input_responses.as_ref();
    let asked = |round: &str, requests: Value| {
        let state = sealer.seal(tool, round);
        Ok(CallToolResponse::InputRequired(missing(requests, Some(state))))
    };
    let confirm = || json!({"confirm": form("Please confirm", "ok", "boolean")});
    let name = |words: &str| form(words, "name", "string");
    match (tool, round) {
        ("test_input_required_result_multi_round", "0") => {
            asked("1", json!({"step1": name("Step 1: What is your name?")}))
        }
        ("test_input_required_result_multi_round", "1") => {
            let color = form("Step 2: What is your favorite color?", "color", "string");
            asked("2", json!({"step2": color}))
        }
        ("test_input_required_result_multiple_inputs", "0") => asked(
            "1",
            json!({
                "user_name": name("What is your name?"),
                "greeting": sampling("Generate a greeting"),
                "client_roots": roots(),
            }),
        ),
        (_, "0") => asked("1", confirm()),
        (_, round) => {
            let count = responses.map_or(0, InputResponses::len);
            Ok(text(format!("state-ok: round {round}, {count} answers")).into())
        }
    }
}
