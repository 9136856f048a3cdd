//! `prode approvals init`

use std::path::PathBuf;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::approvals::{self, InitAnswer};

/// What `approvals init` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode approvals init --key ~/.ssh/id_ed25519_sk.pub\n  \
    git add .prode && git commit -m 'approvals: the first signer'")]
pub struct Args {
    /// The key, or its public part [default: Git's user.signingkey]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    key: Option<PathBuf>,
    /// Whose it is [default: Git's user.email]
    #[arg(long = "as", value_name = "NAME")]
    principal: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let key = args.key.as_ref().map(|file| context.current.join(file));
    let workspace = context.workspace()?;
    let answer = approvals::init(&workspace, args.principal.as_deref(), key.as_deref())?;
    context.give(form, &answer, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &InitAnswer) {
    let kind = if answer.hardware { "hardware key" } else { "software key: weak" };
    let rows = vec![
        ("wrote", answer.path.clone()),
        ("signer", answer.principal.clone()),
        ("key", format!("{} ({kind})", answer.fingerprint)),
    ];
    columns::print_named(context, rows);
    context.ui.note("it counts once it is on the trunk: git add .prode && git commit");
}
