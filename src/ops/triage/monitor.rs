//! Asks the confirming queries again, about the time since the merge.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::crew::{Crew, Reply};
use super::decided::decided;
use super::journal::Journal;
use super::limits::Limits;
use super::written::{Written, hidden_text};
use crate::ops::OpError;
use crate::triage::bundle::Bundle;
use crate::triage::delivery::{Ended, Monitor, Watched};
use crate::triage::event::Event;
use crate::triage::output::{Limits as AnswerLimits, Output, Request};
use crate::triage::plan::Question;
use crate::triage::rebuild::{self, Unbuildable};
use crate::triage::window::Window;

/// Asks whoever saw what the decision rested on, and writes down what they see
/// now.
pub(super) fn monitor(
    journal: &mut Journal<'_>,
    crew: &mut dyn Crew,
    limits: &Limits,
) -> Result<(), OpError> {
    let (bundle, _) = decided(journal)?;
    let window = window(journal)?;
    let mut answers = Vec::new();
    for (specialist, hypothesis) in whom(&bundle) {
        let request = request(journal, &specialist, &hypothesis, window, limits)?;
        let (request, _) = Written::document(journal.screen(), &request)?;
        journal.hold(SignedDuration::from_secs(request.limits.seconds.into()))?;
        let (output, why) = match crew.ask(&request, None) {
            Reply::Said { text, .. } => match Output::parse(&text) {
                Ok(output) => (Some(output), None),
                Err(error) => (None, Some(error.to_string())),
            },
            Reply::Nothing { why, .. } => (None, Some(why)),
        };
        let why = why.map(|why| hidden_text(journal.screen(), &why)).transpose()?;
        answers.push(Watched { specialist, hypothesis, output, why });
    }
    let monitor = Monitor { schema: Monitor::SCHEMA.to_owned(), window, answers };
    let (monitor, written) = Written::document(journal.screen(), &monitor)?;
    let (artifact, seen) = (written.digest().to_owned(), monitor.seen());
    journal.record(&Event::Monitored { artifact, seen }, Some(written))
}

/// From the merge to when it has been watched long enough.
fn window(journal: &Journal<'_>) -> Result<Window, OpError> {
    let state = journal.state();
    match (&state.ended, state.watched_until) {
        (Some(Ended::Merged { at, .. }), Some(until)) => Ok(Window { from: *at, until }),
        _ => Err(Unbuildable::TooEarly("merge").into()),
    }
}

/// The specialists of the decisive claims, each with what its claim supported.
fn whom(bundle: &Bundle) -> BTreeSet<(String, String)> {
    let decisive = bundle.confidence.claims.iter().map(|it| &it.claim);
    let found = decisive.filter_map(|id| bundle.findings.iter().find(|it| it.id == *id));
    let standing =
        bundle.hypotheses.iter().filter(|it| it.state == crate::triage::gate::State::Supported);
    let names: Vec<&String> = standing.map(|it| &it.hypothesis.id).collect();
    let pairs = found.flat_map(|finding| {
        let question = finding.id.split('/').next().unwrap_or_default();
        let specialist = Question::whose(question);
        let supported = finding.supports.iter().filter(|it| names.contains(it));
        supported.map(move |it| (specialist.to_owned(), it.clone()))
    });
    pairs.collect()
}

fn request(
    journal: &Journal<'_>,
    specialist: &str,
    hypothesis: &str,
    window: Window,
    limits: &Limits,
) -> Result<Request, OpError> {
    let ticket = rebuild::snapshot(journal.state(), &journal.kept())?;
    Ok(Request {
        schema: Request::SCHEMA.to_owned(),
        name: specialist.to_owned(),
        specialist: specialist.to_owned(),
        question: format!(
            "Is what spoke for {hypothesis} seen since the change was merged? Ask about the whole window."
        ),
        window,
        hypotheses: [(hypothesis.to_owned(), "the fault that the change was to mend".to_owned())]
            .into(),
        ticket,
        limits: AnswerLimits { seconds: limits.seconds, bytes: limits.bytes },
    })
}
