//! The store as a schema of its own in a PostgreSQL database, for workers on
//! many machines.
//!
//! Always: a change is one short transaction that holds the row of its run; who
//! holds a run until when is judged by the database's clock; what was answered
//! with `Ok` is on the disk of the server. A connection that breaks is opened
//! again. Where it broke before a change was kept, the change is made once more;
//! where that is not known, it is found out or said.

mod address;
mod appending;
mod claiming;
mod fault;
mod freezing;
mod migrations;
mod opening;
mod reading;
mod row;
mod session;
mod turn;

use std::cell::RefCell;
use std::time::Duration;

use jiff::Timestamp;

pub use address::PgAddress;

use super::Store;
use super::error::StoreError;
use super::freeze::Freeze;
use super::lease::{Ask, Asker, Claim, Lease};
use super::run::{Batch, RunRow};
use crate::run_id::RunId;
use fault::Fault;
use session::Session;
use turn::Broken;

/// How often a change is begun, or a question asked, on another connection.
const TRIES: usize = 3;

/// How long a server that was there may be away: a restart, or a standby that takes over.
const PATIENCE: Duration = Duration::from_secs(15);

/// A store in a database that others share.
pub struct PgStore {
    address: PgAddress,
    /// `None` while there is no connection.
    session: RefCell<Option<Session>>,
    key: [u8; 32],
}

impl PgStore {
    /// Does `work` whole or not at all.
    fn write<T>(&self, work: impl Fn(&Session) -> Result<T, Fault>) -> Result<T, StoreError> {
        self.turn(&work).map_err(|broken| self.told(broken))
    }

    /// The same for work that may be done twice.
    fn write_again<T>(&self, work: impl Fn(&Session) -> Result<T, Fault>) -> Result<T, StoreError> {
        match self.turn(&work) {
            Err(broken) if broken.is_unsure() => {
                self.turn(&work).map_err(|again| self.still_unsure(broken, again))
            }
            done => done.map_err(|broken| self.told(broken)),
        }
    }

    /// One change, begun again for as long as nothing of it can have been kept.
    fn turn<T>(&self, work: &impl Fn(&Session) -> Result<T, Fault>) -> Result<T, Broken> {
        let mut tries = 1;
        loop {
            let session = self.session().map_err(|fault| Broken { fault, committing: false })?;
            let (done, session) = turn::take(session, work);
            self.session.replace(session);
            match done {
                Err(broken) if broken.is_undone() && tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }

    /// Whether a batch was added by one statement; where not, nothing of it was.
    fn at_once(&self, lease: &Lease, batch: &Batch<'_>) -> Result<bool, Broken> {
        let Some(whole) = appending::Whole::of(lease, batch) else { return Ok(false) };
        let session = self.session().map_err(|fault| Broken { fault, committing: false })?;
        let (done, session) = turn::take_at_once(session, appending::WHOLE, &whole.values());
        self.session.replace(session);
        match done {
            Ok(row) => whole.is_put(row.as_ref()).map_err(Broken::before),
            Err(broken) if broken.fault.is_conflict() => Ok(false),
            Err(broken) => Err(broken),
        }
    }

    /// Finds out whether a batch was kept whose word is missing, and keeps it where it was
    /// not. That looks before it changes anything, so it is done again where its own word
    /// is missing.
    fn settle(&self, lease: &Lease, batch: &Batch<'_>, broken: Broken) -> Result<(), StoreError> {
        let mut tries = 1;
        loop {
            match self.turn(&|turn: &Session| appending::settle(turn, lease, batch)) {
                Err(again) if again.is_unsure() && tries < TRIES => tries += 1,
                done => return done.map_err(|again| self.still_unsure(broken, again)),
            }
        }
    }

    fn read<T>(&self, work: impl Fn(&Session) -> Result<T, Fault>) -> Result<T, StoreError> {
        let mut tries = 1;
        loop {
            let asked = self.session().and_then(|session| {
                let answer = work(&session);
                match &answer {
                    Err(fault) if fault.is_lost() => session.end(),
                    _ => drop(self.session.replace(Some(session))),
                }
                answer
            });
            match asked {
                Err(fault) if fault.is_lost() && tries < TRIES => tries += 1,
                answer => return answer.map_err(|fault| fault.of(self.address.shown())),
            }
        }
    }

    /// The connection, or another one.
    fn session(&self) -> Result<Session, Fault> {
        let open = self.session.take();
        open.map_or_else(|| Session::open(&self.address, PATIENCE), Ok)
    }

    fn told(&self, broken: Broken) -> StoreError {
        let store = self.address.shown();
        if broken.is_unsure() { broken.fault.unsure(store) } else { broken.fault.of(store) }
    }

    /// What the second attempt says of the change, or else that nobody knows.
    fn still_unsure(&self, first: Broken, again: Broken) -> StoreError {
        match again.fault {
            Fault::Refused(error) => error,
            _ => self.told(first),
        }
    }
}

impl Drop for PgStore {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            session.end();
        }
    }
}

impl Store for PgStore {
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
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Lease, StoreError> {
        self.write_again(|turn| claiming::renew(turn, lease, now, until))
    }

    fn release(&mut self, lease: &Lease) -> Result<(), StoreError> {
        self.write_again(|turn| claiming::release(turn, lease))
    }

    fn append(&mut self, lease: &Lease, batch: &Batch<'_>) -> Result<(), StoreError> {
        let done = match self.at_once(lease, batch) {
            // Whoever looks step by step knows why not.
            Ok(false) => self.turn(&|turn: &Session| appending::append(turn, lease, batch)),
            done => done.map(drop),
        };
        match done {
            Err(broken) if broken.is_unsure() => self.settle(lease, batch, broken),
            done => done.map_err(|broken| self.told(broken)),
        }
    }

    fn events(&self, run: &RunId) -> Result<Vec<Vec<u8>>, StoreError> {
        self.read(|session| reading::events(session, run))
    }

    fn artifact(&self, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|session| reading::artifact(session, digest))
    }

    fn run(&self, run: &RunId) -> Result<RunRow, StoreError> {
        self.read(|session| reading::run(session, run))
    }

    fn runs(&self) -> Result<Vec<RunRow>, StoreError> {
        self.read(reading::runs)
    }

    fn key(&self) -> [u8; 32] {
        self.key
    }

    fn freeze(&mut self, freeze: &Freeze) -> Result<(), StoreError> {
        self.write_again(|turn| freezing::freeze(turn, freeze))
    }

    fn unfreeze(&mut self) -> Result<bool, StoreError> {
        self.write(freezing::unfreeze)
    }

    fn frozen(&self) -> Result<Option<Freeze>, StoreError> {
        self.read(freezing::frozen)
    }
}
