//! Commands through the program itself: what it prints, how it ends.

mod adr;
mod cite;
mod completions;
mod config;
mod doctor;
mod eval;
mod graph;
#[cfg(unix)]
mod help;
mod hook;
mod index;
mod init;
mod links;
mod lint;
mod lint_kinds;
mod lint_words;
mod list;
mod memory;
mod mv;
mod new;
#[cfg(unix)]
mod past;
mod query;
mod redact;
mod route;
mod schema;
mod show;
mod skill;
#[cfg(unix)]
mod words;
