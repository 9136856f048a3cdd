//! Links and mentions between decisions that go somewhere together.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{Goal, Item, Loose};
use crate::adr::{self, AdrRef, Peer, numbers_in, own_number, padded};
use crate::document::{Destination, Link, LinkKind, destinations};
use crate::renaming::{Edit, apply};
use crate::repo_path::RepoPath;

static NUMBER_KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?:\s+(?:- )?)?(number|target):[ \t]*([0-9]{1,6})[ \t]*\r?$")
        .expect("a fixed pattern that a test compiles")
});

/// Everything that goes, and where to.
pub(super) struct World<'a> {
    pub(super) items: &'a [Item],
    pub(super) goals: &'a [Goal],
    /// By item: anchors that change.
    pub(super) anchors: &'a [BTreeMap<String, String>],
    /// Whether a file that stays can be linked to from the new place.
    pub(super) is_reachable: &'a dyn Fn(&RepoPath) -> bool,
}

impl World<'_> {
    /// The text of item `at` with the new names of all, and what stays loose.
    pub(super) fn relink(&self, at: usize) -> (String, Vec<Loose>) {
        let item = &self.items[at];
        let bytes = item.text.bytes();
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (mut edits, mut loose) = (Vec::new(), Vec::new());
        for destination in destinations(bytes).unwrap_or_default() {
            self.link(at, &text, &destination, &mut edits, &mut loose);
        }
        self.mentions(at, &text, &mut edits, &mut loose);
        self.keys(at, &text[..item.text.body_start()], &mut edits);
        if let (Some(range), Some(number)) = (own_number(&text), self.goals[at].number) {
            let with = padded(&text[range.clone()], number);
            edits.push(Edit { start: range.start, end: range.end, text: with });
        }
        edits.retain(|edit| text[edit.start..edit.end] != edit.text);
        (String::from_utf8_lossy(&apply(bytes, &edits)).into_owned(), loose)
    }

    /// The decision that a text at the new place of item `at` names.
    pub(super) fn peer(&self, at: usize, it: &AdrRef) -> Option<Peer> {
        let own = &self.goals[at].path;
        let by_path = it.target.as_ref().and_then(|target| {
            let path = target.split(['#', '?']).next().unwrap_or_default();
            let path = percent_encoding::percent_decode_str(path).collect::<Vec<u8>>();
            let path = own.parent().join(path)?;
            self.goals.iter().position(|goal| goal.path == path)
        });
        let by_number = || {
            let named = |(_, goal): &(usize, &Goal)| goal.number == it.number;
            let goals = self.goals.iter().enumerate().filter(named);
            let near = goals.filter(|(other, _)| self.are_of_one_log(at, *other));
            one(near.map(|(at, _)| at))
        };
        let number = it.number.filter(|_| it.target.is_none());
        let found = by_path.or_else(|| number.and_then(|_| by_number()))?;
        let record = adr::AdrRecord {
            number: self.goals[found].number,
            ..self.items[found].record().clone()
        };
        Some(Peer::seen_from(own, &self.goals[found].path, &record))
    }

    fn are_of_one_log(&self, one: usize, other: usize) -> bool {
        self.items[one].old().parent() == self.items[other].old().parent()
    }

    fn link(
        &self,
        at: usize,
        text: &str,
        destination: &Destination,
        edits: &mut Vec<Edit>,
        loose: &mut Vec<Loose>,
    ) {
        let link = &destination.link;
        let Some(span) = destination.span else { return };
        let is_path = matches!(link.kind, LinkKind::Markdown | LinkKind::Image | LinkKind::Html);
        if !is_path || link.is_external() || link.target.starts_with('/') {
            return;
        }
        let (start, end) = (span.start as usize, span.end as usize);
        let from = &self.goals[at].path;
        let fragment = |to: usize| {
            let old = link.fragment.clone().unwrap_or_default();
            let new = self.anchors[to].get(&old).cloned().unwrap_or(old);
            if new.is_empty() { new } else { format!("#{new}") }
        };
        if link.target.is_empty() {
            edits.push(Edit { start, end, text: fragment(at) });
            return;
        }
        let old = self.items[at].old();
        let Some(named) = old.parent().join(&link.target) else { return };
        let found = self.items.iter().position(|item| *item.old() == named);
        let raw = &text[start..end];
        let with = match found {
            Some(to) => {
                let new = adr::target(from, &self.goals[to].path);
                self.number_in_text(to, text, link.span.start as usize, edits);
                format!("{new}{}", fragment(to))
            }
            None if from.parent().join(&link.target).as_ref() == Some(&named) => return,
            None if (self.is_reachable)(&named) => {
                let rest = raw.find(['#', '?']).map_or("", |at| &raw[at..]);
                format!("{}{rest}", adr::target(from, &named))
            }
            None => {
                let why = "it leads to a file that does not go along".to_owned();
                loose.push(self.loose(at, link.line, raw, why));
                return;
            }
        };
        // A destination that says so already keeps its own spelling.
        let now = destination.read_as(&with);
        let leads = |link: &Link, from: &RepoPath| {
            (from.parent().join(&link.target), link.fragment.clone())
        };
        if leads(&now, from) != leads(link, from) {
            edits.push(Edit { start, end, text: with });
        }
    }

    /// The number in `[5. Title](0005-title.md)`.
    fn number_in_text(&self, to: usize, text: &str, at: usize, edits: &mut Vec<Edit>) {
        let (Some(old), Some(new)) = (self.items[to].record().number, self.goals[to].number) else {
            return;
        };
        let Some(inner) = text.get(at..).and_then(|rest| rest.strip_prefix('[')) else { return };
        let end = inner.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        if inner[..end].parse() == Ok(old) && inner[end..].starts_with(". ") {
            let with = padded(&inner[..end], new);
            edits.push(Edit { start: at + 1, end: at + 1 + end, text: with });
        }
    }

    fn mentions(&self, at: usize, text: &str, edits: &mut Vec<Edit>, loose: &mut Vec<Loose>) {
        for (range, number) in numbers_in(text) {
            let named = |(_, item): &(usize, &Item)| item.record().number == Some(number);
            let near = self.items.iter().enumerate().filter(named);
            let near: Vec<usize> =
                near.map(|(other, _)| other).filter(|&it| self.are_of_one_log(at, it)).collect();
            let written = &text[range.clone()];
            let new = match near.as_slice() {
                [one] => self.goals[*one].number,
                _ => None,
            };
            if let Some(new) = new {
                let text = padded(written, new);
                edits.push(Edit { start: range.start, end: range.end, text });
                continue;
            }
            let line = text[..range.start].matches('\n').count() + 1;
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            let why = match near.len() {
                0 => format!("decision {number} does not go along"),
                several => format!("{several} decisions have the number {number}"),
            };
            loose.push(self.loose(at, line, written, why));
        }
    }

    /// Keys of front matter that hold a number: `number`, and the `target` of
    /// each of the `links` that the tool `adrs` writes.
    fn keys(&self, at: usize, front: &str, edits: &mut Vec<Edit>) {
        for found in NUMBER_KEY.captures_iter(front) {
            let (Some(key), Some(digits)) = (found.get(1), found.get(2)) else { continue };
            let named = digits.as_str().parse().ok();
            let new = if key.as_str() == "number" {
                self.goals[at].number
            } else {
                let is_it = |it: &usize| {
                    self.items[*it].record().number == named && self.are_of_one_log(at, *it)
                };
                one((0..self.items.len()).filter(is_it)).and_then(|it| self.goals[it].number)
            };
            if let Some(new) = new {
                let text = padded(digits.as_str(), new);
                edits.push(Edit { start: digits.start(), end: digits.end(), text });
            }
        }
    }

    fn loose(&self, at: usize, line: u32, text: &str, why: String) -> Loose {
        let path = self.items[at].old().text().into_owned();
        Loose { path, line, text: text.to_owned(), why }
    }
}

fn one<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next();
    first.filter(|_| all.next().is_none())
}
