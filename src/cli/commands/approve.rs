//! `prode approve`

use std::fs;
use std::path::PathBuf;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::terminal::Terminal;
use crate::cli::{Failure, Outcome};
use crate::ops::OpError;
use crate::ops::approvals::{self, Answer, Named};
use crate::ops::counted;

/// What `approve` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "You read the exact subject, type digits of its digest, and sign with \
    your SSH key.\nNo option, variable or setting does it for you.\n\n\
    Example:\n  prode approve L-3f2a91c07be4\n  prode approve topic/new-policy --action policy\n  \
    prode approve requests/fix-ledger.json --key ~/.ssh/id_ed25519_sk.pub")]
pub struct Args {
    /// A proposal (L-…), what a run asks for (R-…:action:1), a branch, or a request document that ends in .json
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// For what, where the subject does not say it itself, such as policy
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Your key, or its public part where an agent holds it [default: Git's user.signingkey]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    key: Option<PathBuf>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let mut terminal = Terminal::open()?;
    let document = document(context, &args.subject)?;
    let named = match &document {
        Some(bytes) => Named::Document(&args.subject, bytes),
        None => Named::Revision(&args.subject),
    };
    let workspace = context.workspace()?;
    let key = args.key.as_ref().map(|file| context.current.join(file));
    let action = args.action.as_deref();
    let answer = approvals::approve(&workspace, named, action, key.as_deref(), &mut terminal)?;
    context.give(form, &answer, tell);
    Ok(Outcome::Done)
}

/// The bytes of a request; `None` where a revision is meant.
fn document(context: &Context<'_>, subject: &str) -> Result<Option<Vec<u8>>, OpError> {
    let is_document = std::path::Path::new(subject)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if !is_document {
        return Ok(None);
    }
    let read = fs::read(context.current.join(subject)).map(Some);
    read.map_err(|error| OpError::File { path: subject.to_owned(), reason: error.to_string() })
}

fn tell(context: &mut Context<'_>, answer: &Answer) {
    let own = if answer.own { ", self" } else { "" };
    let rows = vec![
        ("approved", format!("{} of {}", answer.action, answer.subject)),
        ("by", format!("{} ({}{own})", answer.approver, answer.strength)),
        ("until", answer.until.to_string()),
        ("id", answer.id.clone()),
    ];
    columns::print_named(context, rows);
    if !answer.approved {
        let needed = counted(answer.needed as usize, "approval");
        context.ui.note(format!("{} of {needed}: {}", answer.found, answer.missing.join("; ")));
    }
}
