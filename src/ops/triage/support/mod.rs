//! The built-in specialist `support`: how many customers report something of a ticket's
//! services, and since when.
//!
//! A program or a tool of the user's side searches; what for, is worded here: of the
//! settings' words, the window, and values that were recognised in the ticket. What comes
//! back is read as numbers alone ([`shape`]): nothing that a customer wrote, and nobody's
//! name, gets any further.

mod counts;
mod search;
mod settings;
mod shape;

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use self::counts::{Counts, told};
use self::search::Search;
use self::settings::Row;
use self::shape::{Listing, Shape, may_be_searched};
use super::connector::{
    self, Answer, Connect, Connector, Found, Introduced, Query, arrived, nothing, said, unnamed,
};
use super::crew::Reply;
use super::limits::Limits;
use crate::triage::output::{Absence, QueryResult, Request};
use crate::triage::snapshot::Snapshot;
use crate::triage::window::Window;
use crate::workspace::Workspace;

/// How long a ticket may take until a search finds it.
const UNTIL_IT_IS_THERE: SignedDuration = SignedDuration::from_mins(5);

/// Values of a ticket by which is searched.
const MOST_VALUES: usize = 3;

/// Longest time that a server may take to say what it has.
const LOOK: Duration = Duration::from_secs(20);

/// Customers' tickets, as the user's settings let them be searched.
pub(super) struct Reports {
    search: Search,
    shape: Shape,
    services: Vec<Row>,
    seconds: u32,
    /// Bytes of one result.
    most: usize,
}

impl Reports {
    /// As the user's settings say; an answer may take as long as the limits say.
    pub(super) fn of(
        workspace: &Workspace,
        limits: &Limits,
        now: fn() -> Timestamp,
    ) -> Connector<Self> {
        Connector::of(settings::read(workspace, limits), now)
    }
}

impl Connect for Reports {
    const NAME: &'static str = "support";

    fn sends() -> String {
        "a search".to_owned()
    }

    fn only_reads() -> String {
        "each search is worded by prode, and its result is read as numbers".to_owned()
    }

    fn introduce(&mut self) -> Result<Introduced, (Absence, String)> {
        let limit = LOOK.min(Duration::from_secs(self.seconds.into()));
        let known = self.search.introduced(limit, self.most);
        let (identity, rights) = known.map_err(|it| (it.absence, it.why))?;
        Ok(Introduced { identity, rights: rights.to_owned() })
    }

    fn answer(&mut self, request: &Request, now: Timestamp, until: Instant) -> Reply {
        let rows = connector::chosen(&request.ticket, &self.services);
        if rows.is_empty() {
            return unnamed(Self::NAME);
        }
        let Some(window) = arrived(request.window, now, UNTIL_IT_IS_THERE) else {
            let why = "the incident is too new for what a search finds of it";
            return nothing(Absence::OutsideWindow, why);
        };
        let mut answer = Answer::to(Self::NAME, request, now);
        let (search, shape, most) = (&mut self.search, self.shape, self.most);
        let mut looking = Looking { search, shape, until, most };
        for row in rows {
            looking.service(row, &request.ticket, window, &mut answer);
        }
        said(answer)
    }
}

/// One answer while it is made.
struct Looking<'a> {
    search: &'a mut Search,
    shape: Shape,
    until: Instant,
    most: usize,
}

