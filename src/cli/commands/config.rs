//! `prode config`

use anstyle::Style;
use clap::Subcommand;
use serde_json::Value;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::hint::nearest;
use crate::ops::OpError;
use crate::ops::allowed;
use crate::ops::config::{self, Answer, Setting};
use crate::rendering::visible_line;

/// What `config` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode config list --origin\n  prode config get routing.budget")]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every setting in force; secrets as <set>
    #[command(after_help = "Example:\n  prode config list --origin")]
    List {
        /// Say where each value comes from
        #[arg(long)]
        origin: bool,
        /// Show settings that nothing sets, too
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        revision: RevisionArgs,
    },
    /// Show the commands that the repository wants to run, and allow them here
    #[command(after_help = "Example:\n  prode config allow")]
    Allow {
        /// Allow them without being asked
        #[arg(long)]
        yes: bool,
    },
    /// One setting's value
    #[command(after_help = "Example:\n  prode config get routing.budget")]
    Get {
        /// Its dotted name
        key: String,
        #[command(flatten)]
        revision: RevisionArgs,
    },
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let revision = match &args.what {
        What::List { revision, .. } | What::Get { revision, .. } => revision,
        What::Allow { yes } => return allow(context, form, *yes),
    };
    let answer = config::run(&context.workspace()?, &revision.asked())?;
    match &args.what {
        What::List { origin, all, .. } => {
            context.give(form, &answer, |context, answer| list(context, answer, *origin, *all));
        }
        What::Get { key, .. } => {
            let found = get(&answer, key)?;
            let alone = Answer { values: vec![found.clone()], ..answer.clone() };
            context.give(form, &alone, |context, _| {
                context.ui.line(visible_line(&text(&found.value)));
            });
        }
        What::Allow { .. } => {}
    }
    context.flush()?;
    for trouble in &answer.problems {
        context.ui.note(visible_line(&trouble.line_of_text()));
    }
    Ok(Outcome::Done)
}

/// Shows what the repository suggests, and remembers a person's yes.
fn allow(context: &mut Context<'_>, form: Form, yes: bool) -> Result<Outcome, Failure> {
    let workspace = context.workspace()?;
    let shown = allowed::suggested(&workspace)?;
    if form == Form::Text {
        for command in &shown.commands {
            context.ui.line(visible_line(command));
        }
    }
    if shown.allowed {
        context.ui.note(match shown.commands.as_slice() {
            [] => "the repository suggests no command",
            _ => "these commands are allowed here",
        });
    }
    let is_allowed = shown.allowed
        || yes
        || context.ui.ask("let runs execute these commands on this machine?").unwrap_or(false);
    if !is_allowed {
        return Err(OpError::Waiting {
            message: "nobody allowed these commands".to_owned(),
            hint: "read them, then: prode config allow --yes".to_owned(),
        }
        .into());
    }
    let now = if shown.allowed { shown } else { allowed::remember(&workspace, &shown)? };
    if form == Form::Json {
        context.ui.json(&now);
    }
    Ok(Outcome::Done)
}

fn list(context: &mut Context<'_>, answer: &Answer, with_origin: bool, with_unset: bool) {
    let shown = answer.values.iter().filter(|it| with_unset || !it.value.is_null());
    let row = |it: &Setting| {
        let mut cells = vec![(style::TITLE, it.key.clone()), (Style::new(), text(&it.value))];
        if with_origin {
            cells.push((style::FAINT, it.origin.clone()));
        }
        cells
    };
    columns::print(context, shown.map(row));
}

fn get<'a>(answer: &'a Answer, key: &str) -> Result<&'a Setting, Failure> {
    let found = answer.values.iter().find(|it| it.key == key);
    found.ok_or_else(|| {
        let hint = match nearest(key, answer.values.iter().map(|it| it.key.as_str())) {
            Some(near) => format!("did you mean '{near}'?"),
            None => "see every key: prode config list --all".to_owned(),
        };
        OpError::Invalid { message: format!("there is no setting '{key}'"), hint }.into()
    })
}

/// A value as one would write it in a flow of YAML; `-` where nothing sets it.
fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
