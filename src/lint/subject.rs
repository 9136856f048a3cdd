//! One page while it is looked at.

use std::cell::OnceCell;

use super::finding::Found;
use crate::corpus::{Facts, Page, Place};
use crate::document::{Document, Link, LinkKind, Section, Span, Text};
use crate::template;

/// One page: what the index knows of it, and its text.
pub struct Subject<'a> {
    /// What the index knows.
    pub page: &'a Page,
    /// What it is, on the day.
    pub facts: Facts,
    /// Where it stands.
    pub place: Option<Place>,
    /// Its sections, links, code and comments.
    pub document: Document,
    /// Its text; offsets are those of the file.
    pub text: Text<'a>,
    visible: OnceCell<String>,
    /// What the template of its kind finds; rules of the family share it.
    pub(super) lacks: OnceCell<Vec<template::Finding>>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        page: &'a Page,
        facts: Facts,
        place: Option<Place>,
        document: Document,
        text: Text<'a>,
    ) -> Self {
        Self {
            page,
            facts,
            place,
            document,
            text,
            visible: OnceCell::new(),
            lacks: OnceCell::new(),
        }
    }

    /// Something found at these bytes.
    pub(super) fn found(&self, span: Span, message: impl Into<String>) -> Found {
        let (line, column) = self.text.position(span.start);
        let found = Found::on_line(&self.page.path, line, message);
        Found { column, span: Some(span), ..found }
    }

    /// Something found about the whole page.
    pub(super) fn found_in_file(&self, message: impl Into<String>) -> Found {
        Found::in_file(&self.page.path, message)
    }

    /// The file's text between two offsets.
    pub(super) fn slice(&self, span: Span) -> &str {
        self.text.as_str().get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The text with front matter, code and comments blanked: what is left
    /// speaks to a reader. Offsets and lines are those of the file.
    pub(super) fn visible(&self) -> &str {
        self.visible.get_or_init(|| {
            let mut bytes = self.text.as_str().as_bytes().to_vec();
            let head = Span { start: 0, end: self.document.front.body_start };
            let blanks = self.document.code.iter().chain(&self.document.comments);
            for span in std::iter::once(&head).chain(blanks) {
                let end = (span.end as usize).min(bytes.len());
                for byte in &mut bytes[(span.start as usize).min(end)..end] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
            }
            String::from_utf8(bytes).unwrap_or_default()
        })
    }

    /// The heading's own bytes: its line, without the line end.
    pub(super) fn heading_span(&self, section: &Section) -> Span {
        let text = self.slice(section.span);
        let line = text.lines().next().unwrap_or_default();
        let end = section.span.start + u32::try_from(line.len()).unwrap_or(0);
        Span { start: section.span.start, end }
    }

    /// Sections that a heading opens, in file order.
    pub(super) fn headed(&self) -> impl Iterator<Item = &Section> {
        self.document.sections.iter().filter(|section| section.level > 0)
    }

    /// The bytes of the link's destination, where they stand as the link says:
    /// not behind a label, an entity or an escape.
    pub(super) fn destination(&self, link: &Link, written: &str) -> Option<Span> {
        let text = self.slice(link.span);
        let from = match link.kind {
            LinkKind::Markdown | LinkKind::Image => text.rfind("](")? + 2,
            LinkKind::Html => 0,
            _ => return None,
        };
        let at = from + text[from..].find(written)?;
        let start = link.span.start + u32::try_from(at).ok()?;
        let end = start + u32::try_from(written.len()).ok()?;
        Some(Span { start, end })
    }

    /// True if the page may be edited: its bytes are text.
    pub(super) fn is_text(&self) -> bool {
        !self.page.diagnostics.iter().any(|it| it.rule == "invalid-utf8")
    }
}

/// A span of a regular expression's match.
pub(super) fn span_of(start: usize, end: usize) -> Span {
    let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span { start: offset(start), end: offset(end) }
}
