//! The built-in specialist `vendor`: which incidents the vendors of a ticket's services
//! published of its time.
//!
//! A ticket chooses among the services of the settings, and nothing of it becomes a part of
//! a question: a page is read as it is. What a vendor writes is shown and never obeyed.

mod notices;
mod settings;

use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use self::settings::Row;
use super::connector::{
    self, Answer, Connect, Connector, Introduced, absence, nothing, said, unnamed,
};
use super::crew::Reply;
use super::limits::Limits;
use crate::http::AskError;
use crate::triage::output::{Absence, Request};
use crate::vendor::{Operation, Published, Vendor};
use crate::workspace::Workspace;

/// Vendors of one answer.
const MOST: usize = 8;

/// What vendors publish, as the user's settings have it.
pub(super) struct Statuses {
    vendors: Vec<Watched>,
    services: Vec<Row>,
}

/// One vendor.
struct Watched {
    /// What the settings call it.
    name: String,
    vendor: Vendor,
    /// What is depended on; all where none is named.
    components: Vec<String>,
}

/// What an incident of a vendor speaks for and against in one ticket.
#[derive(Default)]
struct Means {
    supports: Vec<String>,
    would_refute: Vec<String>,
}

impl Statuses {
    /// As the user's settings say; an answer may take as long as the limits say.
    pub(super) fn of(
        workspace: &Workspace,
        limits: &Limits,
        now: fn() -> Timestamp,
    ) -> Connector<Self> {
        let seconds = Duration::from_secs(limits.seconds.into());
        Connector::of(settings::read(workspace, seconds), now)
    }
}

impl Connect for Statuses {
    const NAME: &'static str = "vendor";

    fn sends() -> String {
        let paths = Operation::all().map(Operation::path).filter(|it| it.len() > 1);
        let paths: Vec<&str> = paths.collect();
        format!("GET {} below a page's address, and GET of a feed", paths.join(", "))
    }

    /// Nobody is introduced: whose pages they are, they say.
    fn introduce(&mut self) -> Result<Introduced, (Absence, String)> {
        let named = at_once(self.vendors.iter_mut(), |it| it.vendor.name());
        let (mut known, mut silent, mut first) = (Vec::new(), Vec::new(), None);
        for (watched, said) in self.vendors.iter().zip(named) {
            match said {
                Ok(name) => {
                    known.push(format!("{}: {name} at {}", watched.name, watched.vendor.host()));
                }
                Err(error) => {
                    silent.push(watched.name.as_str());
                    first.get_or_insert((absence(&error), error.to_string()));
                }
            }
        }
        match first {
            Some(first) if known.is_empty() => Err(first),
            _ => {
                let mut rights = "nobody's credentials go with it".to_owned();
                if !silent.is_empty() {
                    rights = format!("{rights}; did not answer: {}", silent.join(", "));
                }
                Ok(Introduced { identity: known.join("; "), rights })
            }
        }
    }

    fn answer(&mut self, request: &Request, now: Timestamp, until: Instant) -> Reply {
        let rows = connector::chosen(&request.ticket, &self.services);
        if rows.is_empty() {
            return unnamed(Self::NAME);
        }
        let names = rows.iter().flat_map(|row| &row.vendors);
        let mut chosen: Vec<&mut Watched> = self
            .vendors
            .iter_mut()
            .filter(|it| names.clone().any(|name| *name == it.name))
            .collect();
        let mut answer = Answer::to(Self::NAME, request, now);
        for watched in chosen.iter().skip(MOST) {
            let what = format!("{}: {MOST} vendors are looked at", watched.name);
            answer.gap(what, Absence::NotSearched, false);
        }
        chosen.truncate(MOST);
        answer.cost(chosen.len());
        let goes_on = || Instant::now() < until;
        let all = at_once(chosen.iter_mut().map(|it| &mut **it), |it| it.vendor.published(goes_on));
        if let Some(silent) = silence(&chosen, &all) {
            return silent;
        }
        for (watched, published) in chosen.iter().zip(&all) {
            let means = means(&rows, &watched.name);
            notices::tell(watched, &means, published, (request.window, now), &mut answer);
        }
        said(answer)
    }
}

/// What is asked of several, asked of all at the same time: one that is silent holds up
/// nobody.
fn at_once<'a, T: Send>(
    all: impl Iterator<Item = &'a mut Watched>,
    ask: impl Fn(&mut Watched) -> Result<T, AskError> + Sync,
) -> Vec<Result<T, AskError>> {
    let ask = &ask;
    thread::scope(|scope| {
        let threads: Vec<_> = all.map(|it| scope.spawn(move || ask(it))).collect();
        let joined = threads.into_iter().map(thread::ScopedJoinHandle::join);
        joined.map(|it| it.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

/// The answer where nobody said anything.
fn silence(chosen: &[&mut Watched], all: &[Result<Published, AskError>]) -> Option<Reply> {
    if all.iter().any(Result::is_ok) {
        return None;
    }
    let errors = all.iter().filter_map(|it| it.as_ref().err());
    let is_asked = errors.clone().any(|it| absence(it) == Absence::Error);
    let why: Vec<String> =
        chosen.iter().zip(errors).map(|(it, error)| format!("{}: {error}", it.name)).collect();
    let absence = if is_asked { Absence::Error } else { Absence::NotSearched };
    Some(nothing(absence, why.join("; ")))
}

/// What the services that a ticket chose say of one of their vendors.
fn means(rows: &[&Row], vendor: &str) -> Means {
    let mut means = Means::default();
    for row in rows.iter().filter(|it| it.vendors.iter().any(|it| it == vendor)) {
        means.supports.extend(row.supports.iter().cloned());
        means.would_refute.extend(row.would_refute.iter().cloned());
    }
    for all in [&mut means.supports, &mut means.would_refute] {
        all.sort();
        all.dedup();
    }
    means
}
