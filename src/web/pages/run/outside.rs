//! What a run did outside, or would: its change, its effects, what it wrote for people.

use maud::{Markup, html};

use super::MOST;
use super::approvals::command;
use crate::triage::phase::Phase;
use crate::triage::run::{Made, Run};
use crate::web::markdown::note;
use crate::web::parts::safe;

/// Bytes of the hand-off that are shown.
const LONGEST: usize = 20_000;

/// The change that it proposes, and what became of it.
pub(super) fn change(run: &Run) -> Markup {
    let is_by_hand = run.outcome.as_deref() == Some("change-by-hand");
    let is_there = run.pr.is_some() || run.turned_back.is_some() || !run.sources.is_empty();
    html! {
        @if is_there || is_by_hand {
            section aria-labelledby="Change" {
                h2 id="Change" { "Change" }
                dl.facts {
                    @if let Some(pull) = &run.pr { dt { "Pull request" } dd.path { (safe(pull)) } }
                    @if let Some(seen) = &run.monitor { dt { "Seen since the merge" } dd { (safe(seen)) } }
                    @if let Some(why) = &run.turned_back { dt { "Turned back" } dd { (safe(why)) } }
                    @for source in run.sources.iter().take(MOST) { dt { "Read" } dd.path { (safe(source)) } }
                }
                @if is_by_hand {
                    p { "A person makes the change, in the work tree that is named by:" }
                    (command(&format!("prode triage show {}", run.run)))
                }
            }
        }
    }
}

/// What follows outside.
pub(super) fn effects(run: &Run) -> Markup {
    html! {
        @if !run.effects.is_empty() {
            section aria-labelledby="Effects" {
                h2 id="Effects" { "Outside " span.count { (run.effects.len()) } }
                div.table tabindex="0" role="region" aria-labelledby="Effects" {
                    table.effects {
                        thead { tr { @for name in ["What", "State", "Where"] { th scope="col" { (name) } } } }
                        tbody { @for made in run.effects.iter().take(MOST) { (effect(made)) } }
                    }
                }
            }
        }
    }
}

fn effect(made: &Made) -> Markup {
    let class = match made.state.as_str() {
        "done" => "good",
        "left" => "over",
        "planned" | "intended" => "open",
        _ => "plain",
    };
    html! {
        tr {
            th scope="row" { span.kind { (made.effect.sort.words()) } " " (safe(&made.effect.summary)) }
            td { span.badge.(class) { (safe(&made.state)) } @if let Some(why) = &made.why { " " (safe(why)) } }
            td.path { (safe(made.reference.as_deref().unwrap_or(&made.effect.target))) }
        }
    }
}

/// What it wrote for the next person, what people noted, and what to type.
pub(super) fn words(run: &Run) -> Markup {
    html! {
        @if !run.notes.is_empty() {
            section aria-labelledby="Notes" {
                h2 id="Notes" { "Notes of people" }
                ul { @for it in run.notes.iter().take(MOST) { li { strong { (safe(&it.by)) } ": " (safe(&it.text)) } } }
            }
        }
        @if let Some(handoff) = &run.handoff {
            section aria-labelledby="Handoff" {
                h2 id="Handoff" { "Hand-off" }
                details {
                    summary { "What the next person needs, written from the evidence alone" }
                    div.words.handoff { (note(beginning(handoff))) }
                    @if !handoff.ends_with(beginning(handoff)) { p.none { "All of it: " code { "prode triage show " (safe(&run.run)) " --handoff" } } }
                }
            }
        }
        section aria-labelledby="Next" {
            h2 id="Next" { "What to type next" }
            @if run.phase.is_over() { p { "The run is over: the ticket opens another one." } (command("prode triage run ticket.json")) }
            @else { p { (goes_on(run.phase)) } (command(&format!("prode triage resume {}", run.run))) }
            p { "Whether it is what happened, worked out again byte by byte; and all of it, to be verified anywhere:" }
            (command(&format!("prode triage verify {}", run.run)))
            (command(&format!("prode triage export {} -o DIR", run.run)))
        }
    }
}

fn goes_on(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting => "Once it has what it waits for, it goes on:",
        Phase::AwaitMerge => "Whether people merged it is looked up by:",
        Phase::Monitor => "Once it was watched long enough, it is asked again:",
        _ => "It goes on, where its worker was lost:",
    }
}

/// As many whole lines as are shown, without the title, which the page has already.
fn beginning(text: &str) -> &str {
    let title = text.split_once('\n').filter(|(first, _)| first.starts_with("# "));
    let text = title.map_or(text, |(_, rest)| rest);
    if text.len() <= LONGEST {
        return text;
    }
    let most = text.floor_char_boundary(LONGEST);
    let end = text[..most].rfind('\n').map_or(most, |at| at + 1);
    &text[..end]
}
