//! One file per command, one row each.

#[macro_use]
mod table;

mod adr;
mod approvals;
mod approve;
mod archive;
mod audit;
mod blame;
mod cite;
mod completions;
mod config;
mod diff;
mod dismiss;
mod doctor;
mod eval;
mod finding;
mod graph;
mod hook;
mod inbox;
mod index;
mod init;
mod links;
mod lint;
mod list;
mod log;
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
mod serve;
mod show;
mod site;
mod skill;
mod triage;
mod usage;

use clap::Subcommand;

use super::context::Context;
use super::deferred::Deferred;
use super::{Failure, Outcome};

commands! {
    /// Set up a memory here, or say what was found of one
    Init = init;
    /// Bring the index up to date, and say what it holds
    Index = index;
    /// Find pages by words: ranked sections with citations
    Query = query;
    /// From a ticket to the few pages and sections worth reading
    Route = route;
    /// The runbook for an alert, ready to follow
    Runbook = runbook;
    /// Show a page, a section, a decision, a skill, a template, a learning or a finding
    Show = show;
    /// List pages: path, kind, status, review, owner, title
    List = list;
    /// Where a page leads, and what leads to it
    Links = links;
    /// The link graph: orphans, hubs, chains of decisions; as a picture too
    Graph = graph;
    /// Who changed a page or a section, when and why, through renames
    Log = log;
    /// Who wrote each line of a page or a section
    Blame = blame;
    /// What changed of a page or a section since a revision
    Diff = diff;
    /// Decisions: list, make, accept, supersede, link, renumber
    Adr = adr;
    /// Check citations: still there, changed, moved, superseded, stale
    Cite = cite;
    /// Make a page, a decision or a skill from a template
    New = new;
    /// Give a page or a folder a new path; every link follows
    Mv = mv;
    /// Record that a person read pages and found them true
    Review = review;
    /// Keep a page that nobody maintains, and stop answering with it
    Archive = archive;
    /// Let a finding of an audit stand, and say why
    Dismiss = dismiss;
    /// Skills: list, show, validate, make, pack, install, verify
    Skill = skill;
    /// Find what is wrong, and mend what is safe to mend
    Lint = lint;
    /// What has rotted, by evidence: drift, owners, links, reviews; what settles each
    Audit = audit;
    /// Which pages answers led to on this machine: counts, marks, forgetting them
    Usage = usage;
    /// Run route tests and judged questions
    Eval = eval;
    /// Hide secrets, identifiers and copied data in a text
    Redact = redact;
    /// Candidate learnings: add, list, show, edit, reject, sync, purge
    Inbox = inbox;
    /// Turn a learning into a branch for its page's owners: diff, lint, route tests
    Promote = promote;
    /// Proposals: list, show, diff, refresh, merge, close
    Proposal = proposal;
    /// Feedback, closed by evidence: add, list, show, classify, close, reject
    Finding = finding;
    /// Read exactly what is asked for, and sign it; only a person at a terminal can
    Approve = approve;
    /// Approvals: enter the first signer, list, show, verify, revoke, share
    Approvals = approvals;
    /// Work on tickets: run, list, show, resume, decide, verify, export, freeze, prompt, sop, examples
    Triage = triage;
    /// prode's part in Git's hooks: install, run
    Hook = hook;
    /// Look at everything prode stands on, and say what to repair
    Doctor = doctor;
    /// Print JSON Schemas of settings and answers
    Schema = schema;
    /// Show settings and where each comes from
    Config = config;
    /// Serve the memory to agents over the Model Context Protocol
    Mcp = mcp;
    /// Serve the memory over HTTP: the protocol at /mcp, health, readiness, metrics, tokens
    Serve = serve;
    /// Write the memory as a folder of plain files, for any host or none
    Site = site;
    /// Print a script that completes commands, pages and decisions in a shell
    Completions = completions;
    /// Print or write manual pages
    Man = man;
}
