//! Commands through the program itself: what it prints, how it ends.

mod adr;
mod cite;
mod completions;
mod config;
mod doctor;
mod index;
mod init;
mod links;
mod lint;
mod list;
mod memory;
mod query;
mod route;
mod schema;
mod show;
mod skill;
