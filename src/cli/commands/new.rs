//! `prode new`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::OpError;
use crate::ops::new::{self, Draft, Offered, Options};
use crate::rendering::visible_line;

/// What `new` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without -o the kind and the title decide where it goes. Nothing is overwritten.\n\n\
    Example:\n  prode new --list\n  prode new runbook --title \"Queue is full\" --set services=billing-worker --edit"
)]
pub struct Args {
    /// Which template; see them with --list
    #[arg(value_name = "TEMPLATE", required_unless_present = "list")]
    template: Option<String>,
    /// List the templates instead
    #[arg(long)]
    list: bool,
    /// The document's title
    #[arg(long, value_name = "TITLE", allow_hyphen_values = true)]
    title: Option<String>,
    /// A value that the template asks for; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Where to write it
    #[arg(short, long, value_name = "PATH", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Open it in $VISUAL or $EDITOR afterwards
    #[arg(long)]
    edit: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let Some(template) = args.template.as_ref().filter(|_| !args.list) else {
        let listing = new::list(&workspace)?;
        context.give(form, &listing, |context, it| print_list(context, &it.templates));
        for problem in &listing.problems {
            context.ui.note(visible_line(problem));
        }
        return Ok(Outcome::Done);
    };
    let options = Options {
        template: template.clone(),
        title: args.title.clone(),
        values: values(&args.set)?,
        output: args.output.clone(),
    };
    let mut draft = new::draft(&workspace, options)?;
    ask(context, &mut draft)?;
    let answer = draft.write(&workspace, &context.current)?;
    context.give(form, &answer, |context, answer| context.ui.line(visible_line(&answer.path)));
    context.flush()?;
    if !answer.empty.is_empty() {
        context.ui.note(format!("still empty: {}", answer.empty.join(", ")));
    }
    if args.edit {
        edit(context, Path::new(&answer.file))?;
    }
    Ok(Outcome::Done)
}

fn print_list(context: &mut Context<'_>, templates: &[Offered]) {
    let row = |it: &Offered| {
        let from = it.path.clone().unwrap_or_else(|| "built in".to_owned());
        let about = it.description.clone();
        vec![(style::TITLE, it.name.clone()), (Style::new(), about), (style::FAINT, from)]
    };
    columns::print(context, templates.iter().map(row));
}

fn values(set: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let pair = |text: &String| match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.to_owned()))
        }
        _ => Err(Failure::Usage {
            message: format!("'{text}' is not KEY=VALUE"),
            hint: "write it so: --set KEY=VALUE".to_owned(),
        }),
    };
    set.iter().map(pair).collect()
}

/// Asks for what is missing where somebody sits at a terminal.
fn ask(context: &mut Context<'_>, draft: &mut Draft) -> Result<(), Failure> {
    for name in draft.missing()? {
        match context.ui.ask_text(&name) {
            Some(said) if !said.is_empty() => draft.say(&name, said),
            _ => return Ok(()),
        }
    }
    Ok(())
}

/// Runs the person's own editor; its words are split at spaces, as Git does.
fn edit(context: &mut Context<'_>, file: &Path) -> Result<(), Failure> {
    let Some(editor) = context.environment.editor.clone() else {
        context.ui.note("there is no editor: neither VISUAL nor EDITOR is set");
        return Ok(());
    };
    let mut words = editor.split_whitespace();
    let failed = |reason: String| OpError::File { path: editor.clone(), reason };
    let program = words.next().unwrap_or_default();
    let ended = Command::new(program).args(words).arg(file).status();
    let ended = ended.map_err(|error| failed(error.to_string()))?;
    if ended.success() { Ok(()) } else { Err(failed(format!("it ended with {ended}")).into()) }
}
