//! `prode hook`

use std::io::{IsTerminal, Read};

use anstyle::Style;
use clap::Subcommand;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::OpError;
use crate::ops::hook::{self, Answer, Call, HOOKS, InstallAnswer, Level, State};
use crate::rendering::visible_line;

/// What `hook` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode hook install\n  \
    prode hook install --hook pre-push\n  \
    prode hook run pre-commit")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Put hooks where Git looks for them; one that is there is kept and runs first
    #[command(after_help = "Example:\n  prode hook install\n  prode hook install --hook pre-push")]
    Install {
        /// Which hook; may be repeated [default: pre-commit and commit-msg]
        #[arg(long, value_name = "NAME", value_parser = HOOKS.iter().map(|it| it.name).collect::<Vec<_>>())]
        hook: Vec<String>,
    },
    /// Do what a hook does: judge what is staged, a message, what is pushed
    #[command(after_help = "Example:\n  prode hook run pre-commit\n  \
        prode hook run commit-msg .git/COMMIT_EDITMSG")]
    Run {
        /// Which hook
        name: String,
        /// What Git hands to it
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        words: Vec<String>,
    },
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    match &args.action {
        Action::Install { hook } => install(context, hook, form),
        Action::Run { name, words } => judge(context, name, words, form),
    }
}

fn install(context: &mut Context<'_>, names: &[String], form: Form) -> Result<Outcome, Failure> {
    let answer = hook::install(&context.workspace()?, names)?;
    context.give(form, &answer, print_hooks);
    Ok(Outcome::Done)
}

fn print_hooks(context: &mut Context<'_>, answer: &InstallAnswer) {
    let mut rows = Vec::new();
    for it in &answer.hooks {
        let state = match it.state {
            State::Created => "created",
            State::Renewed => "renewed",
            State::Kept => "kept",
        };
        let more = it.chained.as_ref().map(|path| format!("after {path}"));
        rows.push(vec![
            (style::TITLE, state.to_owned()),
            (style::PATH, it.path.clone()),
            (Style::new(), more.unwrap_or_default()),
        ]);
    }
    columns::print(context, rows);
    context.ui.line("");
    for it in &answer.hooks {
        context.ui.line(format!("{} {}", styled(style::TITLE, "undo:"), visible_line(&it.undo)));
    }
}

fn judge(
    context: &mut Context<'_>,
    name: &str,
    words: &[String],
    form: Form,
) -> Result<Outcome, Failure> {
    let call = Call { words: words.to_vec(), input: input(name)? };
    let answer = hook::run(&context.workspace()?, name, &call)?;
    context.give(form, &answer, print_findings);
    for note in &answer.notes {
        context.ui.note(visible_line(note));
    }
    if answer.errors == 0 {
        return Ok(Outcome::Done);
    }
    context.flush()?;
    context.ui.note(match name {
        "pre-receive" => {
            "mend it, commit and push again; to look before a push: prode lint --against"
        }
        "pre-push" => "mend it and push again, or go on without hooks: git push --no-verify",
        "commit-msg" => "take it out of the message and commit again; nothing was committed",
        _ => "mend it and stage it again, or go on without hooks: git commit --no-verify",
    });
    Ok(if answer.undecided > 0 { Outcome::Undecided } else { Outcome::Found })
}

/// Only pushes have lines for their hooks.
fn input(name: &str) -> Result<String, OpError> {
    let mut bytes = Vec::new();
    if matches!(name, "pre-push" | "pre-receive") && !std::io::stdin().is_terminal() {
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| OpError::File {
            path: "standard input".to_owned(),
            reason: error.to_string(),
        })?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn print_findings(context: &mut Context<'_>, answer: &Answer) {
    for it in &answer.findings {
        let (look, level) = match it.level {
            Level::Error => (style::ERROR, "error"),
            Level::Warning => (style::WARNING, "warning"),
        };
        let place = format!("{}:{}", visible_line(&it.path), it.line);
        context.ui.line(format!(
            "{} {}  {} ({})",
            styled(look, format!("{level}:")),
            styled(style::PATH, place),
            visible_line(&it.message),
            it.rule
        ));
    }
}
