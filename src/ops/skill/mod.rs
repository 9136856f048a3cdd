//! `skill …`: packages of procedures, listed, judged, packed and installed.
//!
//! Files are those of the work tree unless a revision is asked for. Nothing
//! of a package is ever run, and no path of one leads out of its folder.

pub mod install;
pub mod list;
pub mod pack;
pub mod prompt;
pub mod show;
pub mod validate;
pub mod verify;

mod archive;
mod folder;
mod lock_file;

pub use folder::read_package;
