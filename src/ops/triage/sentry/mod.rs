//! The built-in specialist `sentry`: which errors were recorded in an incident's time, how
//! many, since when and in which releases; and which releases went out.
//!
//! A ticket chooses among the services of the settings, and names issues by ids that were
//! recognised in it; an issue of a project that no service lists is not looked at. No
//! other word of a ticket becomes a part of a question, and of an event only names that
//! programs give are read: never who met it.

mod issues;
mod releases;
mod settings;

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use self::settings::Row;
use super::connector::{
    self, Answer, Connect, Connector, Introduced, Query, absence, arrived, earlier, nothing, said,
    unnamed,
};
use super::crew::Reply;
use super::limits::Limits;
use crate::sentry::{Access, IssueName, Operation, Project, Sentry, Slug};
use crate::triage::output::{Absence, Request};
use crate::triage::snapshot::Extract;
use crate::triage::window::Window;
use crate::workspace::Workspace;

/// How long an event may take until it is counted.
const UNTIL_IT_IS_THERE: SignedDuration = SignedDuration::from_mins(2);

/// Issues of one ticket that are looked at.
const MOST_ISSUES: usize = 5;

/// Sentry as the user's settings have it.
pub(super) struct Errors {
    sentry: Sentry,
    services: Vec<Row>,
    /// How far back events are kept.
    keeps: SignedDuration,
}

impl Errors {
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

impl Connect for Errors {
    const NAME: &'static str = "sentry";

    fn sends() -> String {
        let paths: Vec<&str> = Operation::all().map(Operation::path).collect();
        format!("GET {}", paths.join(", "))
    }

    fn introduce(&mut self) -> Result<Introduced, (Absence, String)> {
        let wanted = self.sentry.organization().clone();
        match self.sentry.access() {
            Ok(access) if access.organization == wanted.as_str() => {
                let identity = format!("organization {wanted}");
                Ok(Introduced { identity, rights: rights(&access) })
            }
            Ok(access) => Err((
                Absence::NotSearched,
                format!(
                    "the token answers for organization {}, and specialists.sentry.organization is {wanted}: nothing is asked",
                    access.organization
                ),
            )),
            Err(error) if error.is_not_found() => Err((
                Absence::Error,
                format!(
                    "this token sees no organization '{wanted}': specialists.sentry.organization names it"
                ),
            )),
            Err(error) => Err((absence(&error), error.to_string())),
        }
    }

    fn answer(&mut self, request: &Request, now: Timestamp, until: Instant) -> Reply {
        let named = request.ticket.extracted(Extract::SentryIssue);
        let rows = connector::chosen(&request.ticket, &self.services);
        if rows.is_empty() && named.is_empty() {
            return unnamed(Self::NAME);
        }
        let clock = earlier(now, self.sentry.time());
        let Some(window) = arrived(request.window, clock, UNTIL_IT_IS_THERE) else {
            let why = "the incident is too new for what is counted of it";
            return nothing(Absence::OutsideWindow, why);
        };
        let kept = now.checked_sub(self.keeps).unwrap_or(Timestamp::MIN);
        let client = &mut self.sentry;
        let looking = connector::Looking { client, now, window, until };
        let mut looking = Looking { looking, kept, projects: Vec::new() };
        let mut answer = Answer::to(Self::NAME, request, now);
        if named.is_empty() {
            let errors = request.ticket.extracted(Extract::Error);
            issues::of_services(&mut looking, &rows, errors, &mut answer);
        } else {
            issues::named(&mut looking, &self.services, named, &mut answer);
        }
        releases::look(&mut looking, &rows, &mut answer);
        said(answer)
    }
}

/// What the token may do besides, as far as Sentry says so.
fn rights(access: &Access) -> String {
    let writes = access.that_write();
    match (access.scopes.is_empty(), writes.is_empty()) {
        (true, _) => "what its token may do besides is not told".to_owned(),
        (_, true) => format!("its token may only read: {}", access.scopes.join(", ")),
        (_, false) => format!(
            "its token could change things ({}), though prode sends nothing that does: give it one that only reads",
            writes.join(", ")
        ),
    }
}

/// One answer while it is made.
struct Looking<'a> {
    looking: connector::Looking<'a, Sentry>,
    /// From then on events are kept.
    kept: Timestamp,
    /// What was asked for already.
    projects: Vec<Project>,
}

impl Looking<'_> {
    fn sentry(&mut self) -> &mut Sentry {
        self.looking.client
    }

    fn is_late(&self) -> bool {
        self.looking.is_late()
    }

    /// A project, asked for once; why there is none has been said.
    fn project(&mut self, slug: &Slug, answer: &mut Answer<'_>) -> Option<Project> {
        if let Some(known) = self.projects.iter().find(|it| it.slug == *slug) {
            return Some(known.clone());
        }
        let query = self.query("projects", format!("project {slug}"), self.looking.window);
        match self.sentry().project(slug) {
            Ok(Some(project)) => {
                self.projects.push(project.clone());
                return Some(project);
            }
            Ok(None) => {
                let why = "there is no such project in this organization, or not for this token";
                answer.missed(&query, Absence::NotSearched, why);
            }
            Err(error) => answer.missed(&query, absence(&error), &error.to_string()),
        }
        None
    }

    /// The time that events can be there of, where that is not the whole window.
    fn covered(&self, project: &Project, window: &Window) -> Option<Window> {
        let from = project.created.map_or(self.kept, |it| it.max(self.kept));
        (from > window.from).then(|| Window { from, until: window.until.max(from) })
    }

    fn query(&mut self, of: &'static str, text: String, window: Window) -> Query {
        let organization = self.looking.client.organization().to_string();
        Query { of, text, parameters: vec![("organization", organization)], window }
    }
}

/// An issue's name, where it is one.
fn name(text: &str, answer: &mut Answer<'_>) -> Option<IssueName> {
    let name = IssueName::new(text);
    if let Err(error) = &name {
        answer.gap(error.to_string(), Absence::NotSearched, false);
    }
    name.ok()
}
