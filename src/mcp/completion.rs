//! What an argument of a template or a prompt may be, by what was typed of it.

use rmcp::model::{CompleteRequestParams, CompleteResult, CompletionInfo, Reference};

use super::error::CallError;
use super::prompts::PROMPTS;
use super::resources::{DECISION, FILE, MANIFEST, PAGE};
use crate::hint::nearest;
use crate::ops::resources::{Completed, Wanted, complete};
use crate::workspace::Workspace;

/// Characters that may have been typed.
const LONGEST: usize = 2_000;

/// Completes an argument; nothing where any text may stand.
pub(super) fn values(
    workspace: &Workspace,
    request: &CompleteRequestParams,
) -> Result<CompleteResult, CallError> {
    let typed = &request.argument.value;
    if typed.chars().count() > LONGEST {
        return Err(CallError::Argument {
            message: format!("the value has more than {LONGEST} characters"),
            hint: "nothing that there is begins so; type less".to_owned(),
        });
    }
    let completed = match wanted(request)? {
        Some(wanted) => complete(workspace, &wanted, typed)?,
        None => Completed::default(),
    };
    let has_more = completed.total > completed.values.len();
    let total = u32::try_from(completed.total).ok();
    let info = CompletionInfo::with_pagination(completed.values, total, has_more);
    Ok(CompleteResult::new(info.map_err(CallError::Defect)?))
}

/// What is asked for; `None` for an argument that takes any text.
fn wanted(request: &CompleteRequestParams) -> Result<Option<Wanted>, CallError> {
    let argument = request.argument.name.as_str();
    match &request.r#ref {
        Reference::Resource(template) => match (template.uri.as_str(), argument) {
            (PAGE, "path") => Ok(Some(Wanted::Path)),
            (DECISION, "number") => Ok(Some(Wanted::Number)),
            (MANIFEST | FILE, "name") => Ok(Some(Wanted::Skill)),
            (FILE, "file") => {
                let context = request.context.as_ref().and_then(|it| it.arguments.as_ref());
                let name = context.and_then(|given| given.get("name")).cloned();
                Ok(Some(Wanted::FileOf(name.unwrap_or_default())))
            }
            (PAGE | DECISION | MANIFEST | FILE, _) => Err(no_argument(argument)),
            _ => Err(CallError::Argument {
                message: "there is no such template".to_owned(),
                hint: format!("the templates are: {PAGE}, {DECISION}, {MANIFEST}, {FILE}"),
            }),
        },
        Reference::Prompt(prompt) => {
            let prompt = super::prompts::find(&prompt.name)?;
            let known = prompt.arguments.iter().any(|it| it.name == argument);
            if !known {
                return Err(no_argument(argument));
            }
            Ok(prompt.completes.contains(&argument).then_some(Wanted::Path))
        }
        _ => Err(CallError::Argument {
            message: "what is to be completed is neither a template nor a prompt".to_owned(),
            hint: "give ref/resource or ref/prompt".to_owned(),
        }),
    }
}

fn no_argument(typed: &str) -> CallError {
    let prompts = PROMPTS.iter().flat_map(|prompt| prompt.arguments).map(|it| it.name);
    let known = ["path", "number", "name", "file"].into_iter().chain(prompts);
    let shown: String = typed.chars().filter(|it| !it.is_control()).take(60).collect();
    let hint = match nearest(&shown, known) {
        Some(near) if near != shown => format!("did you mean '{near}'?"),
        _ => "take it from the template or the prompt".to_owned(),
    };
    CallError::Argument { message: format!("there is no argument '{shown}' there"), hint }
}
