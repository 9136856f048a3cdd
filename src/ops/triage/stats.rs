//! `triage stats`: what runs came to. Counts of runs, never of people.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::read_date;
use crate::ops::OpError;
use crate::triage::delivery::Ended;
use crate::triage::event::{Event, Line};
use crate::triage::state::{Came, State};
use crate::workspace::Workspace;

/// What runs came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stats {
    /// `prode.triage_stats/v1`.
    pub schema: String,
    /// Runs that were opened since then count; null: all.
    pub since: Option<String>,
    /// How many runs.
    pub runs: usize,
    /// By the phase in which they are.
    pub phases: BTreeMap<String, usize>,
    /// By what was decided.
    pub decisions: BTreeMap<String, usize>,
    /// By what the tickets are.
    pub classifications: BTreeMap<String, usize>,
    /// By reason.
    pub reasons: BTreeMap<String, usize>,
    /// Seconds from the opening to the bundle: the median, null without one.
    pub seconds_to_bundle: Option<i64>,
    /// Seconds that an approval was waited for: the median, null without one.
    pub seconds_to_approval: Option<i64>,
    /// Pull requests of runs, by what became of them: `open`, `merged`, `closed`.
    pub pull_requests: BTreeMap<String, usize>,
    /// What was seen after merges: `confirmed`, `not-confirmed`, `regressed`.
    pub monitored: BTreeMap<String, usize>,
    /// Runs whose change was given up.
    pub turned_back: usize,
    /// Questions that were answered.
    pub answered: usize,
    /// Questions that were not answered.
    pub unanswered: usize,
    /// Runs that a budget or the deadline cut short.
    pub budget_stops: usize,
    /// Runs that wait for a person now.
    pub waiting: usize,
    /// Runs that were taken up again after their worker was lost.
    pub taken_over: usize,
    /// Runs whose events cannot be read.
    pub unreadable: usize,
}

/// Counts runs that were opened since a day or a time.
pub fn stats(workspace: &Workspace, since: Option<&str>) -> Result<Stats, OpError> {
    let from = since.map(time).transpose()?;
    let mut stats = Stats {
        schema: "prode.triage_stats/v1".to_owned(),
        since: from.map(|it| it.to_string()),
        ..Stats::default()
    };
    let Some(store) = super::existing_store(workspace)? else { return Ok(stats) };
    let (mut bundles, mut approvals) = (Vec::new(), Vec::new());
    for row in super::runs_of_tickets(&*store)?
        .iter()
        .filter(|row| from.is_none_or(|from| row.opened >= from))
    {
        stats.runs += 1;
        let Ok(read) = super::read(&*store, &row.run) else {
            stats.unreadable += 1;
            continue;
        };
        stats.add(&read.state);
        bundles.extend(seconds(&read.lines, |it| matches!(it, Event::Decided { .. }), false));
        approvals.extend(seconds(&read.lines, |it| matches!(it, Event::Approved { .. }), true));
    }
    stats.seconds_to_bundle = median(bundles);
    stats.seconds_to_approval = median(approvals);
    Ok(stats)
}

impl Stats {
    fn add(&mut self, state: &State) {
        count(&mut self.phases, &state.phase());
        if let Some(decided) = &state.decided {
            count(&mut self.decisions, &decided.decision);
            count(&mut self.classifications, &decided.classification);
            decided.reasons.iter().for_each(|it| count(&mut self.reasons, it));
        }
        for came in state.answers.values() {
            match came {
                Came::Answer(..) => self.answered += 1,
                Came::Nothing(..) => self.unanswered += 1,
            }
        }
        if state.proposes() && state.is_before_people() {
            count(&mut self.pull_requests, &"open");
        }
        match &state.ended {
            Some(Ended::Merged { .. }) => count(&mut self.pull_requests, &"merged"),
            Some(Ended::Closed) => count(&mut self.pull_requests, &"closed"),
            None => {}
        }
        if let Some((_, seen)) = &state.monitored {
            count(&mut self.monitored, &seen.name());
        }
        self.turned_back += usize::from(state.turned_back.is_some());
        self.budget_stops += usize::from(state.is_spent());
        self.waiting += usize::from(state.phase() == crate::triage::phase::Phase::Waiting);
        self.taken_over += usize::from(state.attempts > 1);
    }
}

fn count(all: &mut BTreeMap<String, usize>, what: &impl ToString) {
    *all.entry(what.to_string()).or_default() += 1;
}

/// From the opening, or from the decision, to the first event of a sort.
fn seconds(lines: &[Line], is: fn(&Event) -> bool, from_decision: bool) -> Option<i64> {
    let at = |is: &dyn Fn(&Event) -> bool| lines.iter().find(|it| is(&it.event)).map(|it| it.at);
    let from = if from_decision {
        at(&|it| matches!(it, Event::Decided { .. }))?
    } else {
        lines.first()?.at
    };
    Some(at(&is)?.as_second() - from.as_second())
}

fn median(mut all: Vec<i64>) -> Option<i64> {
    all.sort_unstable();
    all.get(all.len() / 2).copied()
}

/// A time, or the beginning of a day in UTC.
fn time(text: &str) -> Result<Timestamp, OpError> {
    let day = || read_date(text)?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|it| it.timestamp());
    text.parse().ok().or_else(day).ok_or_else(|| OpError::Usage {
        message: format!("'{text}' is neither a date nor a time"),
        hint: "write a day such as 2026-11-20, or a time such as 2026-11-20T08:00:00Z".to_owned(),
    })
}
