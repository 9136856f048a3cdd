//! The commands, through the program.

mod cite;
mod links;
mod list;
mod show;
