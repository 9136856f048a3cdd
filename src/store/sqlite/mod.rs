//! The store as one SQLite file.
//!
//! Always: a write-ahead log, synced with every commit; writers take their
//! turn when they begin, so that none has to be told at its end that another
//! was quicker. The same code runs in memory, where nothing outlives the value.

mod appending;
mod claiming;
mod fault;
mod freezing;
mod migrations;
mod opening;
mod place;
mod reading;
mod row;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::Store;
use super::error::StoreError;
use super::freeze::Freeze;
use super::lease::{Ask, Asker, Claim, Lease};
use super::run::{Batch, RunRow};
use crate::run_id::RunId;
use fault::Fault;
use place::Place;

/// A store in a file of its own, or in memory.
pub struct SqliteStore {
    connection: Connection,
    place: Place,
    key: [u8; 32],
}

impl SqliteStore {
    /// Does `work` whole or not at all, while no other process writes.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        self.place.still_there()?;
        let turn = || {
            let turn = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            opening::is_known(&turn)?;
            let done = work(&turn)?;
            turn.commit()?;
            Ok(done)
        };
        turn().map_err(|fault: Fault| fault.of(self.place.path()))
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        work(&self.connection).map_err(|fault| fault.of(self.place.path()))
    }
}

impl Store for SqliteStore {
    fn claim(&mut self, ask: &Ask<'_>) -> Result<Claim, StoreError> {
        self.write(|turn| claiming::claim(turn, ask))
    }

    fn resume(
        &mut self,
        run: &RunId,
        worker: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Claim, StoreError> {
        self.write(|turn| claiming::resume(turn, run, &Asker { worker, now, until }))
    }

    fn renew(
        &mut self,
        lease: &Lease,
        _now: Timestamp,
        until: Timestamp,
    ) -> Result<Lease, StoreError> {
        self.write(|turn| claiming::renew(turn, lease, until))
    }

    fn release(&mut self, lease: &Lease) -> Result<(), StoreError> {
        self.write(|turn| claiming::release(turn, lease))
    }

    fn append(&mut self, lease: &Lease, batch: &Batch<'_>) -> Result<(), StoreError> {
        self.write(|turn| appending::append(turn, lease, batch))
    }

    fn events(&self, run: &RunId) -> Result<Vec<Vec<u8>>, StoreError> {
        self.read(|file| reading::events(file, run))
    }

    fn artifact(&self, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|file| reading::artifact(file, digest))
    }

    fn run(&self, run: &RunId) -> Result<RunRow, StoreError> {
        self.read(|file| reading::run(file, run))
    }

    fn runs(&self) -> Result<Vec<RunRow>, StoreError> {
        self.read(reading::runs)
    }

    fn key(&self) -> [u8; 32] {
        self.key
    }

    fn freeze(&mut self, freeze: &Freeze) -> Result<(), StoreError> {
        self.write(|turn| freezing::freeze(turn, freeze))
    }

    fn unfreeze(&mut self) -> Result<bool, StoreError> {
        self.write(freezing::unfreeze)
    }

    fn frozen(&self) -> Result<Option<Freeze>, StoreError> {
        self.read(freezing::frozen)
    }
}
