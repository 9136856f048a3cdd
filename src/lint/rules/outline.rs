//! A page as rules about work see it: what stands below a heading, in its
//! tables and in its steps. Headings are known by their words, not by their
//! marks; comments say nothing.

use super::prelude::*;
use crate::document::{self, Section};
use crate::template::plain;

pub(super) use crate::template::has_word;

/// True if the page says that it is of one of these kinds, and is in use:
/// archived pages and drafts are left alone.
pub(super) fn is_in_use(subject: &Subject<'_>, kinds: &[&str]) -> bool {
    let declared = subject.page.front.kind.as_deref().unwrap_or_default().trim();
    let is_kind = kinds.iter().any(|kind| declared.eq_ignore_ascii_case(kind));
    is_kind && !subject.facts.archived && !subject.facts.draft
}

/// A heading with everything down to the next one that is not deeper.
pub(super) struct Part<'a> {
    /// The section that the heading opens.
    pub(super) section: &'a Section,
    /// Its plain words: lower case, no numbers in front.
    pub(super) name: String,
    /// From behind the heading's line to its end.
    pub(super) body: Span,
}

impl Part<'_> {
    /// True if a word of the heading begins so, as [`has_word`] reads it.
    pub(super) fn is_about(&self, stems: &[&str]) -> bool {
        has_word(&self.name, stems)
    }
}

/// All parts, in file order; a deeper one lies inside the one above it too.
pub(super) fn parts<'a>(subject: &'a Subject<'_>) -> Vec<Part<'a>> {
    let parts = subject.document.parts(subject.text.as_str()).into_iter();
    let named = |document::Part { section, body }: document::Part<'a>| Part {
        section,
        name: plain(&section.heading),
        body,
    };
    parts.map(named).collect()
}

/// The outermost parts whose heading is about one of `stems`.
pub(super) fn parts_about<'a>(subject: &'a Subject<'_>, stems: &[&str]) -> Vec<Part<'a>> {
    let mut end = 0;
    let mut about = parts(subject);
    about.retain(|part| {
        let is_outermost = part.body.start >= end && part.is_about(stems) && part.section.level > 1;
        end = if is_outermost { part.body.end } else { end };
        is_outermost
    });
    about
}

