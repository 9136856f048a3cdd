//! SSH signatures: made and checked by the `ssh-keygen` program.
//!
//! What it says of a signature is translated into
//! [`Verification`](crate::approval::Verification). Two things are looked at
//! here besides, since it takes them as they come: lines whose names are
//! patterns, which it never sees, and the flags of a hardware key, which it
//! accepts even where nobody touched the key. The time is always the machine's.
//!
//! Whether a good signature suffices is left to `approval`.

mod armour;
mod commit;
mod error;
mod key;
mod sign;
mod verify;

pub use commit::signers_of;
pub use error::SigningError;
pub use key::Key;
pub use sign::sign;
pub use verify::{Trust, verify};
