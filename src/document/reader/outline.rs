//! Sections and headings: where the page is cut, and what each part is called.

use std::ops::Range;

use super::Reader;
use crate::document::section::{Section, Span};
use crate::document::text::offset;

/// A heading that is being read.
pub(super) struct Heading {
    pub(super) level: u8,
    /// At the top level, so that it opens a section.
    pub(super) top: bool,
    pub(super) text: String,
}

impl Reader<'_> {
    pub(super) fn section(&mut self) -> &mut Section {
        if self.found.sections.is_empty() {
            self.found.sections.push(Section::default());
        }
        let last = self.found.sections.len() - 1;
        &mut self.found.sections[last]
    }

    pub(super) fn start_heading(&mut self, level: u8, range: &Range<usize>) {
        let top = self.depth == 0;
        if top {
            let start = self.text.line_start(offset(range.start));
            self.close_section(start);
            let span = Span { start, end: start };
            self.found.sections.push(Section { level, span, ..Section::default() });
        }
        self.heading = Some(Heading { level, top, text: String::new() });
    }

    pub(super) fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let anchor = self.slugs.anchor(&heading.text);
        self.found.anchors.push(anchor.clone());
        if heading.top {
            let title = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
            if heading.level == 1 && self.found.h1.is_none() && !title.is_empty() {
                self.found.h1 = Some(title.clone());
            }
            let section = self.section();
            section.heading = title;
            section.anchor = anchor;
        }
    }

    pub(super) fn close_section(&mut self, end: u32) {
        let text = self.text;
        let section = self.section();
        section.span.end = end;
        let last = end.max(section.span.start + 1) - 1;
        section.lines = [text.line(section.span.start), text.line(last)];
        section.prose.truncate(section.prose.trim_end().len());
        section.code.truncate(section.code.trim_end().len());
    }
}
