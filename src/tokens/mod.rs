//! Tokens of `prode serve`: who may ask over HTTP, for what, and until when.
//!
//! One file per repository, in its Git folder, for its owner alone. A token is 256
//! random bits and is kept as its SHA-256 only: what is random needs no slow
//! hash. A token that was revoked stays in the file, so that revoking the last one
//! does not open the door; whoever wants it open deletes the file.

mod error;
mod file;
mod token;

pub use error::TokenError;
pub use file::TokenFile;
pub use token::{Standing, Token, hash, is_name, judge};
