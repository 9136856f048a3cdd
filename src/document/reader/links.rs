//! Links with their texts, and what plain text mentions.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{Reader, Written};
use crate::document::link::{self, Link, LinkKind};
use crate::document::mention;
use crate::document::section::Span;
use crate::document::text::offset;

/// Longest text that a link keeps, in bytes; nested links would repeat it.
pub(super) const MAX_LINK_TEXT: usize = 300;

/// A link whose text is being read.
pub(super) struct OpenLink {
    pub(super) index: usize,
    /// Where its text begins in `inline`.
    pub(super) from: usize,
    /// An autolink: its text is its target, and mentions nothing.
    pub(super) is_auto: bool,
}

impl Reader<'_> {
    pub(super) fn open_link(
        &mut self,
        kind: LinkKind,
        dest: &str,
        range: Range<usize>,
        written: Written,
    ) {
        self.search_run();
        if self.link_end == range.start {
            self.gap(' ');
        }
        let index = self.found.links.len();
        self.add_link(kind, dest, range, written);
        self.keep_inline_short();
        let is_auto = kind == LinkKind::Autolink;
        self.open_links.push(OpenLink { index, from: self.inline.len(), is_auto });
    }

    pub(super) fn close_link(&mut self, end: usize) {
        self.search_run();
        self.link_end = end;
        if let Some(open) = self.open_links.pop() {
            self.found.links[open.index].text = link_text(&self.inline[open.from..]);
        }
    }

    pub(super) fn close_html_link(&mut self) {
        if let Some(open) = self.html_link.take() {
            self.found.links[open.index].text = link_text(&self.inline[open.from..]);
        }
    }

    pub(super) fn keep_inline_short(&mut self) {
        if self.open_links.is_empty() && self.html_link.is_none() {
            self.inline.clear();
        }
    }

    /// Everything up to `end` belongs to the text of the innermost open link.
    pub(super) fn pass(&mut self, end: usize) {
        let open = self.open_links.last().and_then(|open| self.found.written.get_mut(open.index));
        if let Some(Written::Behind(at)) = open {
            *at = end.max(*at);
        }
    }

    pub(super) fn add_link(
        &mut self,
        kind: LinkKind,
        dest: &str,
        range: Range<usize>,
        written: Written,
    ) {
        self.found.written.push(written);
        let (target, fragment) = link::split_target(kind, dest);
        let span = Span { start: offset(range.start), end: offset(range.end) };
        let line = self.text.line(span.start);
        self.found.links.push(Link { kind, target, fragment, text: String::new(), span, line });
    }

    pub(super) fn extend_run(&mut self, range: Range<usize>) {
        match &mut self.run {
            Some(run) => run.end = run.end.max(range.end),
            None => self.run = Some(range),
        }
    }

    /// Looks for mentions in the text since the last code, tag or link.
    pub(super) fn search_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        if self.open_links.last().is_some_and(|link| link.is_auto) {
            return;
        }
        let text = self.text.as_str();
        // An emphasis that ends in a multi-byte character's middle cannot be, but costs nothing to bear.
        let Some(slice) = text.get(run.clone()) else { return };
        for found in mention::find(slice, !self.open_links.is_empty()) {
            let range = run.start + found.range.start..run.start + found.range.end;
            let seen = &slice[found.range];
            let shown = if found.kind == LinkKind::Wiki { found.target.as_str() } else { seen };
            let written = Written::in_text(found.kind, &range);
            self.add_link(found.kind, &found.target, range, written);
            if let Some(link) = self.found.links.last_mut() {
                link.text = link_text(shown);
            }
        }
    }
}

impl Written {
    /// Of a link whose text begins `opening` bytes behind its start.
    pub(super) fn of(link_type: LinkType, range: &Range<usize>, opening: usize) -> Self {
        match link_type {
            LinkType::Inline => Self::Behind(range.start + opening),
            LinkType::Autolink | LinkType::Email => Self::at(range.start + 1..range.end - 1),
            _ => Self::Elsewhere,
        }
    }

    pub(super) fn at(range: Range<usize>) -> Self {
        Self::At(Span { start: offset(range.start), end: offset(range.end) })
    }

    /// Of a link that plain text holds.
    fn in_text(kind: LinkKind, range: &Range<usize>) -> Self {
        match kind {
            LinkKind::Wiki => Self::at(range.start + 2..range.end - 2),
            LinkKind::Adr => Self::Elsewhere,
            _ => Self::at(range.clone()),
        }
    }
}

impl LinkKind {
    pub(super) fn of(link_type: LinkType) -> Self {
        match link_type {
            LinkType::Autolink | LinkType::Email => Self::Autolink,
            _ => Self::Markdown,
        }
    }
}

fn link_text(text: &str) -> String {
    let short = &text[..text.floor_char_boundary(MAX_LINK_TEXT)];
    short.split_whitespace().collect::<Vec<_>>().join(" ")
}
