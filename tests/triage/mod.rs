//! Triage: from a ticket to a decision that anybody can work out again.

#![allow(clippy::print_stdout, reason = "tables are for the reader")]
#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a test function")]

#[cfg(unix)]
mod aws;
#[cfg(unix)]
mod budgets;
#[cfg(unix)]
mod chaos;
#[cfg(unix)]
mod desk;
#[cfg(unix)]
mod examples;
#[cfg(unix)]
mod fleet;
#[cfg(unix)]
mod forging;
mod gate;
#[cfg(unix)]
mod injections;
#[cfg(unix)]
mod kills;
#[cfg(unix)]
mod leaks;
#[cfg(unix)]
pub(crate) mod moves_tampered;
mod moving;
pub(crate) mod outside;
mod parts;
#[cfg(unix)]
mod postgres;
mod primary;
#[cfg(unix)]
mod programs;
mod proposing;
#[cfg(unix)]
mod questions;
#[cfg(unix)]
mod refused;
mod replay;
#[cfg(unix)]
mod reproduce;
#[cfg(unix)]
mod sentry;
#[cfg(unix)]
mod servers;
mod service;
#[cfg(unix)]
mod shipped;
#[cfg(unix)]
mod support;
#[cfg(unix)]
mod tampering;
#[cfg(unix)]
mod team;
#[cfg(unix)]
mod tracing;
#[cfg(unix)]
mod vendor;
#[cfg(unix)]
pub(crate) mod walk;
#[cfg(unix)]
mod watch;