impl Looking<'_> {
    fn service(&mut self, row: &Row, ticket: &Snapshot, window: Window, answer: &mut Answer<'_>) {
        let query = self.query(row, None, window);
        let Some(listing) = self.find(row, &query, answer) else { return };
        let labels = &row.looks.labels;
        let Some(counts) = Counts::of(&listing, &window, labels) else {
            return none(&listing, &query, &row.looks.would_refute, answer);
        };
        let before = self.before(row, window, answer);
        let is_sign = is_sign(row, &counts, before);
        let refuted: &[String] = if is_sign { &row.looks.would_refute } else { &[] };
        answer.asked(&query, QueryResult::Found, None, refuted);
        let longer = before.map(|it| format!("; {it} in as long a time before"));
        let claim = format!(
            "{} tickets of customers about {} were made from {} to {}{}",
            counts.number(),
            row.name,
            told(counts.first),
            told(counts.last),
            longer.unwrap_or_default()
        );
        let at = counts.first.max(window.from);
        let found = Found::plain(claim, counts.lines, at);
        let supports = if is_sign { row.looks.supports.clone() } else { Vec::new() };
        answer.found(&query, Found { supports, refutes: refuted.to_vec(), ..found });
        for value in values(row, ticket) {
            self.value(row, &value, window, answer);
        }
    }

    /// How many were made in as long a time before; `None` where that is not known, which
    /// is said.
    fn before(&mut self, row: &Row, window: Window, answer: &mut Answer<'_>) -> Option<usize> {
        let length = window.until.duration_since(window.from);
        let from = window.from.checked_sub(length).unwrap_or(Timestamp::MIN);
        let until = window.from.checked_sub(SignedDuration::from_secs(1)).unwrap_or(from);
        let window = Window { from, until: until.max(from) };
        let query = self.query(row, None, window);
        let listing = self.find(row, &query, answer)?;
        let counts = Counts::of(&listing, &window, &[]);
        let result = if counts.is_some() { QueryResult::Found } else { QueryResult::Empty };
        if !listing.is_whole {
            answer.missed(&query, Absence::Error, "the result does not say that it is whole");
            return None;
        }
        answer.asked(&query, result, None, &[]);
        Some(counts.map_or(0, |it| it.count))
    }

    /// How many of them have a value of the ticket.
    fn value(&mut self, row: &Row, value: &str, window: Window, answer: &mut Answer<'_>) {
        let query = self.query(row, Some(value), window);
        let Some(listing) = self.find(row, &query, answer) else { return };
        let Some(counts) = Counts::of(&listing, &window, &row.looks.labels) else {
            return none(&listing, &query, &[], answer);
        };
        answer.asked(&query, QueryResult::Found, None, &[]);
        let claim = format!(
            "{} of the tickets about {} have {value} in them, the first of {}",
            counts.number(),
            row.name,
            told(counts.first)
        );
        answer.found(&query, Found::plain(claim, counts.lines, counts.first.max(window.from)));
    }

    fn query(&self, row: &Row, value: Option<&str>, window: Window) -> Query {
        let text = self.shape.search(row.looks.query.trim(), value, &window);
        let parameters = vec![("form", self.shape.name().to_owned())];
        Query { of: "tickets", text, parameters, window }
    }

    /// What a search found; why there is nothing has been said.
    fn find(&mut self, row: &Row, query: &Query, answer: &mut Answer<'_>) -> Option<Listing> {
        answer.cost(1);
        let limits = (self.until, self.most);
        let found = self.search.find(&query.text, &query.window, limits);
        match found.map(|it| self.shape.read(&it, &row.looks.labels)) {
            Ok(Ok(listing)) => return Some(listing),
            Ok(Err(why)) => answer.missed(query, Absence::Error, &why),
            Err(missed) => answer.missed(query, missed.absence, &missed.why),
        }
        None
    }
}

/// A result without a ticket of the window proves something only where it is whole.
fn none(listing: &Listing, query: &Query, would_refute: &[String], answer: &mut Answer<'_>) {
    if listing.is_whole {
        return answer.asked(query, QueryResult::Empty, None, would_refute);
    }
    let why = "the result does not say that it is whole: that nothing was found proves nothing";
    answer.missed(query, Absence::Error, why);
}

/// Enough of them, and more than twice as many as before.
fn is_sign(row: &Row, counts: &Counts, before: Option<usize>) -> bool {
    let is_enough = row.looks.at_least.is_some_and(|it| counts.count >= it);
    is_enough && before.is_some_and(|it| counts.count > it.saturating_mul(2))
}

/// Values of the ticket by which the settings let be searched.
fn values(row: &Row, ticket: &Snapshot) -> Vec<String> {
    let all = row.looks.by.iter().flat_map(|it| ticket.extracted(*it));
    all.filter(|it| may_be_searched(it)).take(MOST_VALUES).cloned().collect()
}