/// The text between two offsets with comments blanked; code stays.
pub(super) fn said(subject: &Subject<'_>, span: Span) -> String {
    let mut bytes = subject.slice(span).as_bytes().to_vec();
    for comment in &subject.document.comments {
        let from = comment.start.max(span.start);
        for at in from..comment.end.min(span.end) {
            let byte = &mut bytes[(at - span.start) as usize];
            *byte = if *byte == b'\n' { b'\n' } else { b' ' };
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Everything behind the front matter.
pub(super) fn body(subject: &Subject<'_>) -> Span {
    span_of(subject.document.front.body_start as usize, subject.text.as_str().len())
}

/// The body's text without comments and without the lines of headings.
pub(super) fn prose(subject: &Subject<'_>) -> String {
    let mut text = said(subject, body(subject));
    let start = subject.document.front.body_start;
    for section in subject.headed() {
        let line = subject.heading_span(section);
        let range = (line.start - start) as usize..(line.end - start) as usize;
        text.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    text
}

/// True if code, in a block or in the line, begins between the offsets.
pub(super) fn has_code(subject: &Subject<'_>, span: Span) -> bool {
    subject.document.code.iter().any(|code| (span.start..span.end).contains(&code.start))
}

/// True if a link begins between the offsets; one that a site generator
/// writes and Markdown does not read is one too.
pub(super) fn has_link(subject: &Subject<'_>, span: Span) -> bool {
    let is_inside = |at: u32| (span.start..span.end).contains(&at);
    subject.document.links.iter().any(|link| is_inside(link.span.start))
        || subject.slice(span).contains("](")
}

/// A step: an item of the outermost list, or a deeper heading, with all that
/// follows down to the next.
pub(super) fn steps(subject: &Subject<'_>, part: &Part<'_>) -> Vec<Span> {
    let inner = parts(subject).into_iter().filter(|inner| {
        inner.section.span.start >= part.body.start && inner.section.span.start < part.body.end
    });
    let inner: Vec<Part<'_>> = inner.collect();
    let Some(level) = inner.iter().map(|it| it.section.level).min() else {
        return items(subject, part.body);
    };
    let steps = inner.iter().filter(|it| it.section.level == level);
    steps.map(|it| Span { start: it.section.span.start, end: it.body.end }).collect()
}

/// Items of the outermost list between two offsets: numbered ones where there
/// are some, else bullets.
pub(super) fn items(subject: &Subject<'_>, within: Span) -> Vec<Span> {
    let mut found: Vec<(usize, bool, usize)> = Vec::new();
    let mut at = within.start as usize;
    for line in said(subject, within).split_inclusive('\n') {
        let bare = line.trim_start();
        if let Some(is_number) = item_mark(bare).filter(|_| !in_block(subject, at)) {
            found.push((line.len() - bare.len(), is_number, at));
        }
        at += line.len();
    }
    let has_numbers = found.iter().any(|(.., is_number, _)| *is_number);
    found.retain(|(_, is_number, _)| *is_number == has_numbers);
    let least = found.iter().map(|(indent, ..)| *indent).min().unwrap_or_default();
    found.retain(|(indent, ..)| *indent < least + 2);
    let ends = found.iter().skip(1).map(|(.., at)| *at).chain([within.end as usize]);
    found.iter().zip(ends).map(|((.., start), end)| span_of(*start, end)).collect()
}

/// Whether the line begins an item, and whether that has a number.
fn item_mark(line: &str) -> Option<bool> {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = &line[digits..];
    let is_bullet = digits == 0 && rest.starts_with(['-', '*', '+']);
    let is_number = (1..=9).contains(&digits) && rest.starts_with(['.', ')']);
    let is_item = (is_bullet || is_number) && rest[1..].starts_with([' ', '\t']);
    is_item.then_some(is_number).filter(|_| !rest[1..].trim().is_empty())
}

/// True if the line that begins at `at` lies in a block of code.
pub(super) fn in_block(subject: &Subject<'_>, at: usize) -> bool {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    let is_block = |code: &&Span| code.start <= at && at < code.end;
    subject.document.code.iter().any(|code| is_block(&code))
}

/// The first line between two offsets: where a finding about them stands.
pub(super) fn first_line(subject: &Subject<'_>, span: Span) -> Span {
    let text = subject.slice(span);
    let line = text.lines().next().unwrap_or_default();
    let from = line.len() - line.trim_start().len();
    span_of(span.start as usize + from, span.start as usize + line.trim_end().len())
}

/// The beginning of what stands there, for messages.
pub(super) fn label(subject: &Subject<'_>, span: Span) -> String {
    let line = subject.slice(first_line(subject, span));
    let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || ".)-*+#|> ".contains(c));
    let text: String = line.replace("**", "").trim_end_matches(['|', ' ', ':']).to_owned();
    match text.char_indices().nth(50) {
        Some((cut, _)) => format!("{}\u{2026}", text[..cut].trim_end()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fixture::subject_of;

    #[test]
    fn a_part_holds_its_deeper_headings() {
        let page = "# P\n\nFixes\n-----\n\na\n\n### B <!-- x -->\n\nb\n\n## C\n\nc\n";
        subject_of("wiki/a.md", page, |subject| {
            let parts = parts_about(subject, &["fix"]);
            assert_eq!(parts.len(), 1);
            assert_eq!(said(subject, parts[0].body).trim(), "a\n\n### B           \n\nb");
            assert!(has_word("the pr of it", &["pr "]) && !has_word("the price", &["pr "]));
            assert!(has_word("the fix", &["fix ."]) && !has_word("fix first", &["fix ."]));
        });
    }

    #[test]
    fn steps_are_the_outermost_items_or_headings() {
        let page = "# P\n\n## Fix\n\n1. one\n   - x\n\n```\n2. no\n```\n2) two\n\n## Other\n\n### A\n\n1. a\n\n### B\n\nb\n\n## Third\n\n- a\n  1. c\n- b\n";
        subject_of("wiki/a.md", page, |subject| {
            let names = |stem| {
                let part = &parts_about(subject, &[stem])[0];
                let steps = steps(subject, part).into_iter();
                steps.map(|step| label(subject, step)).collect::<Vec<_>>()
            };
            assert_eq!(names("fix"), ["one", "two"]);
            assert_eq!(names("other"), ["A", "B"]);
            assert_eq!(names("third"), ["c"]);
        });
    }
}
