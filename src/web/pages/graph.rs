//! How pages hang together: a picture, and the same as lists.

use maud::{Markup, html};

use crate::ops::graph::Graph;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::parts::{counted, safe};
use crate::web::request::Around;

/// Pages beyond which a picture is no help.
pub const DRAWN: usize = 150;
/// Rows of one list.
const MOST: usize = 300;

/// The page. `kinds` are those that have a graph of their own where no server answers.
pub fn graph(shell: &Shell, graph: &Graph, around: &Around, kinds: &[String]) -> Markup {
    let to = |path: &str| shell.addresses.of(Place::Page(path));
    html! {
        h1 {
            @match &graph.centre {
                Some(centre) => { "Around " a href=(to(centre)) { (safe(centre)) } },
                None => { "Graph" },
            }
        }
        p.lead {
            (counted(graph.pages.len(), "page")) " of " (graph.total) ", " (counted(graph.links.len(), "link")) " between them."
        }
        @if shell.addresses.is_served() { (choices(shell, around)) } @else { (by_kind(shell, kinds, around)) }
        @if graph.pages.len() <= DRAWN {
            figure.graph tabindex="0" {
                img src=(picture(shell, around)) alt="The pages and links that the lists below name, as a picture";
            }
        } @else { p.none { "Too many pages for a picture: choose a kind, or a page to look around." } }
        (paths(shell, "No page links to them", &graph.orphans))
        @if !graph.relations.is_empty() {
            h2 { "What they say of each other " span.count { (graph.relations.len()) } }
            ul.files {
                @for it in graph.relations.iter().take(MOST) {
                    li { a href=(to(&it.from)) { (safe(&it.from)) } " " (safe(&it.relation)) " " a href=(to(&it.to)) { (safe(&it.to)) } }
                }
            }
        }
        @if !graph.dead.is_empty() {
            h2 { "Links that lead nowhere " span.count { (graph.dead.len()) } }
            ul.files {
                @for it in graph.dead.iter().take(MOST) {
                    li { a href=(to(&it.path)) { (safe(&it.path)) } " line " (it.line) ": " code { (safe(&it.target)) } }
                }
            }
        }
        (links(shell, graph))
    }
}

/// Links by the page that holds them.
fn links(shell: &Shell, graph: &Graph) -> Markup {
    let to = |path: &str| shell.addresses.of(Place::Page(path));
    let told = &graph.links[..graph.links.len().min(MOST)];
    let by_page = told.chunk_by(|a, b| a.from == b.from);
    html! {
        h2 { "Links " span.count { (graph.links.len()) } }
        ul.files {
            @for group in by_page {
                li {
                    a href=(to(&group[0].from)) { (safe(&group[0].from)) }
                    ul { @for it in group { li { a href=(to(&it.to)) { (safe(&it.to)) } } } }
                }
            }
        }
        @if graph.links.len() > MOST {
            p.none { (graph.links.len() - MOST) " more: choose a kind, look around a page, or use " code { "prode graph" } "." }
        }
    }
}

fn paths(shell: &Shell, title: &str, paths: &[String]) -> Markup {
    html! {
        @if !paths.is_empty() {
            h2 { (title) " " span.count { (paths.len()) } }
            ul.files { @for path in paths.iter().take(MOST) { li { a href=(shell.addresses.of(Place::Page(path))) { (safe(path)) } } } }
        }
    }
}

fn parameters(around: &Around) -> Vec<(&'static str, String)> {
    let mut all: Vec<(&str, String)> = around.kinds.iter().map(|it| ("kind", it.clone())).collect();
    if let Some(page) = &around.page {
        all.extend([("page", page.clone()), ("depth", around.depth.to_string())]);
    }
    all
}

fn picture(shell: &Shell, around: &Around) -> String {
    let all = parameters(around);
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
    shell.addresses.with(Place::GraphPicture, &all)
}

fn by_kind(shell: &Shell, kinds: &[String], around: &Around) -> Markup {
    let chosen = around.kinds.first();
    let to = |kind: &str| shell.addresses.with(Place::Graph, &[("kind", kind)]);
    html! {
        nav.chips aria-label="By kind" {
            a href=(shell.addresses.of(Place::Graph)) aria-current=[chosen.is_none().then_some("true")] { "all" }
            @for kind in kinds {
                a href=(to(kind)) aria-current=[(chosen == Some(kind)).then_some("true")] { (safe(kind)) }
            }
        }
    }
}

fn choices(shell: &Shell, around: &Around) -> Markup {
    let page = around.page.as_deref().unwrap_or_default();
    let kind = around.kinds.last().map(String::as_str).unwrap_or_default();
    html! {
        form.ask action="/graph" {
            label { "Around " input type="text" name="page" value=(safe(page)) placeholder="every page"; }
            label { "as far as " input type="number" name="depth" min="1" max="4" value=(around.depth) ; " links" }
            label { "kind " input type="text" name="kind" value=(safe(kind)) placeholder="any"; }
            (shell.keep())
            button { "Show" }
        }
    }
}
