//! The commands, through the program.

mod show;
mod list;
mod links;
mod cite;
