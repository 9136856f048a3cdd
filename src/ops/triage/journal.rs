//! A run that is being worked on: its lease, its lines, its state.
//!
//! The one way to write to a run. Every event goes through redaction, follows
//! the line before it, and is on the disk before anything goes on.

use jiff::{SignedDuration, Timestamp};

use super::written::Written;
use crate::ops::OpError;
use crate::ops::redact::Screen;
use crate::run_id::RunId;
use crate::store::{Ask, Batch, Claim, Lease, Store};
use crate::triage::event::{self, BrokenChain, Chain, Event};
use crate::triage::rebuild::Artifacts;
use crate::triage::run::Run;
use crate::triage::state::State;

/// The time, asked whenever it is needed.
pub(super) type Now<'a> = &'a dyn Fn() -> Timestamp;

/// What a run is taken with.
pub(super) struct Taking<'a> {
    /// What the ticket is known by.
    pub(super) ticket: &'a str,
    /// Who works.
    pub(super) worker: &'a str,
    /// How long a lease holds.
    pub(super) lease: SignedDuration,
    /// The name for a new run.
    pub(super) fresh: &'a RunId,
    /// Not where it was worked on already.
    pub(super) once: bool,
    /// The first events of a new run, with what they keep.
    pub(super) opening: Vec<(Event, Option<Written>)>,
}

/// A run in this worker's hands.
pub(super) struct Journal<'a> {
    store: &'a mut dyn Store,
    screen: &'a Screen,
    now: Now<'a>,
    lease: Lease,
    length: SignedDuration,
    chain: Chain,
    last: Timestamp,
    state: State,
    recent: Vec<Event>,
}

impl<'a> Journal<'a> {
    /// Claims the ticket's run, or opens one.
    ///
    /// # Errors
    /// Somebody else works on it.
    pub(super) fn take(
        store: &'a mut dyn Store,
        screen: &'a Screen,
        now: Now<'a>,
        taking: Taking<'_>,
    ) -> Result<Self, OpError> {
        let time = now();
        let ask = Ask {
            ticket: taking.ticket,
            worker: taking.worker,
            now: time,
            until: later(time, taking.lease),
            fresh: taking.fresh,
            once: taking.once,
        };
        let lease = match store.claim(&ask)? {
            Claim::Taken(lease) => lease,
            Claim::Held { run, holder } => return Err(held(&run, &holder)),
            Claim::Done { run } => return Err(done(&run)),
        };
        if store.events(&lease.run)?.is_empty() {
            return Self::open(store, screen, now, lease, taking);
        }
        Self::go_on(store, screen, now, lease, taking.lease)
    }

    /// Takes up exactly this run.
    ///
    /// # Errors
    /// Somebody else works on it, or it is over.
    pub(super) fn resume(
        store: &'a mut dyn Store,
        screen: &'a Screen,
        now: Now<'a>,
        run: &RunId,
        worker: &str,
        length: SignedDuration,
    ) -> Result<Self, OpError> {
        let time = now();
        match store.resume(run, worker, time, later(time, length))? {
            Claim::Taken(lease) => Self::go_on(store, screen, now, lease, length),
            Claim::Held { run, holder } => Err(held(&run, &holder)),
            Claim::Done { run } => Err(done(&run)),
        }
    }

    fn go_on(
        store: &'a mut dyn Store,
        screen: &'a Screen,
        now: Now<'a>,
        lease: Lease,
        length: SignedDuration,
    ) -> Result<Self, OpError> {
        let lines = store.events(&lease.run)?;
        let (read, chain) = event::read(&lines).map_err(|it| damaged(&lease.run, &it))?;
        let state = State::replay(&read).map_err(|it| damaged(&lease.run, &it))?;
        let last = read.last().map_or_else(now, |it| it.at);
        let mut journal =
            Self { store, screen, now, lease, length, chain, last, state, recent: Vec::new() };
        if journal.state.rested.is_none() {
            journal.record(&journal.claimed(), None)?;
        }
        Ok(journal)
    }

    fn open(
        store: &'a mut dyn Store,
        screen: &'a Screen,
        now: Now<'a>,
        lease: Lease,
        taking: Taking<'_>,
    ) -> Result<Self, OpError> {
        let (mut chain, time) = (Chain::begin(), now());
        let (mut lines, mut artifacts, mut events) = (Vec::new(), Vec::new(), Vec::new());
        for (event, artifact) in taking.opening {
            let (event, _) = Written::document(screen, &event)?;
            lines.push(chain.line(time, &event)?);
            artifacts.extend(artifact.map(Written::into_bytes));
            events.push(event);
        }
        let (read, _) = event::read(&lines).map_err(|it| damaged(&lease.run, &it))?;
        let state = State::replay(&read).map_err(|it| damaged(&lease.run, &it))?;
        let batch = Batch { first: 0, events: &lines, artifacts: &artifacts, closes: false };
        store.append(&lease, &batch)?;
        let length = taking.lease;
        let mut journal = Self {
            store,
            screen,
            now,
            lease,
            length,
            chain,
            last: time,
            state,
            recent: Vec::new(),
        };
        journal.record(&journal.claimed(), None)?;
        Ok(journal)
    }

