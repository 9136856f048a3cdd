//! A learning: its words, what they rest on, what says the same, what was decided.

use maud::{Markup, html};

use super::change::change;
use crate::inbox::Action;
use crate::ops::OpError;
use crate::ops::inbox::Shown;
use crate::ops::proposal::Change;
use crate::web::address::Place;
use crate::web::decision::{Typed, Verb};
use crate::web::done::Done;
use crate::web::layout::Shell;
use crate::web::markdown::note;
use crate::web::parts::{badge, counted, day, owners, safe};

/// Everything of the page.
pub struct Whole<'a> {
    /// The learning.
    pub shown: &'a Shown,
    /// What it would change, or why that is not known; `None` where it was decided.
    pub change: Option<Result<&'a Change, &'a OpError>>,
    /// The digest of what stands here.
    pub seen: &'a str,
    /// Who may decide; `None` where nothing is left to decide.
    pub decider: Option<Decider>,
    /// What was just done.
    pub done: Option<Done>,
    /// What was just tried.
    pub failed: Option<&'a Failed<'a>>,
}

/// Who decides.
pub enum Decider {
    /// This person, as decisions will say it.
    Person(String),
    /// Nobody here, and why.
    Nobody(String),
}

/// A decision that did not take effect.
pub struct Failed<'a> {
    /// What was tried.
    pub verb: Verb,
    /// What was typed, which is not lost.
    pub typed: &'a Typed,
    /// What happened.
    pub message: &'a str,
    /// What to do.
    pub hints: &'a [String],
}

/// The page.
pub fn learning(shell: &Shell, whole: &Whole<'_>) -> Markup {
    let shown = whole.shown;
    let row = &shown.row;
    let page = row.target.split('#').next().unwrap_or_default();
    html! {
        div.reading {
            article {
                p.crumbs { a href=(shell.addresses.of(Place::Inbox)) { "inbox" } " / " (safe(&row.id)) }
                h1 { (safe(&row.summary)) }
                p.labels {
                    (badge(&row.state))
                    span.kind { (safe(&row.action)) }
                    a.path href=(shell.addresses.of(Place::Page(page))) { (safe(&row.target)) }
                    span { "Owner: " (owners(&row.owner)) }
                }
                @if let Some(failed) = whole.failed {
                    div.banner.over role="alert" {
                        p { strong { (safe(failed.message)) } }
                        @for hint in failed.hints { p { (safe(hint)) } }
                    }
                } @else if let Some(done) = whole.done { p.banner.good role="status" { (done.told()) } }
                p.banner.open { "Not reviewed: what stands here was seen by somebody and is proved by nobody." }
                div.words { (note(&shown.body)) }
                (decided(shown))
            }
            aside.beside aria-label="About this learning" {
                (grounds(shown))
                (alike(shell, shown))
            }
        }
        @match &whole.change {
            Some(Ok(found)) => { (change(shell, found)) }
            Some(Err(error)) => { p.banner.over { "It cannot be proposed as it is: " (safe(&error.to_string())) } }
            None => {}
        }
        @match &whole.decider {
            Some(Decider::Person(person)) => { (forms(shell, whole, person)) }
            Some(Decider::Nobody(why)) => { (commands(shown, why)) }
            None => {}
        }
    }
}

/// The earliest first.
fn decided(shown: &Shown) -> Markup {
    html! {
        @if !shown.decisions.is_empty() {
            section aria-labelledby="Decided" {
                h2 id="Decided" { "Decided" }
                ol.log {
                    @for step in &shown.decisions {
                        li {
                            span.subject { (safe(&step.what)) }
                            span.by { (day(&step.at)) " · " (safe(&step.by)) }
                            @if let Some(why) = &step.why { span { (safe(why)) } }
                            @if let Some(change) = &step.change { span.path { (safe(change)) } }
                        }
                    }
                }
            }
        }
    }
}

fn grounds(shown: &Shown) -> Markup {
    let hidden = shown.redaction["found"].as_object();
    html! {
        section {
            h2 { "What it rests on" }
            dl.facts {
                @if let Some(confidence) = shown.row.confidence { dt { "Sure" } dd { (confidence) " %" } }
                @if let Some(at) = &shown.row.at { dt { "Added" } dd { (day(at)) } }
                @for first in &shown.first { dt { "First seen" } dd { (safe(first)) } }
                @for (kind, count) in hidden.into_iter().flatten() {
                    dt { "Hidden" } dd { (count) " " (safe(kind)) }
                }
            }
            @if shown.evidence.is_empty() { p.none { "No evidence was handed in." } }
            ul { @for evidence in &shown.evidence { li.path { (safe(evidence)) } } }
            @if !shown.seen.is_empty() {
                details {
                    summary { "Seen by " (counted(shown.seen.len(), "run")) }
                    ul { @for run in &shown.seen { li.path { (safe(run)) } } }
                }
            }
        }
    }
}

