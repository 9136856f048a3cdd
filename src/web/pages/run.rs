//! A run: what was decided on what evidence, what it waits for, how it went.
//!
//! Every word of it comes from tickets and tools, redacted when it was kept: it is shown
//! as text, and nothing of it leads anywhere but an address that is written out.

mod approvals;
mod beside;
mod claims;
mod decision;
mod outside;
mod steps;

use maud::{Markup, html};

use super::runs::badge;
use crate::ops::triage::Timeline;
use crate::triage::phase::Phase;
use crate::triage::reason::Reason;
use crate::triage::run::Run;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::parts::{counted, safe};

/// Rows of one list of a run.
const MOST: usize = 60;

/// What is shown of one run.
pub struct Whole<'a> {
    /// As `triage show` answers it.
    pub run: &'a Run,
    /// As `triage show --timeline` does.
    pub timeline: &'a Timeline,
    /// Claims that are passed over.
    pub from: usize,
}

/// The page.
pub fn run(shell: &Shell, whole: &Whole<'_>) -> Markup {
    let Whole { run, timeline, from } = whole;
    let title = run.ticket.as_ref().map_or(run.run.as_str(), |it| it.title.as_str());
    let claims = claims::Claims::of(shell, run);
    html! {
        div.reading {
            article {
                p.crumbs { a href=(shell.addresses.of(Place::Runs)) { "runs" } " / " (safe(&run.run)) }
                h1 { (safe(title)) }
                (labels(run))
                (rests(run, timeline))
                (approvals::approvals(run, timeline))
                @match &run.bundle {
                    Some(bundle) => {
                        (decision::decision(bundle, timeline, &claims))
                        (decision::hypotheses(bundle, &claims))
                        (claims::claims(bundle, &claims, *from))
                        (claims::controls(bundle))
                        (claims::gaps(bundle))
                    },
                    None => { p.none { "Nothing is decided yet: the evidence stands here once the gate has looked at it." } },
                }
                (steps::steps(timeline))
                (outside::change(run))
                (outside::effects(run))
                (outside::words(run))
            }
            aside.beside aria-label="About this run" { (beside::beside(shell, run, timeline)) }
        }
    }
}

fn labels(run: &Run) -> Markup {
    html! {
        p.labels {
            (badge(run.phase))
            @if let Some(ticket) = &run.ticket { span.path { (safe(&ticket.id)) } }
            span { "mode " (run.mode.name()) }
            @if let (Some(decision), Some(class)) = (run.decision, run.classification) {
                span.kind { (decision) } span { (class) }
            }
            @if let Some(value) = run.confidence { span { (value) " % sure" } }
            @if run.attempts > 1 { span { "attempt " (run.attempts) } }
        }
    }
}

/// Why it stands where it does, and what goes on from there.
fn rests(run: &Run, timeline: &Timeline) -> Markup {
    let Some(code) = &run.outcome else {
        return html! {
            p.banner.plain { strong { "It goes on. " }
                @match &run.lease {
                    Some(lease) => { (safe(&lease.worker)) " took it last." },
                    None => "Nobody works on it.",
                }
            }
        };
    };
    let class = match run.phase {
        Phase::Waiting | Phase::AwaitMerge | Phase::Monitor => "open",
        Phase::Failed => "over",
        Phase::Closed => "good",
        _ => "plain",
    };
    let open = timeline.asks.iter().filter(|it| !it.used).count();
    let known = Reason::ALL.iter().find(|it| it.code() == code).map(|it| it.about());
    html! {
        p.banner.(class) {
            strong { (told(run.phase)) } " "
            @match known {
                _ if run.phase == Phase::Waiting && open > 0 => { (counted(open, "approval")) " outstanding." },
                Some(about) => { (about) " (" code { (safe(code)) } ")." },
                None => { (safe(&code.replace('-', " "))) "." },
            }
        }
    }
}

fn told(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting => "It waits for a person:",
        Phase::AwaitMerge => "People have the change before them:",
        Phase::Monitor => "The merge is being watched:",
        Phase::Closed => "Closed:",
        Phase::Stopped => "It stopped:",
        Phase::HandedOff => "Handed off:",
        Phase::Failed => "It failed:",
        _ => "It rests:",
    }
}
