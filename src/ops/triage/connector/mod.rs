//! What the built-in specialists have in common that ask a service of the user's side.
//!
//! What is looked at, and what it speaks for, the user's settings say beforehand,
//! service by service; a ticket only chooses among them. Before anything else it is
//! asked as whom: who is not who the settings say asks nothing. What can be sent, the
//! service's own room holds.

mod answer;
mod chosen;
mod settings;

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

pub(super) use answer::{Answer, Found, Query};
pub(super) use chosen::{Named, of as chosen};
pub(super) use settings::{Place, at, explanations, known, place, row, services, token};

use super::crew::{Crew, Reply};
use crate::http::AskError;
use crate::triage::evidence::How;
use crate::triage::inventory::{Inventory, Sort, Tool};
use crate::triage::output::{Absence, Request};
use crate::triage::trace::Context;
use crate::triage::window::Window;

/// Seconds that one may take to say as whom it asks.
const LOOK: u32 = 60;

/// As whom a service is asked.
#[derive(Debug, Clone)]
pub(super) struct Introduced {
    /// An account, an organization.
    pub(super) identity: String,
    /// What is known of what its credentials may do besides.
    pub(super) rights: String,
}

/// What a service is asked by.
pub(super) trait Connect {
    /// The specialist's name, and the system that its receipts name.
    const NAME: &'static str;

    /// What can be sent, for people: nothing else can.
    fn sends() -> String;

    /// How it is known that it only reads.
    fn only_reads() -> String {
        format!("nothing else can be sent than {}", Self::sends())
    }

    /// As whom it is asked, if that is who the settings say.
    fn introduce(&mut self) -> Result<Introduced, (Absence, String)>;

    /// Answers about the incident's window; after `until` nothing more is begun.
    fn answer(&mut self, request: &Request, now: Timestamp, until: Instant) -> Reply;
}

/// A built-in specialist as the user's settings have it, where they do.
pub(super) struct Connector<C> {
    set: Option<Result<C, String>>,
    known: Option<Result<Introduced, (Absence, String)>>,
    now: fn() -> Timestamp,
}

impl<C: Connect> Connector<C> {
    /// What the settings say; an error is why nobody is asked.
    pub(super) fn of(set: Option<Result<C, String>>, now: fn() -> Timestamp) -> Self {
        Self { set, known: None, now }
    }

    /// As whom; asked once.
    fn known(&mut self) -> Result<Introduced, (Absence, String)> {
        if let Some(known) = &self.known {
            return known.clone();
        }
        let known = match &mut self.set {
            None => Err((Absence::NotSearched, format!("specialists.{} is not set up", C::NAME))),
            Some(Err(why)) => Err((Absence::NotSearched, why.clone())),
            Some(Ok(set)) => set.introduce(),
        };
        self.known.insert(known).clone()
    }
}

impl<C: Connect> Crew for Connector<C> {
    fn inventory(&mut self) -> Inventory {
        if self.set.is_none() {
            return Inventory::of(Vec::new());
        }
        let known = self.known();
        let mut read_only = C::only_reads();
        if let Ok(known) = &known {
            read_only = format!("{read_only}; {}", known.rights);
        }
        Inventory::of(vec![Tool {
            name: C::NAME.to_owned(),
            sort: Sort::BuiltIn,
            answered: known.is_ok(),
            identity: known.as_ref().ok().map(|it| it.identity.clone()),
            read_only: Some(read_only),
            blocked: known.err().map(|(_, why)| why),
            chosen: true,
        }])
    }

    fn set_up(&self) -> Option<(&'static str, Result<(), String>)> {
        let set = self.set.as_ref()?;
        Some((C::NAME, set.as_ref().map(drop).map_err(Clone::clone)))
    }

    fn looks(&self) -> u32 {
        if self.set.is_some() { LOOK } else { 0 }
    }

    fn knows(&mut self, specialist: &str) -> bool {
        specialist == C::NAME && self.set.is_some()
    }

    fn ask(&mut self, request: &Request, _: Option<&Context>) -> Reply {
        if let Err((absence, why)) = self.known() {
            return Reply::Nothing { absence, why };
        }
        let half = Duration::from_secs(request.limits.seconds.into()) / 2;
        let (now, until) = ((self.now)(), Instant::now() + half);
        match &mut self.set {
            Some(Ok(set)) => set.answer(request, now, until),
            _ => nothing(Absence::NotSearched, "it is not set up"),
        }
    }
}

/// One answer while it is made.
pub(super) struct Looking<'a, C> {
    pub(super) client: &'a mut C,
    pub(super) now: Timestamp,
    /// What is asked about: the incident's window as far as it is there.
    pub(super) window: Window,
    /// After that nothing more is begun.
    pub(super) until: Instant,
}

impl<C> Looking<'_, C> {
    pub(super) fn is_late(&self) -> bool {
        Instant::now() >= self.until
    }

    /// A window of this moment.
    pub(super) fn moment(&self) -> Window {
        Window { from: self.now, until: self.now }
    }
}

/// What was put together, as an answer.
pub(super) fn said(answer: Answer<'_>) -> Reply {
    let text = serde_json::to_string(&answer.done()).unwrap_or_default();
    Reply::Said { text, how: How::Captured }
}

/// No answer, and why.
pub(super) fn nothing(absence: Absence, why: impl Into<String>) -> Reply {
    Reply::Nothing { absence, why: why.into() }
}

/// The ticket is about nothing that may be looked at.
pub(super) fn unnamed(name: &str) -> Reply {
    let why = format!("the ticket names nothing that specialists.{name}.services lists");
    nothing(Absence::NotSearched, why)
}

/// In which way something is missing that a service did not say.
pub(super) fn absence(error: &AskError) -> Absence {
    if error.is_unasked() { Absence::NotSearched } else { Absence::Error }
}

/// The earlier of the two clocks: neither a service nor this machine knows of what is yet to
/// come by the other's.
pub(super) fn earlier(now: Timestamp, there: Option<Timestamp>) -> Timestamp {
    there.map_or(now, |it| it.min(now))
}

/// The part of a window of which everything has arrived by now, where that takes
/// `lag`.
pub(super) fn arrived(window: Window, now: Timestamp, lag: SignedDuration) -> Option<Window> {
    let arrived = now.checked_sub(lag).ok()?;
    let until = window.until.min(arrived);
    (until > window.from).then_some(Window { from: window.from, until })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_not_arrived_is_not_asked_about() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let arrived = |window, now| arrived(window, at(now), SignedDuration::from_mins(2));
        let window = Window { from: at("2026-11-03T02:00:00Z"), until: at("2026-11-03T05:00:00Z") };
        assert_eq!(arrived(window, "2026-11-03T09:00:00Z"), Some(window));
        let cut = arrived(window, "2026-11-03T04:00:00Z").unwrap();
        assert_eq!(cut.until, at("2026-11-03T03:58:00Z"));
        assert_eq!(arrived(window, "2026-11-03T02:01:00Z"), None);
    }
}
