//! For each line of a page, the commit that wrote it.

use std::collections::HashMap;

use maud::{Markup, html};

use crate::ops::blame::{Blame, Line, Writer};
use crate::rendering::visible;
use crate::web::address::{Addresses, Place, When};
use crate::web::layout::Shell;
use crate::web::parts::{day, pager, safe, short};

/// Lines of one page at most.
const SIZE: usize = 250;
/// Bytes of these lines, about: a browser is slow with more.
const MOST: usize = 60_000;

/// The page; its lines from `from` on are shown.
pub fn blame(shell: &Shell, blame: &Blame, from: usize) -> Markup {
    let addresses = &shell.addresses;
    let writers: HashMap<&str, &Writer> =
        blame.commits.iter().map(|it| (it.commit.id.as_str(), it)).collect();
    let mut left = MOST;
    let fits = |line: &&Line| {
        let fits = left > 0;
        left = left.saturating_sub(line.text.len());
        fits
    };
    let shown: Vec<&Line> = blame.lines.iter().skip(from).take(SIZE).take_while(fits).collect();
    let at =
        |from: usize| addresses.with(Place::Blame(&blame.path), &[("from", &from.to_string())]);
    html! {
        p.crumbs { a href=(addresses.of(Place::Page(&blame.path))) { (safe(&blame.path)) } }
        h1 { "Lines of " (safe(&blame.title)) }
        @for note in &blame.notes { p.note { (safe(note)) } }
        div.table tabindex="0" {
            table.blame {
                thead { tr { th scope="col" { "Commit" } th scope="col" { "Line" } th scope="col" { "Text" } } }
                tbody {
                    @for (at, line) in shown.iter().enumerate() {
                        @let before = at.checked_sub(1).and_then(|at| shown[at].commit.as_deref());
                        @let is_next = at > 0 && before == line.commit.as_deref();
                        tr.next[is_next] {
                            td.by { @if !is_next { (writer(line, &writers)) } }
                            td.number { (line.line) }
                            td.text { code { (visible(&line.text)) } }
                        }
                    }
                }
            }
        }
        (pager(from, shown.len(), Some(blame.lines.len()), SIZE, &at))
    }
}

fn writer(line: &Line, writers: &HashMap<&str, &Writer>) -> Markup {
    let found = line.commit.as_deref().and_then(|id| writers.get(id));
    html! {
        @match (found, &line.path) {
            (Some(Writer { commit, .. }), Some(path)) => {
                @let then = Addresses::at(When::Rev(commit.id.clone()));
                a href=(then.of(Place::Page(path))) title=(safe(&commit.subject)) { (short(&commit.id)) }
                span.who { " " (day(&commit.date)) " " (safe(&commit.author)) }
            },
            _ => { "not committed yet" },
        }
    }
}
