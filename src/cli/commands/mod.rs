//! One file per command, one row each.

mod adr;
mod approvals;
mod approve;
mod archive;
mod audit;
mod cite;
mod completions;
mod config;
mod dismiss;
mod doctor;
mod eval;
mod finding;
mod hook;
mod inbox;
mod index;
mod init;
mod links;
mod lint;
mod list;
mod man;
mod mcp;
mod mv;
mod new;
mod promote;
mod proposal;
mod query;
mod redact;
mod review;
mod route;
mod runbook;
mod schema;
mod show;
mod skill;
mod triage;
mod usage;

use clap::Subcommand;

use super::context::Context;
use super::deferred::Deferred;
use super::{Failure, Outcome};

/// All commands, in the order in which help shows them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set up a memory here, or say what was found of one
    Init(Deferred<init::Args>),
    /// Bring the index up to date, and say what it holds
    Index(Deferred<index::Args>),
    /// Find pages by words: ranked sections with citations
    Query(Deferred<query::Args>),
    /// From a ticket to the few pages and sections worth reading
    Route(Deferred<route::Args>),
    /// The runbook for an alert, ready to follow
    Runbook(Deferred<runbook::Args>),
    /// Show a page, a section, a decision, a skill, a template, a learning or a finding
    Show(Deferred<show::Args>),
    /// List pages: path, kind, status, review, owner, title
    List(Deferred<list::Args>),
    /// Where a page leads, and what leads to it
    Links(Deferred<links::Args>),
    /// Decisions: list, make, accept, supersede, link, renumber
    Adr(Deferred<adr::Args>),
    /// Check citations: still there, changed, moved, superseded, stale
    Cite(Deferred<cite::Args>),
    /// Make a page, a decision or a skill from a template
    New(Deferred<new::Args>),
    /// Give a page or a folder a new path; every link follows
    Mv(Deferred<mv::Args>),
    /// Record that a person read pages and found them true
    Review(Deferred<review::Args>),
    /// Keep a page that nobody maintains, and stop answering with it
    Archive(Deferred<archive::Args>),
    /// Let a finding of an audit stand, and say why
    Dismiss(Deferred<dismiss::Args>),
    /// Skills: list, show, validate, make, pack, install, verify
    Skill(Deferred<skill::Args>),
    /// Find what is wrong, and mend what is safe to mend
    Lint(Deferred<lint::Args>),
    /// What has rotted, by evidence: drift, owners, links, reviews; what settles each
    Audit(Deferred<audit::Args>),
    /// Which pages answers led to on this machine: counts, marks, forgetting them
    Usage(Deferred<usage::Args>),
    /// Run route tests and judged questions
    Eval(Deferred<eval::Args>),
    /// Hide secrets, identifiers and copied data in a text
    Redact(Deferred<redact::Args>),
    /// Candidate learnings: add, list, show, edit, reject, sync, purge
    Inbox(Deferred<inbox::Args>),
    /// Turn a learning into a branch for its page's owners: diff, lint, route tests
    Promote(Deferred<promote::Args>),
    /// Proposals: list, show, diff, refresh, merge, close
    Proposal(Deferred<proposal::Args>),
    /// Feedback, closed by evidence: add, list, show, classify, close, reject
    Finding(Deferred<finding::Args>),
    /// Read exactly what is asked for, and sign it; only a person at a terminal can
    Approve(Deferred<approve::Args>),
    /// Approvals: enter the first signer, list, show, verify, revoke, share
    Approvals(Deferred<approvals::Args>),
    /// Work on tickets: run, list, show, resume, decide, verify, export, freeze, prompt, sop, examples
    Triage(Deferred<triage::Args>),
    /// prode's part in Git's hooks: install, run
    Hook(Deferred<hook::Args>),
    /// Look at everything prode stands on, and say what to repair
    Doctor(Deferred<doctor::Args>),
    /// Print JSON Schemas of settings and answers
    Schema(Deferred<schema::Args>),
    /// Show settings and where each comes from
    Config(Deferred<config::Args>),
    /// Serve the memory to agents over the Model Context Protocol
    Mcp(Deferred<mcp::Args>),
    /// Print a script that completes commands, pages and decisions in a shell
    Completions(Deferred<completions::Args>),
    /// Print or write manual pages
    Man(Deferred<man::Args>),
}

impl Command {
    pub(super) fn run(&self, context: &mut Context<'_>) -> Result<Outcome, Failure> {
        match self {
            Self::Init(Deferred(args)) => init::run(context, args),
            Self::Index(Deferred(args)) => index::run(context, args),
            Self::Query(Deferred(args)) => query::run(context, args),
            Self::Route(Deferred(args)) => route::run(context, args),
            Self::Runbook(Deferred(args)) => runbook::run(context, args),
            Self::Show(Deferred(args)) => show::run(context, args),
            Self::List(Deferred(args)) => list::run(context, args),
            Self::Links(Deferred(args)) => links::run(context, args),
            Self::Adr(Deferred(args)) => adr::run(context, args),
            Self::Cite(Deferred(args)) => cite::run(context, args),
            Self::New(Deferred(args)) => new::run(context, args),
            Self::Mv(Deferred(args)) => mv::run(context, args),
            Self::Review(Deferred(args)) => review::run(context, args),
            Self::Archive(Deferred(args)) => archive::run(context, args),
            Self::Dismiss(Deferred(args)) => dismiss::run(context, args),
            Self::Skill(Deferred(args)) => skill::run(context, args),
            Self::Lint(Deferred(args)) => lint::run(context, args),
            Self::Audit(Deferred(args)) => audit::run(context, args),
            Self::Usage(Deferred(args)) => usage::run(context, args),
            Self::Eval(Deferred(args)) => eval::run(context, args),
            Self::Redact(Deferred(args)) => redact::run(context, args),
            Self::Inbox(Deferred(args)) => inbox::run(context, args),
            Self::Promote(Deferred(args)) => promote::run(context, args),
            Self::Proposal(Deferred(args)) => proposal::run(context, args),
            Self::Finding(Deferred(args)) => finding::run(context, args),
            Self::Approve(Deferred(args)) => approve::run(context, args),
            Self::Approvals(Deferred(args)) => approvals::run(context, args),
            Self::Triage(Deferred(args)) => triage::run(context, args),
            Self::Hook(Deferred(args)) => hook::run(context, args),
            Self::Doctor(Deferred(args)) => doctor::run(context, args),
            Self::Schema(Deferred(args)) => schema::run(context, args),
            Self::Config(Deferred(args)) => config::run(context, args),
            Self::Mcp(_) => mcp::run(context),
            Self::Completions(Deferred(args)) => completions::run(context, args),
            Self::Man(Deferred(args)) => man::run(context, args),
        }
    }
}
