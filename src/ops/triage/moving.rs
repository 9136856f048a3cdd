//! Moves of the ticket: what the user's side lists, where the ticket stands when
//! its run begins, and the move itself.

use std::collections::BTreeMap;

use super::journal::Journal;
use crate::ops::OpError;
use crate::tracker::{Moved, TicketName, Tracker};
use crate::triage::effect::Effect;
use crate::triage::event::Event;
use crate::triage::moving::{Move, Moves, When};
use crate::workspace::Workspace;

/// Which state or label a ticket gets when, as the user's side lists it now.
fn listed(workspace: &Workspace) -> BTreeMap<When, String> {
    let section = workspace.own_settings().section("tracker").merged();
    let name = |when: When| {
        let name = section["moves"][when.name()].as_str()?.trim().to_owned();
        Some((when, name)).filter(|(_, name)| !name.is_empty())
    };
    When::ALL.into_iter().filter_map(name).collect()
}

/// What the user's side lets prode do to tickets once it is approved.
fn carries_out(workspace: &Workspace) -> Vec<String> {
    let section = workspace.own_settings().section("tracker").merged();
    let texts = section["carries_out"].as_array().into_iter().flatten();
    texts.filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

/// Where the ticket stands, and where it may go; nothing where the user's side
/// lists no move.
pub(super) fn stood(
    workspace: &Workspace,
    tracker: &Tracker,
    ticket: &TicketName,
) -> Result<Option<Event>, OpError> {
    let listed = listed(workspace);
    if listed.is_empty() {
        return Ok(None);
    }
    let names: Vec<&str> = listed.values().map(String::as_str).collect();
    let stands = tracker.stands(ticket, &names)?;
    let to = listed.keys().copied().zip(stands.targets).collect();
    let moves = Moves { from: stands.from, to, carries_out: carries_out(workspace) };
    Ok(Some(Event::Stood { moves }))
}

/// Moves it, or says why it stays: the event that is written down.
pub(super) fn shifted(
    workspace: &Workspace,
    (tracker, ticket): (&Tracker, &TicketName),
    journal: &Journal<'_>,
    effect: &Effect,
) -> Result<Event, OpError> {
    let key = effect.key.clone();
    let Some(step) = &effect.moves else {
        return Ok(Event::Left { key, why: "it says not whereto".to_owned() });
    };
    // What was taken off the list since the run began is not done any more.
    if !is_listed(workspace, step) {
        let why = format!("'{}' is no longer listed on your side", step.to.name);
        return Ok(Event::Left { key, why });
    }
    let approved = journal.state().is_approved();
    Ok(match tracker.shift(ticket, step, approved)? {
        Moved::There { .. } => {
            Event::Done { key, reference: format!("{}: {}", ticket.id(), step.to.name) }
        }
        Moved::Left(why) => Event::Left { key, why: why.to_owned() },
    })
}

fn is_listed(workspace: &Workspace, step: &Move) -> bool {
    let is_name = listed(workspace).get(&step.when) == Some(&step.to.name);
    let may = |action: &String| carries_out(workspace).contains(action);
    is_name && step.to.action.as_ref().is_none_or(may)
}
