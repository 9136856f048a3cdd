//! Tools that answer at once, and those that tell something on the way.

use std::time::Duration;

use rmcp::ErrorData;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, ContentBlock,
    LoggingLevel, LoggingMessageNotificationParam, ProgressNotificationParam, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use tokio::time::sleep;

use crate::content::{WAV, embedded, image, text};
use crate::fixture::{Change, Fixture};

/// Between two things that are told.
const PAUSE: Duration = Duration::from_millis(50);

/// All tools, of every module.
pub(crate) fn definitions() -> Vec<Tool> {
    serde_json::from_str(include_str!("tools.json")).unwrap()
}

/// The answer of a tool of this module.
pub(crate) async fn answer(
    fixture: &Fixture,
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Option<Result<CallToolResponse, ErrorData>> {
    if request.name == "test_missing_capability" {
        return Some(with_sampling(context));
    }
    let answer = match request.name.as_ref() {
        "test_tool_with_progress" => progress(context).await,
        // The older revision: every request may be told of.
        "test_tool_with_logging" => logging(context).await,
        // The newer: only a request that names a level is.
        "test_logging_tool" => match context.meta.log_level() {
            Some(_) => logging(context).await,
            None => text("nothing was logged"),
        },
        "test_trigger_tool_change" => changed(fixture, Change::Tools),
        "test_trigger_prompt_change" => changed(fixture, Change::Prompts),
        name => plain(name)?,
    };
    Some(Ok(answer.into()))
}

fn plain(name: &str) -> Option<CallToolResult> {
    let success = CallToolResult::success;
    Some(match name {
        "test_simple_text" => text("This is a simple text response for testing."),
        "test_image_content" => success(vec![image()]),
        "test_audio_content" => success(vec![ContentBlock::audio(WAV, "audio/wav")]),
        "test_embedded_resource" => success(vec![embedded(
            "test://embedded-resource",
            "text/plain",
            "This is an embedded resource content.",
        )]),
        "test_multiple_content_types" => success(vec![
            ContentBlock::text("Multiple content types test:"),
            image(),
            embedded(
                "test://mixed-content-resource",
                "application/json",
                r#"{"test":"data","value":123}"#,
            ),
        ]),
        "test_error_handling" => CallToolResult::error(vec![ContentBlock::text(
            "This tool intentionally returns an error for testing",
        )]),
        "test_custom_header" | "test_reconnection" | "json_schema_2020_12_tool" => text("taken"),
        _ => return None,
    })
}

/// Only for a client that says it could be asked.
fn with_sampling(context: &RequestContext<RoleServer>) -> Result<CallToolResponse, ErrorData> {
    if context.client_capabilities().is_some_and(|it| it.sampling.is_some()) {
        return Ok(text("the client can be asked").into());
    }
    let wanted = ClientCapabilities::builder().enable_sampling().build();
    Err(ErrorData::missing_required_client_capability(wanted))
}

async fn progress(context: &RequestContext<RoleServer>) -> CallToolResult {
    let token = context.meta.get_progress_token();
    for done in [0.0, 50.0, 100.0] {
        if let Some(token) = token.clone() {
            let told = ProgressNotificationParam::new(token, done).with_total(100.0);
            // Who went away is told nothing.
            let _ = context.peer.notify_progress(told).await;
        }
        sleep(PAUSE).await;
    }
    text("done")
}

async fn logging(context: &RequestContext<RoleServer>) -> CallToolResult {
    for line in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
        let told = LoggingMessageNotificationParam::new(LoggingLevel::Info, line.into());
        let _ = context.peer.notify_logging_message(told).await;
        sleep(PAUSE).await;
    }
    text("logged")
}

fn changed(fixture: &Fixture, change: Change) -> CallToolResult {
    // Nobody listens: then nobody is told.
    let told = fixture.changes.send(change).unwrap_or(0);
    text(format!("{told} streams were told"))
}
