//! How a run went: its events by phase, along time.

use maud::{Markup, html};

use crate::ops::triage::{Moment, Timeline};
use crate::web::pages::runs::{badge, time};
use crate::web::parts::{counted, safe};

/// Events that are shown; the last ones are.
const MOST: usize = 120;
/// Characters of what one says.
const LONGEST: usize = 300;

/// The timeline.
pub(super) fn steps(timeline: &Timeline) -> Markup {
    let all = &timeline.moments;
    let shown = &all[all.len().saturating_sub(MOST)..];
    html! {
        section aria-labelledby="Timeline" {
            h2 id="Timeline" { "How it went " span.count { (counted(all.len(), "event")) } }
            @if shown.len() < all.len() {
                p.none { (all.len() - shown.len()) " earlier: " code { "prode triage show " (safe(&timeline.run)) " --timeline" } }
            }
            ol.timeline.phases {
                @for phase in shown.chunk_by(|a, b| a.phase == b.phase) {
                    li {
                        span.when { (time(&phase[0].at)) }
                        div {
                            (badge(phase[0].phase))
                            ul { @for moment in phase { li { (one(moment)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn one(moment: &Moment) -> Markup {
    let about = moment.about.char_indices().nth(LONGEST);
    let about = about.map_or(moment.about.as_str(), |(end, _)| &moment.about[..end]);
    html! {
        span.what { (safe(&moment.what.replace('-', " "))) }
        @if !about.is_empty() { " " span.about { (safe(about)) } }
    }
}
