//! Commands through the program itself: what it prints, how it ends.

mod completions;
mod config;
mod doctor;
mod index;
mod init;
mod schema;
