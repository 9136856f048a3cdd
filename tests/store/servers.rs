//! Stores in a database of their own, on a real server.

use jiff::Timestamp;
use prode::database::Transport;
use prode::run_id::RunId;
use prode::store::{
    Ask, Batch, Claim, Freeze, Lease, PgAddress, PgStore, RunRow, Store, StoreError,
};

use super::SEED;
use crate::support::postgres::{Cluster, Sql};

/// A database with a place for a store.
pub(super) struct Base {
    pub(super) url: String,
}

impl Base {
    /// On the server that all share; `None` where there is none.
    pub(super) fn shared() -> Option<Self> {
        Some(Self::on(crate::support::postgres::shared()?))
    }

    pub(super) fn on(cluster: &Cluster) -> Self {
        Self { url: cluster.database() }
    }

    pub(super) fn address(&self) -> PgAddress {
        PgAddress::new(&self.url, None, &Transport::default()).unwrap()
    }

    pub(super) fn open(&self) -> PgStore {
        PgStore::open(&self.address(), SEED).unwrap()
    }

    pub(super) fn sql(&self) -> Sql {
        Sql::open(&self.url)
    }

    /// A store whose server's clock stands at the time of each call.
    pub(super) fn turned(&self) -> Turned {
        let (store, clock) = (self.open(), self.sql());
        clock.run(
            "CREATE TABLE clock (at text); INSERT INTO clock VALUES ('2026-11-26T08:00:00Z');
            CREATE OR REPLACE FUNCTION prode.clock() RETURNS text LANGUAGE sql VOLATILE
                AS $$ SELECT at FROM public.clock $$",
        );
        Turned { store, clock }
    }
}

/// A store on a server whose clock a test turns, so that one contract can say
/// what time it is to a store that judges by its own clock. All else is as it is.
pub(super) struct Turned {
    store: PgStore,
    clock: Sql,
}

impl Turned {
    fn turn(&self, now: Timestamp) {
        self.clock.run(&format!("UPDATE clock SET at = '{now}'"));
    }

    /// Takes all runs away, as if the store were new.
    pub(super) fn empty(&self) {
        self.clock.run(
            "TRUNCATE prode.event, prode.run, prode.artifact, prode.freeze;
            ALTER SEQUENCE prode.token RESTART",
        );
    }
}

impl Store for Turned {
    fn claim(&mut self, ask: &Ask<'_>) -> Result<Claim, StoreError> {
        self.turn(ask.now);
        self.store.claim(ask)
    }

    fn resume(
        &mut self,
        run: &RunId,
        worker: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Claim, StoreError> {
        self.turn(now);
        self.store.resume(run, worker, now, until)
    }

    fn renew(
        &mut self,
        lease: &Lease,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Lease, StoreError> {
        self.turn(now);
        self.store.renew(lease, now, until)
    }

    fn release(&mut self, lease: &Lease) -> Result<(), StoreError> {
        self.store.release(lease)
    }

    fn append(&mut self, lease: &Lease, batch: &Batch<'_>) -> Result<(), StoreError> {
        self.store.append(lease, batch)
    }

    fn events(&self, run: &RunId) -> Result<Vec<Vec<u8>>, StoreError> {
        self.store.events(run)
    }

    fn artifact(&self, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.artifact(digest)
    }

    fn run(&self, run: &RunId) -> Result<RunRow, StoreError> {
        self.store.run(run)
    }

    fn runs(&self) -> Result<Vec<RunRow>, StoreError> {
        self.store.runs()
    }

    fn key(&self) -> [u8; 32] {
        self.store.key()
    }

    fn freeze(&mut self, freeze: &Freeze) -> Result<(), StoreError> {
        self.store.freeze(freeze)
    }

    fn unfreeze(&mut self) -> Result<bool, StoreError> {
        self.store.unfreeze()
    }

    fn frozen(&self) -> Result<Option<Freeze>, StoreError> {
        self.store.frozen()
    }
}
