//! What rules about the notation of a skill's front matter share.

use crate::document::Span;
use crate::lint::finding::Found;
use crate::lint::subject::{Subject, span_of};
use crate::skill::{self, Finding};

/// The bytes of a line, without its end.
fn line_span(subject: &Subject<'_>, line: u32) -> Span {
    let text = subject.text.as_str();
    let mut start = 0;
    for (at, whole) in text.split_inclusive('\n').enumerate() {
        if at + 1 == line as usize {
            return span_of(start, start + whole.trim_end().len());
        }
        start += whole.len();
    }
    span_of(text.len(), text.len())
}

/// What `takes` takes of what is disputed in a manifest.
pub(super) fn report(
    subject: &Subject<'_>,
    found: &mut Vec<Found>,
    takes: impl Fn(&Finding) -> bool,
) {
    if subject.page.skill.is_none() {
        return;
    }
    let disputed = skill::notation(subject.text.as_str().as_bytes());
    let on_line =
        |it: Finding| subject.found(line_span(subject, it.line), it.message).hint(it.repair);
    found.extend(disputed.into_iter().filter(takes).map(on_line));
}
