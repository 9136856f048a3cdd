//! A finding of redaction that a person lets stand: one value, found by one
//! rule, in one place, for a reason, until a day.
//!
//! Values only. An [`Allowance`] is one file; [`Allowances`] answers for a
//! place which findings may stay. What always holds:
//!
//! - an allowance hides only its own finding: another value, rule or place is
//!   not its business;
//! - no file holds a value, only its [`Seal`], which is slow to try;
//! - whatever is not exactly an allowance, has ended or has not begun is an
//!   [`AllowanceError`], and lets nothing through.
//!
//! Where the files are read from, and who may write them, is the business of
//! `ops`.

mod error;
mod file;
mod name;
mod seal;
mod standing;

pub use error::AllowanceError;
pub use file::{Allowance, MAX_DAYS};
pub use name::AllowanceId;
pub use seal::{SALT, Seal};
pub use standing::{Allowances, Sight};

/// Where they lie in a repository.
pub const FOLDER: &str = ".prode/allowances";

/// The place of a text that is no file: standard input, a message, a batch.
pub const NOWHERE: &str = "-";
