//! PostgreSQL servers, as far as everybody has to know who asks one: their addresses, and
//! how one is spoken to so that nobody else listens. What is asked there, others know.
//!
//! What always holds:
//!
//! - another machine is spoken to encrypted, by TLS 1.2 or newer, after its certificate was
//!   verified: who signed it, until when, and that it carries the name of the address. The
//!   user's side alone can say that it may be spoken to plainly;
//! - a server that does not encrypt, or does not prove who it is, hears nothing but the wish
//!   to encrypt: no user, no password, no question. Nothing is tried plainly after it.

mod address;
mod binding;
mod client;
mod connector;
mod fault;
mod transport;
mod way;

pub use address::{read, shown, words};
pub use connector::{Connector, Encrypted, Handshake};
pub use fault::{TlsFault, tls_fault};
pub use transport::{Transport, TransportError};
