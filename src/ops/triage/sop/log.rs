//! A run in this worker's hands, for the moment of one command.
//!
//! Whatever is added passed redaction, follows the line before it, and is on
//! the disk before anything goes on. Nobody holds a run while a person thinks.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::chain::{self, BrokenChain, Chain, Line};
use crate::ops::OpError;
use crate::ops::redact::Screen;
use crate::ops::triage::begin::{now, worker};
use crate::ops::triage::journal::{done, held, later};
use crate::ops::triage::written::Written;
use crate::run_id::RunId;
use crate::store::{Ask, Batch, Claim, Lease, Store};

/// How long a command may take; one that was killed is in nobody's way for longer.
const LEASE: SignedDuration = SignedDuration::from_secs(5);

/// Events that no walk and no capture could have left.
pub(super) fn broken(run: &RunId, error: &BrokenChain) -> OpError {
    OpError::Invalid {
        message: format!("the events of run '{run}' are no history of it: {error}"),
        hint: "nothing was changed; begin another one: prode triage sop start PAGE --ticket OTHER"
            .to_owned(),
    }
}

/// A run whose events are of one sort.
pub(super) struct Log<E> {
    lease: Lease,
    chain: Chain,
    /// As they are stored.
    pub(super) lines: Vec<Vec<u8>>,
    /// As they are read.
    pub(super) read: Vec<Line<E>>,
}

impl<E: Serialize + DeserializeOwned> Log<E> {
    /// The ticket's run, or a new one without events.
    ///
    /// # Errors
    /// Somebody else has it.
    pub(super) fn claim(
        store: &mut dyn Store,
        ticket: &str,
        fresh: &RunId,
    ) -> Result<Self, OpError> {
        let (now, worker) = (now(), worker());
        let ask =
            Ask { ticket, worker: &worker, now, until: later(now, LEASE), fresh, once: false };
        let claimed = store.claim(&ask)?;
        Self::taken(store, claimed)
    }

    /// Exactly this run.
    ///
    /// # Errors
    /// Somebody else has it, or it is over.
    pub(super) fn resume(store: &mut dyn Store, run: &RunId) -> Result<Self, OpError> {
        let now = now();
        let claimed = store.resume(run, &worker(), now, later(now, LEASE))?;
        Self::taken(store, claimed)
    }

    fn taken(store: &dyn Store, claimed: Claim) -> Result<Self, OpError> {
        let lease = match claimed {
            Claim::Taken(lease) => lease,
            Claim::Held { run, holder } => return Err(held(&run, &holder)),
            Claim::Done { run } => return Err(done(&run)),
        };
        let lines = store.events(&lease.run)?;
        let (read, chain) = chain::read(&lines).map_err(|it| broken(&lease.run, &it))?;
        Ok(Self { lease, chain, lines, read })
    }

    pub(super) fn run(&self) -> &RunId {
        &self.lease.run
    }

    /// When the next event will have happened.
    pub(super) fn time(&self) -> Timestamp {
        let last = self.read.last().map(|it| it.at);
        last.map_or_else(now, |last| now().max(last))
    }

    /// Writes one event down, with what it keeps; `closes` where it is the last.
    pub(super) fn add(
        &mut self,
        store: &mut dyn Store,
        screen: &Screen,
        (event, at): (&E, Timestamp),
        artifact: Option<Written>,
        closes: bool,
    ) -> Result<(), OpError> {
        let (event, _) = Written::document(screen, event)?;
        let first = self.chain.next();
        let before = self.chain.head().to_owned();
        let line = self.chain.line(at, &event)?;
        let artifacts: Vec<Vec<u8>> = artifact.map(Written::into_bytes).into_iter().collect();
        let events = [line];
        let batch = Batch { first, events: &events, artifacts: &artifacts, closes };
        store.append(&self.lease, &batch)?;
        self.lines.extend(events);
        self.read.push(Line { number: first, at, before, event });
        Ok(())
    }

    /// Gives it back.
    pub(super) fn release(&self, store: &mut dyn Store) -> Result<(), OpError> {
        Ok(store.release(&self.lease)?)
    }
}
