//! What waits for a person: the exact subject, and the command that signs it. It is
//! signed on that person's machine and nowhere else, so there is no button.

use maud::{Markup, html};

use crate::ops::triage::{Ask, Timeline};
use crate::rendering::visible;
use crate::triage::bundle::Waiting;
use crate::triage::run::Run;
use crate::web::parts::safe;

/// Requests in the run's order, those that nobody answered first to be read.
pub(super) fn approvals(run: &Run, timeline: &Timeline) -> Markup {
    let open = timeline.asks.iter().filter(|it| !it.used).count();
    html! {
        @if !timeline.asks.is_empty() {
            section aria-labelledby="Approvals" {
                h2 id="Approvals" { "Approvals " span.count { (open) " outstanding of " (timeline.asks.len()) } }
                @for (waiting, ask) in run.waiting.iter().zip(&timeline.asks) { (one(run, waiting, ask)) }
            }
        }
    }
}

fn one(run: &Run, waiting: &Waiting, ask: &Ask) -> Markup {
    let wanted = &waiting.wanted;
    let granted = run.approvals.iter().find(|it| it.request == ask.request);
    let pretty: Option<serde_json::Value> = serde_json::from_str(&ask.document).ok();
    let pretty = pretty.and_then(|it| serde_json::to_string_pretty(&it).ok());
    html! {
        section.approval {
            h3 { (safe(&wanted.action)) " on " (safe(&wanted.target)) }
            p { (safe(&wanted.reason)) }
            div.code { pre tabindex="0" { code { (visible(&wanted.what)) } } }
            dl.facts {
                dt { "Request" } dd { code { (safe(&ask.request)) } }
                dt { "Subject" } dd.path { (safe(&ask.digest)) }
                @for it in ask.missing.iter().flatten() { @if granted.is_none() { dt { "Missing" } dd { (safe(it)) } } }
            }
            details {
                summary { "What is signed, word for word" }
                pre.excerpt tabindex="0" { (visible(pretty.as_deref().unwrap_or(&ask.document))) }
                p.note { "The digest is of its canonical JSON (RFC 8785): " code { "prode triage show " (safe(&run.run)) " --timeline --json" } }
            }
            @match granted {
                Some(it) => { p.banner.good { strong { "Approved" } ", " (safe(&it.strength)) ", by the statement " (safe(&it.by.join(", "))) "." } },
                None if ask.missing.as_ref().is_some_and(|it| !it.is_empty()) => {
                    p { "Read it, and sign it on your own machine, at a terminal:" }
                    (command(&format!("prode approve {}", ask.request)))
                    p { "Then, and not before, the run goes on:" }
                    (command(&format!("prode triage resume {}", run.run)))
                },
                None if ask.missing.is_some() => {
                    p { "People approved it; the run goes on by:" }
                    (command(&format!("prode triage resume {}", run.run)))
                },
                None => {
                    p { "Where people approved it, the run goes on by:" }
                    (command(&format!("prode triage resume {}", run.run)))
                    p { "Else it is signed on your own machine, at a terminal:" }
                    (command(&format!("prode approve {}", ask.request)))
                },
            }
        }
    }
}

/// A command that is copied with one press.
pub(super) fn command(command: &str) -> Markup {
    html! { div.code { pre tabindex="0" { code { (safe(command)) } } } }
}
