//! Findings counted by signal, owner and kind: charts whose bars lead to what they count.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::audit::{NOBODY, signal};
use crate::ops::audit::{Answer, Item};
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::parts::safe;
use crate::web::request::Audit;

/// Rows of one of them.
const MOST: usize = 12;

/// By what findings are counted and chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Signal,
    Owner,
    Kind,
}

impl By {
    /// The parameter that chooses.
    fn name(self) -> &'static str {
        match self {
            Self::Signal => "signal",
            Self::Owner => "owner",
            Self::Kind => "kind",
        }
    }

    /// What of a finding is counted.
    fn of(self, item: &Item) -> Vec<&str> {
        match self {
            Self::Signal => vec![&item.signal],
            Self::Kind => vec![&item.kind],
            Self::Owner if item.owner.is_empty() => vec![NOBODY],
            Self::Owner => item.owner.iter().map(String::as_str).collect(),
        }
    }

    fn chosen(self, wanted: &Audit) -> Vec<&str> {
        match self {
            Self::Signal => wanted.signals.clone(),
            Self::Owner => wanted.owners.iter().map(String::as_str).collect(),
            Self::Kind => wanted.kinds.iter().map(String::as_str).collect(),
        }
    }

    /// True for what is chosen, whatever else is. Owners were asked of the operation,
    /// which knows their other names.
    fn fits(self, item: &Item, wanted: &Audit) -> bool {
        let chosen = self.chosen(wanted);
        self == Self::Owner
            || chosen.is_empty()
            || self.of(item).iter().any(|it| chosen.contains(it))
    }
}

/// True if a finding is one of those that are asked for.
pub(super) fn fits(item: &Item, wanted: &Audit) -> bool {
    let is_page = wanted.page.as_ref().is_none_or(|page| *page == item.path);
    is_page && [By::Signal, By::Kind].iter().all(|by| by.fits(item, wanted))
}

/// All three, each counted over what the others leave.
pub(super) fn facets(shell: &Shell, answer: &Answer, wanted: &Audit) -> Markup {
    html! {
        div.facets {
            (facet(shell, answer, wanted, (By::Signal, "By signal")))
            (facet(shell, answer, wanted, (By::Owner, "By owner")))
            (facet(shell, answer, wanted, (By::Kind, "By kind of page")))
        }
    }
}

fn facet(shell: &Shell, answer: &Answer, wanted: &Audit, (by, title): (By, &str)) -> Markup {
    let others = [By::Signal, By::Kind].into_iter().filter(|it| *it != by);
    let others: Vec<By> = others.collect();
    let is_page = |it: &Item| wanted.page.as_ref().is_none_or(|page| *page == it.path);
    let left = answer.findings.iter();
    let left = left.filter(|it| is_page(it) && others.iter().all(|by| by.fits(it, wanted)));
    let rows = most_first(left.flat_map(|it| by.of(it)));
    let most = rows.first().map_or(1, |row| row.1);
    let chosen = by.chosen(wanted);
    html! {
        @if !rows.is_empty() || !chosen.is_empty() {
            nav.facet aria-label=(title) {
                h2 { (title) }
                ul {
                    @for (name, count) in rows.iter().take(MOST) {
                        @let is_chosen = chosen.contains(name);
                        li {
                            a href=(address(shell, wanted, by, Some(name))) aria-current=[is_chosen.then_some("true")] title=[about(by, name)] {
                                span.name { (safe(name)) }
                                (bar(*count, most))
                                span.count { (count) }
                            }
                        }
                    }
                }
                @if rows.len() > MOST { p.none { (rows.len() - MOST) " more" } }
                @if !chosen.is_empty() { p.more { a href=(address(shell, wanted, by, None)) { "All again" } } }
            }
        }
    }
}

fn about(by: By, name: &str) -> Option<&'static str> {
    signal(name).filter(|_| by == By::Signal).map(|it| it.summary)
}

/// Those that count most first; of equal ones in the order of names.
fn most_first<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.1));
    rows
}

/// The same question with another choice.
fn address(shell: &Shell, wanted: &Audit, by: By, choice: Option<&str>) -> String {
    let kept = wanted.parameters().into_iter().filter(|(name, _)| *name != by.name());
    let all: Vec<_> = kept.chain(choice.map(|it| (by.name(), it))).collect();
    shell.addresses.with(Place::Audit, &all)
}

/// A bar beside its number; who cannot see it has the number.
fn bar(count: usize, most: usize) -> Markup {
    let width = (count * 100).div_ceil(most.max(1));
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.plain width=(width) height="8" {}
        }
    }
}
