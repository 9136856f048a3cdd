//! The built-in specialist `aws`: what alarms, metrics, logs, queues and services of
//! containers say of an incident's time.
//!
//! What is looked at, and what it speaks for, the user's settings say beforehand,
//! service by service; a ticket only chooses among them. Nothing that a ticket or a log line says
//! becomes a part of a question. Before anything else it is asked whose the
//! credentials are: those of another account ask nothing.

mod alarms;
mod answer;
mod chosen;
mod logs;
mod metrics;
mod queues;
mod settings;
mod tasks;

use std::time::{Duration, Instant};

use jiff::Timestamp;

use self::answer::Answer;
use self::settings::{Row, Set};
use super::crew::{Crew, Reply};
use super::limits::Limits;
use crate::aws::{Aws, AwsError, Caller, Operation, UNTIL_IT_IS_THERE};
use crate::triage::evidence::How;
use crate::triage::inventory::{Inventory, Sort, Tool};
use crate::triage::output::{Absence, Request};
use crate::triage::window::Window;
use crate::workspace::Workspace;

/// The specialist's name, and the system that its receipts name.
const NAME: &str = "aws";

/// Seconds that it may take to say whose the credentials are.
const LOOK: u32 = 60;

/// Whose the credentials are, or why nobody is asked.
type Known = Result<Caller, (Absence, String)>;

/// AWS as the user's settings have it, where they do.
pub(super) struct Amazon {
    set: Option<Result<(Aws, Set), String>>,
    known: Option<Known>,
    now: fn() -> Timestamp,
}

impl Amazon {
    /// As the user's settings say; an answer may take as long as the limits say.
    pub(super) fn of(workspace: &Workspace, limits: &Limits, now: fn() -> Timestamp) -> Self {
        let seconds = Duration::from_secs(limits.seconds.into());
        Self { set: settings::read(workspace, seconds, now), known: None, now }
    }

    /// Whose the credentials are; asked once.
    fn known(&mut self) -> Known {
        if let Some(known) = &self.known {
            return known.clone();
        }
        let known = match &mut self.set {
            None => Err((Absence::NotSearched, "specialists.aws.region is not set".to_owned())),
            Some(Err(why)) => Err((Absence::NotSearched, why.clone())),
            Some(Ok((aws, set))) => caller(aws, &set.account),
        };
        self.known.insert(known).clone()
    }
}

/// Whose the credentials are, if that is who the settings say.
fn caller(aws: &mut Aws, account: &str) -> Known {
    match aws.caller() {
        Ok(caller) if caller.account == account => Ok(caller),
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

/// In which way something is missing that AWS did not say.
fn absence(error: &AwsError) -> Absence {
    if error.is_unasked() { Absence::NotSearched } else { Absence::Error }
}

impl Crew for Amazon {
    fn inventory(&mut self) -> Inventory {
        if self.set.is_none() {
            return Inventory::of(Vec::new());
        }
        let known = self.known();
        // The part of the ARN that says who; the rest is the account once more.
        let who = |it: &Caller| {
            let name = it.arn.rsplit(':').next().unwrap_or_default();
            format!("account {}, {name}", it.account)
        };
        let operations: Vec<&str> = Operation::all().map(Operation::name).collect();
        Inventory::of(vec![Tool {
            name: NAME.to_owned(),
            sort: Sort::BuiltIn,
            answered: known.is_ok(),
            identity: known.as_ref().ok().map(who),
            read_only: Some(format!(
                "nothing else can be sent than {}; what its role may do besides is not proven",
                operations.join(", ")
            )),
            blocked: known.err().map(|(_, why)| why),
            chosen: true,
        }])
    }

    fn looks(&self) -> u32 {
        if self.set.is_some() { LOOK } else { 0 }
    }

    fn knows(&mut self, specialist: &str) -> bool {
        specialist == NAME && self.set.is_some()
    }

    fn ask(&mut self, request: &Request) -> Reply {
        let nothing = |absence, why: String| Reply::Nothing { absence, why };
        if let Err((absence, why)) = self.known() {
            return nothing(absence, why);
        }
        let now = (self.now)();
        let Some(Ok((aws, set))) = &mut self.set else {
            return nothing(Absence::NotSearched, "it is not set up".to_owned());
        };
        let rows = chosen::of(&request.ticket, &set.services);
        if rows.is_empty() {
            let why = "the ticket names nothing that specialists.aws.services lists";
            return nothing(Absence::NotSearched, why.to_owned());
        }
        let Some(window) = there(request.window, now) else {
            let why = "the incident is too new for what metrics and logs have of it";
            return nothing(Absence::OutsideWindow, why.to_owned());
        };
        let half = Duration::from_secs(request.limits.seconds.into()) / 2;
        let mut looking = Looking { aws, now, window, until: Instant::now() + half };
        let text = looking.answer(request, &rows);
        Reply::Said { text, how: How::Captured }
    }
}

/// The part of a window of which everything has arrived by now.
fn there(window: Window, now: Timestamp) -> Option<Window> {
    let arrived = now.checked_sub(UNTIL_IT_IS_THERE).ok()?;
    let until = window.until.min(arrived);
    (until > window.from).then_some(Window { from: window.from, until })
}

/// One answer while it is made.
struct Looking<'a> {
    aws: &'a mut Aws,
    now: Timestamp,
    /// What is asked about: the incident's window as far as it is there.
    window: Window,
    /// After that nothing more is begun.
    until: Instant,
}

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

impl Looking<'_> {
    fn answer(&mut self, request: &Request, rows: &[&Row]) -> String {
        let mut answer = Answer::to(request, self.now);
        for (what, look) in LOOKS {
            if self.is_late() {
                answer.gap(format!("{what}: no time was left"), Absence::NotSearched, true);
            } else {
                look(self, rows, &mut answer);
            }
        }
        serde_json::to_string(&answer.done()).unwrap_or_default()
    }

    fn is_late(&self) -> bool {
        Instant::now() >= self.until
    }

    /// A window of this moment.
    fn moment(&self) -> Window {
        Window { from: self.now, until: self.now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_not_arrived_is_not_asked_about() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let window = Window { from: at("2026-11-03T02:00:00Z"), until: at("2026-11-03T05:00:00Z") };
        assert_eq!(there(window, at("2026-11-03T09:00:00Z")), Some(window));
        let cut = there(window, at("2026-11-03T04:00:00Z")).unwrap();
        assert_eq!(cut.until, at("2026-11-03T03:58:00Z"));
        assert_eq!(there(window, at("2026-11-03T02:01:00Z")), None);
    }
}
