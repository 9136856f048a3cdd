//! PostgreSQL, as far as it may be asked: aggregates, of a standby, by a role that can
//! only read; of a server that takes writes where somebody made an [`Exception`].
//!
//! What always holds:
//!
//! - what can be sent is a [`Question`]: a tree that has no place for anything but one
//!   SELECT of aggregates over listed tables, written out by this room. No text is sent
//!   that came from elsewhere; values are bound, never written into it;
//! - each question has a connection of its own, and on it one transaction that cannot
//!   write: `BEGIN READ ONLY`, limits, a look at the server and at the role, the
//!   question, once more a look, `ROLLBACK`. The extended protocol takes one statement at
//!   a time. A server that takes writes and has no exception, a role with a right to change
//!   anything, and a table that is elsewhere or runs code of its own are refused before
//!   it;
//! - it ends: the server's own timeouts, a watch of this side that cancels the statement
//!   and then closes the connection, a limit of bytes at the socket, of rows, and of
//!   characters of a value;
//! - a password leaves this process to the one server that the user's side names, after it
//!   proved that it is that one where it is on another machine (`database`), and is shown by
//!   no error.
//!
//! Functions that run with their owner's rights are no danger by this: none is called
//! that is not on the list of `check`. What is asked when, and what an answer is
//! evidence of, is left to `ops`.

mod address;
mod asking;
mod check;
mod error;
mod exception;
mod guard;
mod reached;
mod session;
mod stream;

pub use address::ReadAddress;
pub use asking::{Answered, Limits, Postgres};
pub use check::{MOST_ROWS, PARAMETERS, Parameter, Question, Refused, Relation};
pub use error::PostgresError;
pub use exception::Exception;
pub use guard::Server;