    fn claimed(&self) -> Event {
        Event::Claimed { worker: self.lease.worker.clone(), attempt: self.lease.attempt }
    }

    /// Refuses where somebody froze runs in the meantime: then they only read.
    ///
    /// # Errors
    /// Who froze them and why.
    pub(super) fn refuse_frozen(&self) -> Result<(), OpError> {
        match self.store.frozen()? {
            Some(freeze) => Err(super::freeze::refusal(&freeze)),
            None => Ok(()),
        }
    }

    /// Writes one event down, with what it keeps.
    ///
    /// # Errors
    /// Somebody else has the run now, or nothing can be written.
    pub(super) fn record(
        &mut self,
        event: &Event,
        artifact: Option<Written>,
    ) -> Result<(), OpError> {
        let (event, _) = Written::document(self.screen, event)?;
        let state = self.after(&event)?;
        let mut chain = self.chain.clone();
        let at = (self.now)().max(self.last);
        let lines = [chain.line(at, &event)?];
        let artifacts: Vec<Vec<u8>> = artifact.map(Written::into_bytes).into_iter().collect();
        let closes = state.rested.as_ref().is_some_and(|(phase, _)| phase.is_over());
        let first = self.chain.next();
        let batch = Batch { first, events: &lines, artifacts: &artifacts, closes };
        self.store.append(&self.lease, &batch)?;
        (self.chain, self.state, self.last) = (chain, state, at);
        self.recent.push(event);
        Ok(())
    }

    /// The state that an event would lead to.
    ///
    /// # Errors
    /// No run goes on so.
    pub(super) fn after(&self, event: &Event) -> Result<State, OpError> {
        let mut state = self.state.clone();
        state.apply(event).map_err(|why| OpError::Conflict {
            message: format!("run '{}' cannot go on so: {why}", self.lease.run),
            hint: format!("see where it is: prode triage show {}", self.lease.run),
        })?;
        Ok(state)
    }

    /// The run as a state of it tells it.
    pub(super) fn document(&self, state: &State) -> Result<Run, OpError> {
        Ok(Run::of(self.lease.run.as_str(), state, &self.kept())?)
    }

    /// Holds the run for a step that may take so long, and as long as a lease is.
    /// What is held already for all but half of that is not written anew: a run of
    /// many short steps would write as often as it asks. What is held for longer is
    /// given back: whoever goes on after a kill waits for no more than the step.
    pub(super) fn hold(&mut self, step: SignedDuration) -> Result<(), OpError> {
        let now = (self.now)();
        let until = later(now, self.length.saturating_add(step));
        let least = later(now, step.saturating_add(self.length / 2));
        if (least..=until).contains(&self.lease.until) {
            return Ok(());
        }
        self.lease = self.store.renew(&self.lease, now, until)?;
        Ok(())
    }

    /// Gives it back.
    pub(super) fn release(&mut self) -> Result<(), OpError> {
        Ok(self.store.release(&self.lease)?)
    }

    /// What was written down since this was asked last.
    pub(super) fn recent(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.recent)
    }

    /// The number of the line that comes next.
    pub(super) fn next(&self) -> u64 {
        self.chain.next()
    }

    /// Counts the workers that held the run.
    pub(super) fn attempt(&self) -> u32 {
        self.lease.attempt
    }

    pub(super) fn run(&self) -> &RunId {
        &self.lease.run
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }

    pub(super) fn screen(&self) -> &'a Screen {
        self.screen
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.now)()
    }

    pub(super) fn kept(&self) -> Kept<'_> {
        Kept(self.store)
    }

    pub(super) fn key(&self) -> [u8; 32] {
        self.store.key()
    }
}

/// What a store keeps, for the model.
pub(super) struct Kept<'a>(pub(super) &'a dyn Store);

impl Artifacts for Kept<'_> {
    fn artifact(&self, digest: &str) -> Option<Vec<u8>> {
        self.0.artifact(digest).ok().flatten()
    }
}

pub(super) fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

pub(super) fn held(run: &RunId, holder: &crate::store::Holder) -> OpError {
    OpError::Conflict {
        message: format!("'{}' works on run '{run}' until {}", holder.worker, holder.until),
        hint: format!("wait for it, or look: prode triage show {run}"),
    }
}

pub(super) fn done(run: &RunId) -> OpError {
    OpError::Conflict {
        message: format!("the ticket was worked on already, by run '{run}'"),
        hint: format!("see what came of it: prode triage show {run}"),
    }
}

pub(super) fn damaged(run: &RunId, error: &BrokenChain) -> OpError {
    OpError::Invalid {
        message: format!("the events of run '{run}' are no history of a run: {error}"),
        hint: format!("nothing was changed; see all of it: prode triage verify {run}"),
    }
}