fn alike(shell: &Shell, shown: &Shown) -> Markup {
    html! {
        @if !shown.said.is_empty() {
            section {
                h2 { "Said already" }
                ul {
                    @for said in &shown.said {
                        @let place = said.cite.rsplit_once('@').map_or(said.cite.as_str(), |(place, _)| place);
                        @let (path, anchor) = place.split_once('#').unwrap_or((place, ""));
                        li { a href=(shell.addresses.section(path, anchor)) { (safe(place)) } " " span.count { (said.share) " %" } }
                    }
                }
            }
        }
        @if !shown.near.is_empty() {
            section {
                h2 { "Nearly the same" }
                ul {
                    @for near in &shown.near {
                        li {
                            a href=(shell.addresses.of(Place::Learning(&near.id))) { (safe(&near.id)) }
                            " " (badge(&near.state)) " " span.count { (near.alike) " %" }
                        }
                    }
                }
            }
        }
    }
}

/// The three ways, each a form that works without a script.
fn forms(shell: &Shell, whole: &Whole<'_>, person: &str) -> Markup {
    let tried = |verb| whole.failed.filter(|failed| failed.verb == verb);
    let typed = |verb| tried(verb).map(|failed| failed.typed);
    html! {
        section.decide aria-labelledby="Decide" {
            h2 id="Decide" { "Decide" }
            p.lead { "You decide as " strong { (safe(person)) } ". A proposal is a branch; nothing changes on the trunk before its owners merge it." }
            div.columns {
                section {
                    h3 { "Propose it" }
                    (form(shell, whole, Verb::Propose, &html! {
                        p { "Opens a proposal with the change above." }
                        button { "Propose" }
                    }))
                }
                section {
                    h3 { "Refuse it" }
                    (form(shell, whole, Verb::Reject, &reason(typed(Verb::Reject))))
                }
            }
            details open[tried(Verb::Edit).is_some()] {
                summary { "Change its words or its place" }
                (form(shell, whole, Verb::Edit, &edit(whole.shown, typed(Verb::Edit))))
            }
        }
    }
}

fn form(shell: &Shell, whole: &Whole<'_>, verb: Verb, fields: &Markup) -> Markup {
    let place = shell.addresses.of(Place::Learning(&whole.shown.row.id));
    html! {
        form method="post" action={ (place) "/" (verb.name()) } {
            input type="hidden" name="seen" value=(whole.seen);
            (fields)
        }
    }
}

fn reason(typed: Option<&Typed>) -> Markup {
    html! {
        label for="Why" { "Why, for whoever finds it again" }
        input #Why name="why" required maxlength="1000" value=(typed.map_or("", |it| &it.why));
        button.quiet { "Refuse" }
    }
}

fn edit(shown: &Shown, typed: Option<&Typed>) -> Markup {
    let now = Typed {
        target: shown.row.target.clone(),
        action: shown.row.action.clone(),
        body: shown.body.clone(),
        why: String::new(),
    };
    let at = typed.unwrap_or(&now);
    html! {
        label for="Body" { "Its words, in Markdown" }
        // The parser drops a first line break, so one is written for it to drop.
        textarea #Body name="body" rows="12" { "\n" (at.body) }
        label for="Target" { "Where it goes: a page and a section" }
        input #Target name="target" value=(at.target);
        label for="Action" { "What it does there" }
        select #Action name="action" {
            @for action in Action::ALL {
                option value=(action.name()) selected[action.name() == at.action] { (action.name()) }
            }
        }
        label for="Reason" { "Why, if it is not plain" }
        input #Reason name="why" maxlength="1000" value=(at.why);
        button { "Change" }
    }
}

/// What its owner types where nobody may decide in this browser.
fn commands(shown: &Shown, why: &str) -> Markup {
    let id = &shown.row.id;
    html! {
        section {
            h2 { "Decide" }
            p.note { "Not in this browser: " (safe(why)) "." }
            dl.facts {
                dt { "Propose it" } dd { code { "prode promote " (safe(id)) } }
                dt { "Change it" } dd { code { "prode inbox edit " (safe(id)) } }
                dt { "Refuse it" } dd { code { "prode inbox reject " (safe(id)) " --why REASON" } }
            }
        }
    }
}
