//! Runs that are going on: their events and artifacts, and who works on them.
//!
//! An event is bytes; what it means is left to whoever appends it. Always:
//!
//! - a run's events are numbered from 0 without a gap, and none ever changes;
//! - a ticket has at most one run that is not closed, and that run at most one
//!   worker, whose lease carries the highest token that was ever given;
//! - only that lease appends. A worker that was taken for dead and comes back
//!   late is refused;
//! - what was answered with `Ok` is on the disk, all of it or, after a kill,
//!   none.
//!
//! Every call says what time it is by its caller's clock. A store that many
//! machines share judges by its own: of the caller's times it takes how far they
//! are apart. The user of rusqlite and tokio-postgres; their types stop here.

mod error;
mod freeze;
mod kept;
mod lease;
mod postgres;
mod run;
mod server;
mod sqlite;

use jiff::Timestamp;

use crate::run_id::RunId;

pub use error::StoreError;
pub use freeze::Freeze;
pub use lease::{Ask, Claim, Holder, Lease};
pub use postgres::{PgAddress, PgStore};
pub use run::{Batch, RunRow};
pub use server::ServerError;
pub use sqlite::SqliteStore;

/// Where the store lies below the common Git folder: in a folder of its own,
/// since only its owner may look into it, while others may share the index.
pub const PLACE: &str = "prode/store/runs.sqlite";

/// Keeps runs. One value is for one thread; many may be open on the same
/// runs, in any number of processes.
pub trait Store: Send {
    /// Gives the ticket to one worker: its unfinished run, or a new one.
    ///
    /// A run whose lease is over, or was given back, goes to whoever asks, with
    /// the next attempt and a higher token. A lease that is not over holds,
    /// against its own worker's name too: a name is no proof.
    fn claim(&mut self, ask: &Ask<'_>) -> Result<Claim, StoreError>;

    /// Gives this very run to one worker, as [`claim`](Store::claim) does; no
    /// other is opened in its stead.
    ///
    /// # Errors
    /// [`StoreError::NoRun`], [`StoreError::Closed`].
    fn resume(
        &mut self,
        run: &RunId,
        worker: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Claim, StoreError>;

    /// The same lease with another end, asked for at `now`. One that is over may
    /// still be renewed as long as nobody took the run.
    ///
    /// # Errors
    /// [`StoreError::Fenced`] where it is not the newest, [`StoreError::Closed`].
    fn renew(
        &mut self,
        lease: &Lease,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Lease, StoreError>;

    /// Gives the run back before the lease is over. Again, or after the run was
    /// closed, changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Fenced`] where somebody took it in the meantime.
    fn release(&mut self, lease: &Lease) -> Result<(), StoreError>;

    /// Adds events and the artifacts that they name, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Fenced`] and [`StoreError::Closed`] as for
    /// [`renew`](Store::renew); [`StoreError::OutOfOrder`] where the batch does
    /// not begin at the next number. After an error that is none of these,
    /// read the events again: the last batch may be there.
    fn append(&mut self, lease: &Lease, batch: &Batch<'_>) -> Result<(), StoreError>;

    /// All events of a run, in order, each compared with its digest.
    ///
    /// # Errors
    /// [`StoreError::NoRun`]; [`StoreError::Altered`] where an event is not
    /// what was appended.
    fn events(&self, run: &RunId) -> Result<Vec<Vec<u8>>, StoreError>;

    /// The bytes whose [`digest`](crate::canonical::digest) this is, compared
    /// again while reading.
    ///
    /// # Errors
    /// [`StoreError::Altered`] where other bytes lie there.
    fn artifact(&self, digest: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// What a list tells of one run.
    ///
    /// # Errors
    /// [`StoreError::NoRun`].
    fn run(&self, run: &RunId) -> Result<RunRow, StoreError>;

    /// Every run, the newest first.
    fn runs(&self) -> Result<Vec<RunRow>, StoreError>;

    /// The store's own secret, for keyed digests of what must not be kept.
    fn key(&self) -> [u8; 32];

    /// Remembers that only reading is wanted, and why. Nothing is refused here
    /// because of it: that is for whoever acts. The last word stands.
    fn freeze(&mut self, freeze: &Freeze) -> Result<(), StoreError>;

    /// Forgets the freeze; whether there was one.
    fn unfreeze(&mut self) -> Result<bool, StoreError>;

    /// The freeze that stands.
    fn frozen(&self) -> Result<Option<Freeze>, StoreError>;
}
