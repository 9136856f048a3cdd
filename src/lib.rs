//! The operational memory of a production team and its agents, kept in Git.
//!
//! This page is the map of the code. Modules stand in reading order; each one
//! imports only what stands above it, and `tests/architecture.rs` holds that.
//!
//! 0. Words that everything uses, values without IO: [`ids`], [`repo_path`],
//!    [`diagnostic`], [`hint`], [`clock`], [`yaml`], [`canonical`], [`chain`], [`run_id`]; and [`redaction`],
//!    which turns text into text that may leave.
//! 1. The model, pure and deterministic: [`document`] turns bytes into
//!    sections and links; [`approval`] judges what a person signed, [`allowance`] which finding
//!    of redaction may stand; [`adr`] and [`skill`] read the two kinds of document
//!    that have rules of their own, [`template`] the rules of every other kind,
//!    [`review`] what a person looked at;
//!    [`corpus`] knows what a tree of documents means, [`sop`] what a procedure asks for and how
//!    far a run of it is; [`lint`] says what is
//!    wrong in it; [`renaming`] says what follows a file to its new path;
//!    [`routing`] ranks pages for a question or a ticket; [`audit`] says what has rotted, [`promotion`]
//!    shows a change as people review it, [`rendering`] shows Markdown to readers;
//!    [`triage`] takes a ticket and evidence to a decision.
//! 2. Gateways, each owns one thing outside: [`aws`], [`call_log`], [`changes`], [`config`], [`edits`], [`forge`], [`fts5`], [`git`],
//!    [`index`], [`postgres`], [`sentry`], [`signing`], [`specialist`], [`store`], [`tokens`], [`tracker`], [`usage`], [`vendor`]; what they run, they run through
//!    [`program`], what they ask over the network through [`http`], and how databases are spoken to [`database`] decides.
//! 3. [`workspace`] opens them together, [`ops`] holds one file per operation,
//!    and the adapters [`cli`] and [`mcp`] translate; [`web`] makes pages for people, [`site`]
//!    writes them to files, and [`serve`] is [`mcp`] and [`web`] over HTTP. Beside them stands
//!    [`adr_tools`]: what the program does when it is called as `adr`.

// A crate that the library never names is one too many. Tests see those of
// tests as well, so they cannot tell.
#![cfg_attr(not(test), warn(unused_crate_dependencies))]

pub mod canonical;
pub mod chain;
pub mod clock;
pub mod diagnostic;
pub mod hint;
pub mod ids;
pub mod redaction;
pub mod repo_path;
pub mod run_id;
pub mod yaml;

pub mod allowance;
pub mod approval;
pub mod document;

pub mod adr;
pub mod review;
pub mod skill;
pub mod template;

pub mod corpus;
pub mod sop;

pub mod inbox;
pub mod lint;
pub mod renaming;
pub mod routing;

pub mod audit;
pub mod promotion;
pub mod rendering;
pub mod triage;

pub mod database;
pub mod held;
pub mod http;
pub mod program;

pub mod aws;
pub mod call_log;
pub mod captures;
pub mod changes;
pub mod config;
pub mod edits;
pub mod forge;
pub mod fts5;
pub mod git;
pub mod index;
pub mod postgres;
pub mod sentry;
pub mod signing;
pub mod specialist;
pub mod store;
pub mod telemetry;
pub mod tokens;
pub mod tracker;
pub mod usage;
pub mod vendor;

pub mod workspace;

pub mod ops;

pub mod adr_tools;
pub mod web;

pub mod site;

pub mod cli;
pub mod mcp;
pub mod serve;
