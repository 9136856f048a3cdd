//! The built-in specialist `aws`: what alarms, metrics, logs, queues and services of
//! containers say of an incident's time.
//!
//! Nothing that a ticket or a log line says becomes a part of a question. Credentials
//! of another account than the settings name ask nothing but whose they are.

mod alarms;
mod logs;
mod metrics;
mod queues;
mod settings;
mod tasks;

use std::time::{Duration, Instant};

use jiff::Timestamp;

use self::settings::Row;
use super::connector::{
    self, Answer, Connect, Connector, Introduced, absence, arrived, nothing, said, unnamed,
};
use super::crew::Reply;
use super::limits::Limits;
use crate::aws::{Aws, Caller, Operation, UNTIL_IT_IS_THERE};
use crate::triage::output::{Absence, Request};
use crate::workspace::Workspace;

/// AWS as the user's settings have it.
pub(super) struct Amazon {
    aws: Aws,
    /// The account that the credentials have to be of.
    account: String,
    services: Vec<Row>,
}

impl Amazon {
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

impl Connect for Amazon {
    const NAME: &'static str = "aws";

    fn sends() -> String {
        Operation::all().map(Operation::name).collect::<Vec<_>>().join(", ")
    }

    fn introduce(&mut self) -> Result<Introduced, (Absence, String)> {
        let account = &self.account;
        match self.aws.caller() {
            Ok(caller) if caller.account == *account => Ok(Introduced {
                identity: identity(&caller),
                rights: "what its role may do besides is not proven".to_owned(),
            }),
            Ok(caller) => Err((
                Absence::NotSearched,
                format!(
                    "the credentials are of account {}, and specialists.aws.account is {account}: nothing is asked",
                    caller.account
                ),
            )),
            Err(error) => Err((absence(&error), error.to_string())),
        }
    }

    fn answer(&mut self, request: &Request, now: Timestamp, until: Instant) -> Reply {
        let rows = connector::chosen(&request.ticket, &self.services);
        if rows.is_empty() {
            return unnamed(Self::NAME);
        }
        let Some(window) = arrived(request.window, now, UNTIL_IT_IS_THERE) else {
            let why = "the incident is too new for what metrics and logs have of it";
            return nothing(Absence::OutsideWindow, why);
        };
        let mut looking = Looking { client: &mut self.aws, now, window, until };
        let mut answer = Answer::to(Self::NAME, request, now);
        for (what, look) in LOOKS {
            if looking.is_late() {
                answer.gap(format!("{what}: no time was left"), Absence::NotSearched, true);
            } else {
                look(&mut looking, &rows, &mut answer);
            }
        }
        said(answer)
    }
}

/// The account, and the part of the ARN that says who; the rest is the account once
/// more.
fn identity(caller: &Caller) -> String {
    let name = caller.arn.rsplit(':').next().unwrap_or_default();
    format!("account {}, {name}", caller.account)
}

/// One answer while it is made.
type Looking<'a> = connector::Looking<'a, Aws>;

/// One sort of thing that is looked at.
type Look = fn(&mut Looking<'_>, &[&Row], &mut Answer<'_>);

/// In the order of what an incident needs most.
const LOOKS: &[(&str, Look)] = &[
    ("metrics", metrics::look),
    ("logs", logs::look),
    ("alarms", alarms::look),
    ("queues", queues::look),
    ("services of containers", tasks::look),
];
