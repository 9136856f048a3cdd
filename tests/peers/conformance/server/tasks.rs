//! Tools that go on after their answer, as the extension for tasks has it.

use std::time::Duration;

use rmcp::ErrorData;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, ContentBlock,
    CreateTaskResult,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::task_manager::{TaskContext, TaskExit, TaskFuture, TaskOptions};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::content::{made, text};
use crate::fixture::Fixture;
use crate::rounds::{filled, form, missing};

/// How often a client is asked to look.
const POLL_MS: u64 = 100;
/// What a short task takes.
const SHORT: Duration = Duration::from_millis(100);

/// The answer of a tool of this module.
pub(crate) async fn answer(
    fixture: &Fixture,
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Option<Result<CallToolResponse, ErrorData>> {
    let given = |name: &str| {
        request.arguments.as_ref().and_then(|given| given.get(name)).cloned().unwrap_or_default()
    };
    let make: fn(TaskContext, Value) -> TaskFuture = match request.name.as_ref() {
        "greet" => {
            let name = given("name");
            return Some(Ok(text(format!("Hello, {}!", name.as_str().unwrap_or("?"))).into()));
        }
        // Waits as long as it would as a task, for a client that knows none.
        "slow_compute" if !knows_tasks(context) => {
            sleep(seconds(&given("seconds"))).await;
            return Some(Ok(text("computed").into()));
        }
        "slow_compute" => |task, given| Box::pin(computed(task, given)),
        "failing_job" => |_, _| Box::pin(failed()),
        "protocol_error_job" => |_, _| Box::pin(broken()),
        "confirm_delete" => |task, given| Box::pin(confirmed(task, given)),
        "multi_input" => |task, _| Box::pin(asked_twice(task)),
        "test_tool_with_task" => |_, given| Box::pin(greeted(given)),
        _ => return None,
    };
    if !knows_tasks(context) {
        let wanted = ClientCapabilities::builder().enable_tasks().build();
        return Some(Err(ErrorData::missing_required_client_capability(wanted)));
    }
    let given = if request.name == "test_tool_with_task" {
        let Some(name) = filled(request.input_responses.as_ref(), "user_name", "name") else {
            let question = json!({"user_name": form("What is your name?", "name", "string")});
            return Some(Ok(CallToolResponse::InputRequired(missing(question, None))));
        };
        name.clone()
    } else {
        Value::Object(request.arguments.clone().unwrap_or_default())
    };
    let options = TaskOptions::new().with_poll_interval_ms(POLL_MS);
    let task = fixture.tasks.spawn(options, |task| make(task, given));
    Some(Ok(CallToolResponse::Task(CreateTaskResult::new(task))))
}

fn knows_tasks(context: &RequestContext<RoleServer>) -> bool {
    context.client_capabilities().is_some_and(|it| it.supports_tasks())
}

fn seconds(given: &Value) -> Duration {
    Duration::from_secs(given.as_u64().unwrap_or(0))
}

async fn computed(task: TaskContext, given: Value) -> Result<CallToolResult, TaskExit> {
    tokio::select! {
        () = sleep(seconds(&given["seconds"])) => Ok(text("computed")),
        () = task.cancelled() => Err(TaskExit::Cancelled),
    }
}

async fn failed() -> Result<CallToolResult, TaskExit> {
    sleep(SHORT).await;
    Ok(CallToolResult::error(vec![ContentBlock::text("the job failed, as it always does")]))
}

async fn broken() -> Result<CallToolResult, TaskExit> {
    sleep(SHORT).await;
    Err(ErrorData::internal_error("the job broke, as it always does", None).into())
}

async fn confirmed(task: TaskContext, given: Value) -> Result<CallToolResult, TaskExit> {
    let question = form(&format!("Delete {}?", given["filename"]), "confirm", "boolean");
    let told = task.request_input("confirm", made(question)).await?;
    Ok(text(format!("answered: {}", told["action"])))
}

/// Both questions stand at once.
async fn asked_twice(task: TaskContext) -> Result<CallToolResult, TaskExit> {
    let ask = |key: &'static str, words: &str| {
        let question = made(form(words, key, "string"));
        let task = task.clone();
        async move { task.request_input(key, question).await }
    };
    let (name, reason) =
        tokio::try_join!(ask("name", "What is your name?"), ask("reason", "Why?"))?;
    Ok(text(format!("answered: {}, {}", name["action"], reason["action"])))
}

async fn greeted(name: Value) -> Result<CallToolResult, TaskExit> {
    sleep(SHORT).await;
    Ok(text(format!("Hello, {}!", name.as_str().unwrap_or("?"))))
}
