//! The built-in specialist `postgres`: what a standby counts of the rows that a ticket is
//! about.
//!
//! The settings say what is asked, table by table and question by question; a ticket
//! chooses among services, and of its words only values that were recognised in it are
//! bound. A standby that lags proves no absence in the time that it does not have yet. A
//! server that takes writes is asked where people approved exactly that.

mod exception;
mod questions;
mod settings;

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use self::settings::Row;
use super::connector::{
    self, Answer, Connect, Connector, Introduced, arrived, earlier, nothing, said, unnamed,
};
use super::crew::Reply;
use super::limits::Limits;
use crate::postgres::{Postgres, PostgresError, Server};
use crate::triage::output::{Absence, Request};
use crate::triage::window::Window;
use crate::workspace::Workspace;

/// How long what happened may take until a standby that keeps up has it.
const UNTIL_IT_IS_THERE: SignedDuration = SignedDuration::from_mins(2);

/// A database as the user's settings have it.
pub(super) struct Replica {
    postgres: Postgres,
    services: Vec<Row>,
    /// Until when a server that takes writes may be asked, where people approved that.
    until: Option<Timestamp>,
}

impl Replica {
    /// As the user's settings say; an answer may take as long as the limits say.
    pub(super) fn of(
        workspace: &Workspace,
        limits: &Limits,
        now: fn() -> Timestamp,
    ) -> Connector<Self> {
        let seconds = Duration::from_secs(limits.seconds.into());
        Connector::of(settings::read(workspace, seconds, now), now)
    }
}

/// Whether the standby that the settings name is spoken to encrypted; an error is why nobody
/// is asked. Nothing is said to it.
pub(in crate::ops) fn is_encrypted(workspace: &Workspace) -> Option<Result<bool, String>> {
    // Neither how long nor when changes anything about the way.
    let replica = settings::read(workspace, Duration::from_mins(1), || Timestamp::UNIX_EPOCH)?;
    Some(replica.map(|it| it.postgres.encrypts()))
}

impl Connect for Replica {
    const NAME: &'static str = "postgres";

    fn sends() -> String {
        "one SELECT of aggregates at a time, over tables that specialists.postgres.services lists, in a transaction that cannot write".to_owned()
    }

    fn introduce(&mut self) -> Result<Introduced, (Absence, String)> {
        let server = self.postgres.server().map_err(|it| (absence(&it), it.to_string()))?;
        let Server { version, role, database, .. } = &server;
        let way = if self.postgres.encrypts() { ", over TLS" } else { "" };
        let (is, takes) = match (server.is_standby, &self.until) {
            (false, Some(until)) => (
                format!("a primary, by an approved exception until {until}"),
                "the transaction takes no writes",
            ),
            _ => ("a standby".to_owned(), "the server takes no writes"),
        };
        Ok(Introduced {
            identity: format!(
                "role {role} of database {database}, {is}, PostgreSQL {version}{way}"
            ),
            rights: format!(
                "{takes}, and '{role}' has no right to change anything; both are looked at before each question"
            ),
        })
    }

    fn answer(&mut self, request: &Request, now: Timestamp, until: Instant) -> Reply {
        let rows = connector::chosen(&request.ticket, &self.services);
        if rows.is_empty() {
            return unnamed(Self::NAME);
        }
        let server = match self.postgres.server() {
            Ok(server) => server,
            Err(error) => return nothing(absence(&error), error.to_string()),
        };
        let (window, lag) = match covered(request.window, now, &server) {
            Ok(covered) => covered,
            Err(why) => return nothing(Absence::OutsideWindow, why),
        };
        let client = &mut self.postgres;
        let of = if server.is_standby { "standby" } else { "primary" };
        let looking = connector::Looking { client, now, window, until };
        let mut answer = Answer::to(Self::NAME, request, now);
        if let Some(lag) = &lag {
            answer.gap(lag.clone(), Absence::OutsideWindow, false);
        }
        let mut looking = Looking { looking, ticket: &request.ticket, of, lag };
        questions::look(&mut looking, &rows, &mut answer);
        said(answer)
    }
}

/// One answer while it is made.
struct Looking<'a> {
    looking: connector::Looking<'a, Postgres>,
    ticket: &'a crate::triage::snapshot::Snapshot,
    /// What is asked: `standby`, `primary`.
    of: &'static str,
    /// What of the incident's time the standby does not have, where that is so.
    lag: Option<String>,
}

/// The part of an incident's window that a standby has, and what is missing of it. It has
/// to be whole up to two minutes ago; what lags by more is told.
fn covered(
    incident: Window,
    now: Timestamp,
    server: &Server,
) -> Result<(Window, Option<String>), String> {
    let clock = earlier(now, server.now);
    let Some(window) = arrived(incident, clock, UNTIL_IT_IS_THERE) else {
        return Err("the incident is too new for a standby to have it".to_owned());
    };
    let Some(reached) = server.reached else {
        return Err("the standby does not say up to when it has what happened".to_owned());
    };
    if reached >= window.until {
        return Ok((window, None));
    }
    let behind = match server.behind {
        Some(bytes) if bytes > 0 => format!(", {bytes} bytes are not applied yet"),
        _ => String::new(),
    };
    let lag = format!("the standby has what happened until {reached} only{behind}");
    if reached <= window.from {
        return Err(lag);
    }
    Ok((Window { until: reached, ..window }, Some(lag)))
}

/// In which way something is missing that a database did not say.
fn absence(error: &PostgresError) -> Absence {
    if error.is_unasked() { Absence::NotSearched } else { Absence::Error }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clock: &str) -> Timestamp {
        format!("2026-11-03T{clock}Z").parse().unwrap()
    }

    fn server(reached: Option<&str>, behind: i64) -> Server {
        Server {
            version: "15".to_owned(),
            role: "reader".to_owned(),
            database: "app".to_owned(),
            is_standby: true,
            now: Some(at("09:00:00")),
            reached: reached.map(at),
            behind: Some(behind),
        }
    }

    #[test]
    fn what_a_standby_does_not_have_is_no_part_of_the_window() {
        let incident = Window { from: at("04:00:00"), until: at("08:00:00") };
        let covered = |server: &Server| covered(incident, at("09:00:00"), server);
        assert_eq!(covered(&server(Some("08:59:00"), 0)), Ok((incident, None)));
        let (window, lag) = covered(&server(Some("06:00:00"), 512)).unwrap();
        assert_eq!(window, Window { until: at("06:00:00"), ..incident });
        assert!(
            lag.unwrap()
                .ends_with("until 2026-11-03T06:00:00Z only, 512 bytes are not applied yet")
        );
        assert!(covered(&server(Some("03:00:00"), 0)).unwrap_err().contains("until 2026-11-03T03"));
        assert!(covered(&server(None, 0)).unwrap_err().contains("does not say"));
    }

    #[test]
    fn an_incident_that_goes_on_is_asked_about_up_to_two_minutes_ago() {
        let incident = Window { from: at("04:00:00"), until: at("09:00:00") };
        let (window, lag) =
            covered(incident, at("09:00:00"), &server(Some("08:59:00"), 0)).unwrap();
        assert_eq!((window.until, lag), (at("08:58:00"), None));
    }
}
