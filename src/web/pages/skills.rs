//! All skills.

use maud::{Markup, html};

use crate::ops::skill::list::Answer;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::parts::{counted, day, owners, safe, stale};

/// The page.
pub fn skills(shell: &Shell, answer: &Answer) -> Markup {
    html! {
        h1 { "Skills" }
        p.lead { (counted(answer.skills.len(), "skill")) " that agents can be given." }
        ul.catalogue {
            @for skill in &answer.skills {
                li {
                    a href=(shell.addresses.of(Place::Skill(&skill.name))) { (safe(&skill.name)) }
                    p { (safe(&skill.description)) }
                    p.labels {
                        @if skill.stale { (stale()) }
                        span { (owners(&skill.owner)) }
                        @if let Some(reviewed) = &skill.reviewed { span { "reviewed " (day(reviewed)) } }
                        span.path { (safe(&skill.path)) }
                    }
                }
            }
        }
    }
}
