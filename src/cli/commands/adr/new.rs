//! `prode adr new`

use super::change;
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::adr::new::{self, NewLink};

/// What `adr new` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The number is above every one that was ever used in any branch, work tree \
    or deleted file.\nIn a Nygard log the decision is accepted, and -s marks both sides at once; \
    in other logs it is proposed,\nand what it supersedes gives way when it is accepted.\n\n\
    Example:\n  prode adr new 'Use PostgreSQL for the ledger'\n  \
    prode adr new Use PostgreSQL -s 4 -l '7:Amends:Amended by'\n  \
    prode adr new 'Two-way sync' --log services/billing/adr --template madr"
)]
pub(super) struct Args {
    /// What is decided; several words need no quotes
    #[arg(value_name = "TITLE", required = true)]
    title: Vec<String>,
    /// A decision that this one supersedes; may be repeated
    #[arg(short, long = "supersedes", value_name = "N")]
    supersede: Vec<String>,
    /// A link and what the other one says; may be repeated
    #[arg(short, long = "link", value_name = "N:LINK:REVERSE")]
    link: Vec<String>,
    /// nygard, madr, log4brains, backlog, or a template of this repository
    #[arg(long, value_name = "T")]
    template: Option<String>,
    /// The folder of the log
    #[arg(long, value_name = "ROOT")]
    log: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let links = args.link.iter().map(|text| link(text)).collect::<Result<_, _>>()?;
    let options = new::Options {
        title: args.title.join(" "),
        supersedes: args.supersede.clone(),
        links,
        template: args.template.clone(),
        log: args.log.clone(),
    };
    let workspace = context.workspace()?;
    let made = new::run(&workspace, &options)?;
    context.give(form, &made, change::told);
    Ok(Outcome::Done)
}

fn link(text: &str) -> Result<NewLink, Failure> {
    let parts: Vec<&str> = text.splitn(3, ':').map(str::trim).collect();
    match parts.as_slice() {
        [other, relation, reverse] if parts.iter().all(|part| !part.is_empty()) => Ok(NewLink {
            other: (*other).to_owned(),
            relation: (*relation).to_owned(),
            reverse: (*reverse).to_owned(),
        }),
        _ => Err(Failure::Usage {
            message: format!("'{text}' is no link"),
            hint: "write N:LINK:REVERSE, such as '7:Amends:Amended by'".to_owned(),
        }),
    }
}
