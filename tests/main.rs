//! The one integration binary; names every module.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod adr;
#[cfg(unix)]
mod adr_tools;
#[cfg(unix)]
mod approvals;
mod architecture;
mod audit;
mod ci_files;
mod cli;
mod document;
#[cfg(unix)]
mod forge;
mod freshness;
mod git;
mod inbox;
mod lookups;
mod mcp;
mod memories;
mod moving;
#[cfg(unix)]
mod postgres;
#[cfg(unix)]
mod promotion;
mod proofs;
mod redaction;
mod rendering;
mod review;
mod self_lint;
#[cfg(unix)]
mod serve;
#[cfg(unix)]
mod site;
mod sop;
mod store;
#[allow(dead_code, reason = "every test takes what it needs")]
mod support;
mod tracker;
mod triage;
#[cfg(unix)]
mod web;
