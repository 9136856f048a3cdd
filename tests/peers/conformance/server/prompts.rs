//! Prompts.

use rmcp::ErrorData;
use rmcp::model::{
    ContentBlock, GetPromptRequestParams, GetPromptResponse, GetPromptResult, Prompt,
    PromptMessage, Role,
};
use serde_json::json;

use crate::content::{embedded, image, made};
use crate::rounds::{filled, form, missing};

pub(crate) fn definitions() -> Vec<Prompt> {
    let argument =
        |name: &str| json!({"name": name, "description": "An argument", "required": true});
    made(json!([
        {"name": "test_simple_prompt", "description": "Text"},
        {
            "name": "test_prompt_with_arguments",
            "description": "Text with two arguments",
            "arguments": [argument("arg1"), argument("arg2")],
        },
        {
            "name": "test_prompt_with_embedded_resource",
            "description": "A resource, and text",
            "arguments": [argument("resourceUri")],
        },
        {"name": "test_prompt_with_image", "description": "A picture, and text"},
        {"name": "test_input_required_result_prompt", "description": "Asks before it answers"},
    ]))
}

pub(crate) fn get(request: &GetPromptRequestParams) -> Result<GetPromptResponse, ErrorData> {
    let given = |name: &str| {
        let value = request.arguments.as_ref().and_then(|given| given.get(name)?.as_str());
        let message = format!("the argument '{name}' is missing");
        value.ok_or_else(|| ErrorData::invalid_params(message, None))
    };
    let contents = match request.name.as_str() {
        "test_simple_prompt" => vec![ContentBlock::text("This is a simple prompt for testing.")],
        "test_prompt_with_arguments" => {
            let (first, second) = (given("arg1")?, given("arg2")?);
            let words = format!("Prompt with arguments: arg1='{first}', arg2='{second}'");
            vec![ContentBlock::text(words)]
        }
        "test_prompt_with_embedded_resource" => vec![
            embedded(given("resourceUri")?, "text/plain", "Embedded resource content for testing."),
            ContentBlock::text("Please process the embedded resource above."),
        ],
        "test_prompt_with_image" => {
            vec![image(), ContentBlock::text("Please analyze the image above.")]
        }
        "test_input_required_result_prompt" => {
            let responses = request.input_responses.as_ref();
            let Some(context) = filled(responses, "user_context", "context") else {
                let question = form("What context should the prompt use?", "context", "string");
                let asked = missing(json!({"user_context": question}), None);
                return Ok(GetPromptResponse::InputRequired(asked));
            };
            vec![ContentBlock::text(format!("The context is {context}"))]
        }
        name => {
            return Err(ErrorData::invalid_params(format!("there is no prompt '{name}'"), None));
        }
    };
    let message = |content| PromptMessage::new(Role::User, content);
    Ok(GetPromptResult::new(contents.into_iter().map(message).collect()).into())
}
