//! A skill: its package, and what its manifest says.

use maud::{Markup, html};

use crate::ops::links::Links;
use crate::ops::show::Shown;
use crate::ops::skill::show::Answer;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::markdown::words;
use crate::web::parts::{owners, safe};

/// The page.
pub fn skill(shell: &Shell, answer: &Answer, shown: &Shown, links: &Links) -> Markup {
    html! {
        div.reading {
            article {
                p.crumbs { a href=(shell.addresses.of(Place::Page(&shown.path))) { (safe(&shown.path)) } }
                h1 { (safe(&answer.name)) }
                p.lead { (safe(&answer.description)) }
                @for finding in &answer.findings {
                    p.banner.(if finding.severity == "error" { "over" } else { "open" }) {
                        strong { (safe(&finding.severity)) ": " } (safe(&finding.message)) "; " (safe(&finding.repair))
                    }
                }
                div.words { (words(shown, links, &shell.addresses).html) }
            }
            aside.beside aria-label="About this skill" {
                section {
                    h2 { "Package" }
                    dl.facts {
                        dt { "Owner" } dd { (owners(&answer.owner)) }
                        @if let Some(license) = &answer.license { dt { "Licence" } dd { (safe(license)) } }
                        @if let Some(needs) = &answer.compatibility { dt { "Needs" } dd { (safe(needs)) } }
                        @for (name, value) in &answer.metadata { dt { (safe(name)) } dd { (safe(value)) } }
                    }
                    p.more { "Install it: " code { "prode skill install " (safe(&answer.name)) } }
                }
                section {
                    h2 { "Files " span.count { (answer.files.len()) } }
                    ul.files { @for file in &answer.files { li { code { (safe(&file.path)) } " " span.count { (file.size) " bytes" } } } }
                    @if let Some(hash) = &answer.computed_hash { p.cite { "SHA-256 " code { (safe(hash)) } } }
                }
            }
        }
    }
}
