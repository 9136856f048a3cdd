//! The operational memory of a production team and its agents, kept in Git.
//!
//! This page is the map of the code. Modules stand in reading order; each one
//! imports only what stands above it, and `tests/architecture.rs` holds that.
//!
//! 0. Words that everything uses, values without IO: [`ids`], [`repo_path`],
//!    [`diagnostic`], [`hint`], [`clock`], [`yaml`].
//! 1. The model, pure and deterministic: [`document`] turns bytes into
//!    sections and links; [`adr`] and [`skill`] read the two kinds of document
//!    that have rules of their own, [`template`] the rules of every other kind;
//!    [`corpus`] knows what a tree of documents
//!    means; [`routing`] ranks pages for a question or a ticket; [`promotion`]
//!    shows a change as people review it, [`rendering`] shows Markdown to readers.
//! 2. Gateways, each owns one thing outside: [`config`], [`git`], [`index`].
//! 3. [`workspace`] opens them together, [`ops`] holds one file per operation,
//!    and the adapters [`cli`] and [`mcp`] translate.

pub mod clock;
pub mod diagnostic;
pub mod hint;
pub mod ids;
pub mod repo_path;
pub mod yaml;

pub mod document;

pub mod adr;
pub mod skill;
pub mod template;

pub mod corpus;

pub mod routing;

pub mod promotion;
pub mod rendering;

pub mod config;
pub mod git;
pub mod index;

pub mod workspace;

pub mod ops;

pub mod cli;
pub mod mcp;
